// From a tutor's own lists to reminders at the right local time. It is Thursday, 18 December 2025, 03:00 in
// Moscow.
#include <gmock/gmock.h>

#include <algorithm>

#include "auth/jwt.hpp"
#include "domain/lists/changes.hpp"
#include "school.hpp"
#include "store/messages.hpp"

namespace rb::notification {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string kPeople =
    "имя;роль;дети;telegram;обращение\n"
    "Алина Петрова;ученик;;500000021;ты\n"
    "Марина Петрова;родитель;Алина Петрова;500000022;вы\n"
    "Игорь Белов;ученик;;500000023;ты\n";
const std::string kHeaders = "ученик;начало;каждую неделю до;предмет\n";
const std::string kLessons = kHeaders +
                             "Алина;18.12.2025 17:00;25.12.2025;Математика\n"
                             "Игорь;19.12.2025 12:00;;Физика\n";

class ImportedLists : public School {
 protected:
  json::object import(json::object body) {
    auto before = events_taken();
    http::Request request;
    request.method = http::Method::post;
    request.target = request.path = "/api/v1/import";
    request.body = json::to_text(std::move(body));
    request.headers.set("Content-Type", "application/json");
    request.headers.set("Authorization",
                        "Bearer " + auth::make_token({"1", {auth::Role::tutor}, {}, clock_.now() + 1h},
                                                     environment_.at("JWT_SECRET_KEY"), clock_.now()));
    auto response = run(service_->api().handle(request));
    EXPECT_EQ(response.status, 200) << response.body;
    auto answer = json::parse(response.body)->as_object();
    double events = 0;
    for (auto list : {"people", "lessons"})
      if (answer.contains(list))
        for (auto count : {"created", "moved", "changed", "cancelled"})
          events += static_cast<double>(answer.at(list).at(count).as_int64());
    until([&] { return events_taken() >= before + events; }, "the events are taken");
    clock_.advance(1s);
    return answer;
  }
  // Until that time of the day in Moscow, on the day so many days ahead.
  void advance_to(std::chrono::days day, Micros clock) {
    clock_.set(std::chrono::sys_days(std::chrono::year(2025) / 12 / 18) + day + clock - 3h);
  }
  // What people were told is delivered and on record, so that the clock may jump.
  void wait_for_told(const std::string& name, std::ptrdiff_t count) {
    auto user = name == "1" ? name : lists::person_id_of(name);
    SystemClock real;
    for (auto deadline = real.now() + 10s;; run(net::sleep_for(loop_, real, 2ms))) {
      auto told = std::ranges::count_if(messages_of_user(user), [](const Message& m) {
        return m.type != "lesson.reminder" && m.type != "user.registered" && m.status == "delivered";
      });
      if (told == count) return;
      ASSERT_LT(real.now(), deadline) << name << " was told of " << told;
    }
  }
  void wait_for_texts(int person, std::size_t count) {
    until([&] { return texts(chat_of(person)).size() >= count; }, "the messages are delivered");
  }
  void nothing_more_happens() { run(net::sleep_for(loop_, SystemClock(), 50ms)); }
};

TEST_P(ImportedLists, remind_student_and_parent_at_the_right_local_time_and_tell_nothing_before) {
  import({{"people", kPeople}, {"lessons", kLessons}});
  advance_to(std::chrono::days(0), 15h + 59min + 58s);
  nothing_more_happens();
  for (int person : {1, 21, 22, 23}) EXPECT_THAT(texts(chat_of(person)), IsEmpty()) << person;
  advance_to(std::chrono::days(0), 16h + 1s);
  wait_for_texts(21, 1);
  wait_for_texts(22, 1);
  EXPECT_THAT(texts(chat_of(21)), ElementsAre(HasSubstr("17:00")));
  advance_to(std::chrono::days(1), 11h + 1s);
  wait_for_texts(23, 1);
  EXPECT_THAT(texts(chat_of(23)), ElementsAre(HasSubstr("12:00")));
  advance_to(std::chrono::days(7), 16h + 1s);
  wait_for_texts(21, 2);
}

TEST_P(ImportedLists, move_and_take_back_reminders_and_tell_people_when_they_change) {
  import({{"people", kPeople}, {"lessons", kLessons}});
  auto changed = import({{"lessons", kHeaders + "Алина;18.12.2025 19:00;25.12.2025;Математика\n"}});
  EXPECT_EQ(changed.at("lessons").at("moved"), 2);
  EXPECT_EQ(changed.at("lessons").at("cancelled"), 1);
  for (auto name : {"Алина Петрова", "Марина Петрова"}) wait_for_told(name, 2);
  wait_for_told("Игорь Белов", 1);
  wait_for_told("1", 3);
  EXPECT_THAT(texts(chat_of(23)), ElementsAre(HasSubstr("Физика")));
  bot_->reset();
  advance_to(std::chrono::days(0), 17h + 59min);
  nothing_more_happens();
  EXPECT_THAT(texts(chat_of(21)), IsEmpty());
  advance_to(std::chrono::days(0), 18h + 1s);
  wait_for_texts(21, 1);
  advance_to(std::chrono::days(1), 11h + 1s);
  nothing_more_happens();
  EXPECT_THAT(texts(chat_of(23)), IsEmpty());
}

TEST_P(ImportedLists, change_nothing_when_they_come_again) {
  import({{"people", kPeople}, {"lessons", kLessons}});
  auto taken = events_taken();
  auto again = import({{"people", kPeople}, {"lessons", kLessons}});
  EXPECT_EQ(again.at("people").at("unchanged"), 3);
  EXPECT_EQ(again.at("lessons").at("unchanged"), 3);
  restart();
  import({{"lessons", kLessons}});
  nothing_more_happens();
  EXPECT_EQ(events_taken(), 0) << "since the restart; before it: " << taken;
  EXPECT_THAT(texts(chat_of(21)), IsEmpty());
}

TEST_P(ImportedLists, remind_a_parent_who_was_added_later) {
  import({{"people", kPeople}, {"lessons", kLessons}});
  auto taken = events_taken();
  import({{"people", kPeople + "Олег Петров;родитель;Алина Петрова;500000024;вы\n"}});
  until([&] { return events_taken() >= taken + 3; }, "the parent and both of Alina's lessons are taken");
  advance_to(std::chrono::days(0), 16h + 1s);
  wait_for_texts(24, 1);
  wait_for_texts(21, 1);
  EXPECT_THAT(texts(chat_of(24)), ElementsAre(HasSubstr("17:00")));
}

INSTANTIATE_TEST_SUITE_P(Backends, ImportedLists, testing::Values("embedded", "distributed"),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace rb::notification
