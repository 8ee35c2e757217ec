// When messages come: quiet hours, intervals, digests. The test begins at 03:00 in Moscow, where everyone
// lives.
#include <gmock/gmock.h>

#include <algorithm>
#include <boost/json/parse.hpp>

#include "domain/preferences_json.hpp"
#include "jobs/digest.hpp"
#include "school.hpp"
#include "store/digests.hpp"
#include "store/messages.hpp"
#include "store/people.hpp"
#include "time/iso.hpp"

namespace rb::notification {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

constexpr auto kQuiet = R"({"quiet_hours_start":"22:00","quiet_hours_end":"08:00"})";
constexpr auto kDaily = R"({"digest_mode":"daily","digest_time":"18:00"})";

class Timing : public School {
 protected:
  // As PUT /api/v1/preferences/{user_id} does.
  void wishes(const std::string& user, std::string_view wish) {
    auto preferences = changed({}, boost::json::parse(wish).as_object()).value();
    run(backends_.database->transaction([&](db::Transaction& tx) -> Task<> {
      save_preferences(tx, user, preferences, clock_.now());
      recheck_deferred(tx, user, "preferences_changed", clock_.now());
      co_return;
    }));
    backends_.bus->wake(kDeliveryTopic);
  }

  // A moment of the first day in Moscow.
  void set_clock(std::string_view hour, int day = 18) {
    auto text = "2025-12-" + std::to_string(day) + "T" + std::string(hour) + "+03:00";
    clock_.set(parse_iso(text, Zone::utc()).value());
  }

  void homework(const std::string& id, const std::string& student = "2") {
    happens("homework.assigned",
            R"("homework_id":)" + id + R"(,"subject":"Урок )" + id + R"(","student_id":)" + student);
  }

  void wait_for(const std::string& user, const std::string& status, const std::string& reason) {
    wait_for_message(user, [&](const Message& m) { return m.status == status && m.reason == reason; });
  }

  std::vector<Message> of_type(const std::string& user, const std::string& type) {
    auto all = messages_of_user(user);
    std::erase_if(all, [&](const Message& m) { return m.type != type; });
    return all;
  }
};

TEST_P(Timing, quiet_hours_put_a_message_off_until_their_end) {
  wishes("2", kQuiet);
  homework("1");
  wait_for("2", "deferred", "quiet_hours");
  EXPECT_EQ(format_iso(only_message("2").due), "2025-12-18T05:00:00Z");
  wait_for_status("3", "delivered");  // her mother sleeps with an open ear
  restart();
  set_clock("07:59:59");
  settle();
  EXPECT_TRUE(texts(chat_of(2)).empty());
  set_clock("08:00");
  wait_for_status("2", "delivered");
  EXPECT_EQ(texts(chat_of(2)).size(), 1U);
}

TEST_P(Timing, what_presses_comes_in_the_quiet_hours) {
  wishes("2", kQuiet);
  happens("system.notification", R"("user_id":2,"message":"Пожар","priority":"urgent")");
  wait_for_status("2", "delivered");
  happens(
      "lesson.created",
      R"("lesson_id":7,"tutor_id":1,"student_id":2,"silent":true,"scheduled_at":"2025-12-18T09:30:00+03:00")");
  happens("lesson.cancelled", R"("lesson_id":7)");
  wait_for_status("2", "delivered");
}

TEST_P(Timing, what_waited_is_not_told_once_it_is_no_longer_true) {
  wishes("2", kQuiet);
  auto lesson = [&](std::string_view when) {
    return R"("lesson_id":7,"tutor_id":1,"student_id":2,"scheduled_at":"2025-12-)" + std::string(when) +
           R"(:00+03:00")";
  };
  happens("lesson.created", lesson("20T12:00") + R"(,"silent":true)");
  happens("lesson.rescheduled", lesson("21T18:00"));
  wait_for("2", "deferred", "quiet_hours");
  happens("lesson.cancelled", R"("lesson_id":7)");
  wait_for("2", "cancelled", "outdated");
  EXPECT_EQ(of_type("2", "lesson.rescheduled").at(0).status, "cancelled");
  EXPECT_EQ(of_type("2", "lesson.cancelled").at(0).status, "deferred");
  set_clock("08:00");
  wait_for_status("2", "delivered");
  settle();
  ASSERT_EQ(texts(chat_of(2)).size(), 1U);
  EXPECT_THAT(texts(chat_of(2)).front(), HasSubstr("отмен"));
}

TEST_P(Timing, a_later_try_waits_for_the_end_of_the_quiet_hours) {
  wishes("2", kQuiet);
  set_clock("21:59:50");
  bot_->order({{"kind", "server_error"}, {"chat_id", chat_of(2)}, {"times", 1}});
  homework("1");
  wait_for_message("2", [](const Message& m) { return m.status == "pending" && m.attempts == 1; });
  advance(5min);
  wait_for("2", "deferred", "quiet_hours");
  set_clock("08:00", 19);
  wait_for_status("2", "delivered");
}

