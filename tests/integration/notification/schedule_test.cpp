// What is planned comes at its time, once: on both backends, over restarts and with two workers.
#include <algorithm>

#include "jobs/recurring.hpp"
#include "school.hpp"
#include "store/schedules.hpp"
#include "store/story.hpp"
#include "time/iso.hpp"

namespace rb::notification {
namespace {

using namespace std::chrono_literals;

class Schedules : public School {
 protected:
  Time utc(const char* text) { return parse_iso(text, Zone::utc()).value(); }

  // «Завтра урок» every week for the student, from then on at this time on the wall in Berlin.
  void weekly(const char* start) {
    Schedule s;
    s.id = "weekly";
    s.user_id = "2";
    s.starts = s.due = utc(start);
    s.recurrence = "FREQ=WEEKLY";
    s.timezone = "Europe/Berlin";
    s.created = clock_.now();
    s.draft.message.type = "custom";
    s.draft.message.context = {{"message", "Завтра урок"}};
    run(backends_.database->transaction([&s](db::Transaction& tx) -> Task<> {
      add_schedules(tx, {s});
      co_return;
    }));
    newest_type_ = "custom";
  }

  std::vector<Message> planned() {
    auto all = messages_of_user("2");
    std::erase_if(all, [](const Message& m) { return m.type != "custom"; });
    std::ranges::reverse(all);
    return all;
  }
};

TEST_P(Schedules, comes_at_the_same_time_on_the_wall_across_daylight_saving) {
  clock_.set(utc("2026-03-22T00:00"));
  weekly("2026-03-22T09:00");  // 10:00 in Berlin
  clock_.set(utc("2026-03-22T08:59"));
  settle();
  EXPECT_TRUE(texts(chat_of(2)).empty());
  clock_.set(utc("2026-03-22T09:00"));
  settle();
  EXPECT_EQ(texts(chat_of(2)).size(), 1U);
  clock_.set(utc("2026-03-29T07:59"));
  settle();
  EXPECT_EQ(texts(chat_of(2)).size(), 1U);
  clock_.set(utc("2026-03-29T08:00"));
  settle();
  EXPECT_EQ(texts(chat_of(2)).size(), 2U);
}

TEST_P(Schedules, goes_on_after_a_restart) {
  weekly("2026-03-22T09:00");
  clock_.set(utc("2026-03-22T09:00"));
  settle();
  restart();
  clock_.set(utc("2026-03-29T08:00"));
  settle();
  EXPECT_EQ(texts(chat_of(2)).size(), 2U);
  EXPECT_EQ(planned().size(), 2U);
}

TEST_P(Schedules, sends_the_newest_of_what_was_missed_and_tells_of_the_others) {
  weekly("2026-03-22T09:00");
  stop();
  clock_.set(utc("2026-04-05T08:30"));
  start();
  settle();
  auto all = planned();
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].status, "delivered");
  std::vector<std::string> reasons;
  for (const auto& s : run(states_of(reading(*backends_.database), all[0].id))) reasons.push_back(s.reason);
  EXPECT_NE(std::ranges::find(reasons, "earlier_missed:2"), reasons.end());
}

TEST_P(Schedules, keeps_on_record_what_came_too_late) {
  weekly("2026-03-22T09:00");
  stop();
  clock_.set(utc("2026-03-22T10:30"));
  start();
  settle();
  ASSERT_EQ(planned().size(), 1U);
  EXPECT_EQ(planned()[0].reason, "occurrence_missed");
  EXPECT_TRUE(texts(chat_of(2)).empty());
}

TEST_P(Schedules, two_workers_do_not_double_an_occurrence) {
  weekly("2026-03-22T09:00");
  Recurring second(service_->runtime());
  net::TaskGroup group(loop_);
  group.spawn("second", second.run());
  for (const auto* moment : {"2026-03-22T09:00", "2026-03-29T08:00", "2026-04-05T08:00"}) {
    clock_.set(utc(moment));
    second.wake();
    until([&] { return second.done_until() >= clock_.now(); }, "the second worker has looked");
    settle();
  }
  second.stop();
  run(group.drained());
  EXPECT_EQ(planned().size(), 3U);
  EXPECT_EQ(texts(chat_of(2)).size(), 3U);
}

TEST_P(Schedules, of_an_erased_person_ends) {
  weekly("2026-03-22T09:00");
  happens("user.deleted", R"("user_id":2)");
  clock_.set(utc("2026-03-22T09:00"));
  settle();
  EXPECT_TRUE(planned().empty());
}

TEST_P(Schedules, moves_and_ends_with_its_lesson) {
  auto lesson = [](const char* when) {
    return std::string(R"("lesson_id":7,"tutor_id":1,"student_id":2,"scheduled_at":")") + when + R"(")";
  };
  clock_.set(utc("2026-03-20T00:00"));
  happens("lesson.created", lesson("2026-03-22T15:00:00Z"));
  Message message;
  message.id = "m1";
  message.key = "send:m1";
  message.user_id = "2";
  message.type = "custom";
  message.status = "scheduled";
  message.origin = "schedule:m1";
  message.lesson_id = "7";
  message.due = utc("2026-03-22T14:30");
  message.created = message.event_at = clock_.now();
  message.context = {{"message", "Через полчаса"}};
  auto schedule = schedules_of({message}, "1").front();
  schedule.lesson_id = "7";
  schedule.offset_minutes = 30;
  run(backends_.database->transaction([&](db::Transaction& tx) -> Task<> {
    add_schedules(tx, {schedule});
    co_await insert_messages(tx, {message});
  }));
  happens("lesson.rescheduled", lesson("2026-03-23T10:00:00Z"));
  EXPECT_EQ(planned().at(0).due, utc("2026-03-23T09:30"));
  happens("lesson.cancelled", R"("lesson_id":7)");
  EXPECT_EQ(planned().at(0).status, "cancelled");
  EXPECT_EQ(planned().at(0).reason, "lesson_cancelled");
  EXPECT_EQ(run(schedule_by_id(reading(*backends_.database), "m1"))->status, "cancelled");
}

INSTANTIATE_TEST_SUITE_P(Backends, Schedules, testing::Values("embedded", "distributed"),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace rb::notification