TEST_P(Timing, changed_preferences_hold_at_once_for_what_waits) {
  wishes("2", kQuiet);
  homework("1");
  wait_for("2", "deferred", "quiet_hours");
  wishes("2", kDaily);
  wait_for("2", "deferred", "digest");
  wishes("2", "{}");
  wait_for_status("2", "delivered");
}

TEST_P(Timing, who_moves_to_another_zone_wakes_up_by_it) {
  wishes("2", kQuiet);
  homework("1");
  wait_for("2", "deferred", "quiet_hours");
  happens("user.updated", R"("user_id":2,"timezone":"Asia/Vladivostok")");  // it is 10:00 there
  wait_for_message("2",
                   [](const Message& m) { return m.type == "homework.assigned" && m.status == "delivered"; });
}

TEST_P(Timing, withdrawn_consent_holds_at_once_for_what_waits) {
  wishes("2", kQuiet);
  homework("1");
  wait_for("2", "deferred", "quiet_hours");
  happens("consent.withdrawn", R"("user_id":2,"purpose":"notifications")");
  wait_for("2", "suppressed", "consent_withdrawn");
  set_clock("08:00");
  settle();
  EXPECT_TRUE(texts(chat_of(2)).empty());
}

TEST_P(Timing, messages_of_one_type_stand_an_interval_apart) {
  wishes("2", R"({"min_interval_minutes":30})");
  homework("1");
  wait_for_status("2", "delivered");
  homework("2");
  homework("3");
  settle();
  EXPECT_EQ(texts(chat_of(2)).size(), 1U);
  advance(30min);
  settle();
  EXPECT_EQ(texts(chat_of(2)).size(), 2U);
  advance(30min);
  settle();
  EXPECT_EQ(texts(chat_of(2)).size(), 3U);
  EXPECT_THAT(texts(chat_of(2)).at(2), HasSubstr("Урок 3"));
}

TEST_P(Timing, a_parent_hears_of_each_child_in_its_own_way) {
  happens("user.registered",
          R"("user_id":5,"role":"student","full_name":"Илья Ким","telegram_id":500000005)");
  happens("user.updated", R"("user_id":3,"children_ids":[2,5])");
  wishes("3", R"({"children":{"2":{"channels":{"homework":{"telegram":false}}}}})");
  bot_->reset();
  homework("1", "2");
  wait_for_message("3", [](const Message& m) {
    return m.type == "homework.assigned" && m.channel == Channel::email && m.status == "delivered";
  });
  homework("2", "5");
  wait_for_message("3", [](const Message& m) {
    return m.type == "homework.assigned" && m.channel == Channel::telegram && m.status == "delivered";
  });
  ASSERT_EQ(texts(chat_of(3)).size(), 1U);
  EXPECT_THAT(texts(chat_of(3)).front(), HasSubstr("Илья"));
}

TEST_P(Timing, a_digest_comes_once_with_all_that_waited) {
  wishes("3", kDaily);
  homework("1");
  homework("2");
  happens("material.shared", R"("material_id":4,"title":"Таблица","student_id":2)");
  wait_for("3", "deferred", "digest");
  stop();
  set_clock("19:00");  // the hour passes while nobody is there
  start();
  wait_for_message("3", [](const Message& m) { return m.type == "digest" && m.status == "delivered"; });
  restart();
  settle();
  ASSERT_EQ(texts(chat_of(3)).size(), 1U);
  auto text = texts(chat_of(3)).front();
  EXPECT_THAT(text, HasSubstr("Сводка за день: 3\u00a0сообщения"));
  EXPECT_LT(text.find("Урок 1"), text.find("Урок 2"));
  EXPECT_THAT(text, HasSubstr("Таблица"));

  auto digest = of_type("3", "digest").at(0);
  for (const auto& part : of_type("3", "homework.assigned")) {
    EXPECT_EQ(part.status, "delivered");
    EXPECT_EQ(part.reason, "in_digest:" + digest.id);
    EXPECT_EQ(part.sent, digest.sent);
  }
  homework("3");
  EXPECT_EQ(format_iso(of_type("3", "homework.assigned").at(0).due), "2025-12-19T15:00:00Z");
}

TEST_P(Timing, a_digest_tells_of_many_child_by_child_and_counts_the_rest) {
  happens("user.registered", R"("user_id":5,"role":"student","full_name":"Илья Ким")");
  happens("user.updated", R"("user_id":3,"children_ids":[2,5])");
  wishes("3", kDaily);
  bot_->reset();
  for (int i = 10; i < 62; ++i) homework(std::to_string(i), i % 2 == 0 ? "2" : "5");
  set_clock("18:00");
  wait_for_message("3", [](const Message& m) { return m.type == "digest" && m.status == "delivered"; });
  std::string text;
  for (const auto& part : texts(chat_of(3))) {
    EXPECT_LE(part.size(), 8192U);  // bytes; the strict server counts characters
    text += part;
  }
  EXPECT_THAT(text, HasSubstr("Сводка за день: 52\u00a0сообщения"));
  EXPECT_LT(text.find("👤 Аня"), text.find("👤 Илья"));
  EXPECT_LT(text.find("Урок 60"), text.find("Урок 11"));
  EXPECT_THAT(text, HasSubstr("И ещё 2\u00a0сообщения."));
  for (const auto& part : of_type("3", "homework.assigned")) EXPECT_EQ(part.status, "delivered");
}

TEST_P(Timing, a_digest_of_one_part_reads_like_the_message_itself) {
  wishes("2", kDaily);
  homework("1");
  set_clock("18:00");
  wait_for_message("2", [](const Message& m) { return m.type == "digest" && m.status == "delivered"; });
  ASSERT_EQ(texts(chat_of(2)).size(), 1U);
  auto text = texts(chat_of(2)).front();
  EXPECT_THAT(text, Not(HasSubstr("Сводка")));
  EXPECT_EQ(text.find("Урок 1"), text.rfind("Урок 1")) << text;
}

TEST_P(Timing, a_part_that_comes_too_late_goes_with_the_next_digest) {
  wishes("2", kDaily);
  homework("1");
  auto window = only_message("2").due;
  set_clock("18:00");
  wait_for_message("2", [](const Message& m) { return m.type == "digest" && m.status == "delivered"; });
  auto late = of_type("2", "homework.assigned").at(0);
  late.id = service_->runtime().new_id();
  late.key = "late";
  late.status = "deferred";
  late.reason = "digest";
  late.due = window;
  late.context = {{"homework", {{"id", 2}, {"subject", "Поздно"}}}};
  run(backends_.database->transaction(
      [&](db::Transaction& tx) -> Task<> { co_await insert_messages(tx, {late}); }));
  settle();
  EXPECT_EQ(texts(chat_of(2)).size(), 1U);
  auto waiting = run(message_by_id(reading(*backends_.database), late.id)).value();
  EXPECT_EQ(waiting.status + " " + waiting.reason, "deferred digest");
  EXPECT_EQ(waiting.due, window + 24h);
  set_clock("18:00", 19);
  wait_for_message("2", [&](const Message& m) { return m.id == late.id && m.status == "delivered"; });
  EXPECT_EQ(texts(chat_of(2)).size(), 2U);
}

TEST_P(Timing, two_instances_make_one_digest) {
  for (const auto* user : {"1", "2", "3"}) wishes(user, kDaily);
  for (int i = 0; i < 3; ++i) homework(std::to_string(i));
  set_clock("18:00");
  Digests one(service_->runtime()), other(service_->runtime());
  auto make = [](Digests& digests) -> Task<> { co_await digests.make_due(); };
  net::TaskGroup group(loop_);
  group.spawn("one", make(one));
  group.spawn("other", make(other));
  run(group.drained());
  backends_.bus->wake(kDeliveryTopic);
  for (const auto* user : {"2", "3"}) {
    wait_for_message(user, [](const Message& m) { return m.type == "digest" && m.status == "delivered"; });
    EXPECT_EQ(of_type(user, "digest").size(), 1U);
    for (const auto& part : of_type(user, "homework.assigned"))
      EXPECT_EQ(part.status + " " + part.reason, "delivered in_digest:" + of_type(user, "digest").at(0).id);
  }
  settle();
  EXPECT_EQ(texts(chat_of(2)).size(), 1U);
}

TEST_P(Timing, a_digest_that_cannot_arrive_goes_by_mail_with_its_parts) {
  wishes("3", kDaily);
  homework("1");
  homework("2");
  bot_->order({{"kind", "blocked"}, {"chat_id", chat_of(3)}, {"times", 1}});
  set_clock("18:00");
  wait_for_message("3", [](const Message& m) {
    return m.type == "digest" && m.channel == Channel::email && m.status == "delivered";
  });
  auto digests = of_type("3", "digest");
  ASSERT_EQ(digests.size(), 2U);
  const auto& mail = *std::ranges::find(digests, std::optional(Channel::email), &Message::channel);
  for (const auto& part : of_type("3", "homework.assigned"))
    EXPECT_EQ(part.status + " " + part.reason, "delivered in_digest:" + mail.id);
}

TEST_P(Timing, a_digest_leaves_out_what_is_no_longer_true_and_an_empty_one_is_not_sent) {
  wishes("2", R"({"types":{"lesson":{"digest_mode":"daily"}}})");
  happens("lesson.created",
          R"("lesson_id":7,"tutor_id":1,"student_id":2,"scheduled_at":"2025-12-25T12:00:00+03:00")");
  wait_for("2", "deferred", "digest");
  happens("lesson.cancelled", R"("lesson_id":7,"silent":true)");
  wait_for("2", "cancelled", "outdated");
  set_clock("18:00");
  settle();
  EXPECT_TRUE(of_type("2", "digest").empty());
  EXPECT_TRUE(texts(chat_of(2)).empty());
}

INSTANTIATE_TEST_SUITE_P(Backends, Timing, testing::Values("embedded", "distributed"),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace rb::notification
