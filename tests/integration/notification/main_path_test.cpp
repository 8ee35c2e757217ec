// From an event to the people it concerns.
#include <gmock/gmock.h>

#include <algorithm>

#include "api_calls.hpp"
#include "store/events.hpp"
#include "store/letters.hpp"
#include "store/messages.hpp"
#include "store/people.hpp"
#include "store/story.hpp"
#include "time/iso.hpp"

namespace rb::notification {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

class MainPath : public ApiCalls {
 protected:
  void lesson_in(Micros ahead, const std::string& id = "") {
    happens("lesson.created", lesson(ahead) + R"(,"silent":true)", id);
  }
  void wait_for_reminder(const std::string& status) {
    wait_for_message("2",
                     [&](const Message& m) { return m.type == "lesson.reminder" && m.status == status; });
  }
  Message by_channel(const std::string& user, Channel channel) {
    for (auto& m : messages_of_user(user))
      if (m.channel == channel && m.type != "user.registered") return m;
    return {};
  }
  Message to_mother() const {
    Message out;
    out.id = out.key = "m1";
    out.user_id = "3";
    out.type = "custom";
    out.channel = Channel::telegram;
    out.context = {{"message", "Привет"}};
    out.status = "pending";
    out.queued = true;
    out.due = out.created = out.event_at = clock_.now();
    return out;
  }
  void queue(const Message& message) {
    run(backends_.database->transaction(
        [&](db::Transaction& tx) -> Task<> { co_await insert_messages(tx, {message}); }));
    backends_.bus->wake(kDeliveryTopic);
  }
  std::string lesson(Micros ahead) const {
    return R"("lesson_id":7,"tutor_id":1,"student_id":2,"subject":"Математика","scheduled_at":")" +
           format_iso(clock_.now() + ahead) + "\"";
  }
};

TEST_P(MainPath, a_cancelled_lesson_reaches_student_parents_and_tutor_once_each) {
  lesson_in(24h);
  happens("lesson.cancelled", R"("lesson_id":7,"reason":"Болезнь","cancelled_by":"tutor")");
  for (const auto* user : {"1", "2", "3", "4"}) wait_for_status(user, "delivered");
  for (int person : {1, 2, 3}) {
    ASSERT_EQ(texts(chat_of(person)).size(), 1U) << person;
    EXPECT_THAT(texts(chat_of(person)).front(), HasSubstr("Математика"));
  }
  auto mother = only_message("3");
  EXPECT_EQ(mother.type, "lesson.cancelled");
  EXPECT_EQ(mother.audience, Audience::parent);
  auto attempts = run(attempts_of(reading(*backends_.database), mother.id));
  ASSERT_EQ(attempts.size(), 1U);
  EXPECT_EQ(attempts[0].outcome, "delivered");
  EXPECT_EQ(only_message("4").channel, Channel::email);
}

TEST_P(MainPath, a_redelivered_event_changes_nothing) {
  lesson_in(24h);
  happens("lesson.cancelled", R"("lesson_id":7)", "same");
  wait_for_status("1", "delivered");
  happens("lesson.cancelled", R"("lesson_id":7)", "same");
  happens("user.login", R"("user_id":1)");
  EXPECT_EQ(texts(chat_of(1)).size(), 1U);
  auto all = messages_of_user("1");
  EXPECT_EQ(std::ranges::count(all, "lesson.cancelled", &Message::type), 1);
}

TEST_P(MainPath, an_event_with_the_longest_id_arrives) {
  std::string id;
  for (int i = 0; i < 64; ++i) id += "😀";
  json::value event{
      {"id", id}, {"type", "homework.assigned"}, {"data", {{"homework_id", 1}, {"student_id", 2}}}};
  EXPECT_EQ(post("/api/v1/events", event, "admin 9").status, 202);
  until([&] { return !texts(chat_of(2)).empty(); }, "it is told");
}

TEST_P(MainPath, a_reminder_comes_an_hour_before_the_lesson_and_not_sooner) {
  lesson_in(3h);
  advance(2h - 2s);
  settle();
  EXPECT_TRUE(texts(chat_of(2)).empty());
  advance(1s);
  wait_for_reminder("delivered");
  EXPECT_THAT(texts(chat_of(2)).at(0), HasSubstr("через\u00a01\u00a0час"));
}

TEST_P(MainPath, a_moved_lesson_moves_its_reminders) {
  lesson_in(3h);
  happens("lesson.rescheduled", lesson(5h) + R"(,"silent":true)");
  advance(2h + 1s);
  settle();
  EXPECT_TRUE(texts(chat_of(2)).empty());
  advance(2h);
  wait_for_reminder("delivered");
}

TEST_P(MainPath, a_cancelled_lesson_takes_its_reminders_back) {
  lesson_in(3h);
  happens("lesson.cancelled", R"("lesson_id":7)");
  wait_for_status("2", "delivered");
  advance(2h + 1s);
  settle();
  EXPECT_EQ(texts(chat_of(2)).size(), 1U);
}

TEST_P(MainPath, a_reminder_whose_lesson_has_begun_is_dropped) {
  lesson_in(3h);
  advance(3h + 1s);
  wait_for_reminder("cancelled");
  wait_for_message("2", [](const Message& m) { return m.reason == "lesson_started"; });
  EXPECT_TRUE(texts(chat_of(2)).empty());
}

TEST_P(MainPath, reminders_survive_a_restart) {
  lesson_in(3h);
  stop();
  advance(2h + 1s);
  start();
  wait_for_reminder("delivered");
}

TEST_P(MainPath, a_person_who_blocked_the_bot_is_told_by_mail_and_not_tried_again) {
  bot_->order({{"kind", "blocked"}, {"chat_id", chat_of(3)}, {"times", 1}});
  happens("homework.assigned", R"("homework_id":1,"student_id":2,"subject":"Физика","description":"№ 12")");
  wait_for_status("3", "delivered");
  EXPECT_EQ(by_channel("3", Channel::email).status, "delivered");
  EXPECT_EQ(by_channel("3", Channel::telegram).status, "failed");
  auto mother = run(load_people(reading(*backends_.database), {"3"}, false)).at("3");
  EXPECT_TRUE(mother.address(Channel::telegram)->suspended);
}

TEST_P(MainPath, what_waited_while_its_address_was_suspended_goes_out_by_mail) {
  bot_->order({{"kind", "blocked"}, {"chat_id", chat_of(3)}, {"times", 1}});
  happens("homework.assigned", R"("homework_id":1,"student_id":2,"subject":"Физика","description":"№ 12")");
  wait_for_status("3", "delivered");
  queue(to_mother());
  wait_for_message("3", [](const Message& m) {
    return m.type == "custom" && m.channel == Channel::email && m.status == "delivered";
  });
  EXPECT_TRUE(texts(chat_of(3)).empty());
}

TEST_P(MainPath, what_goes_out_instead_goes_to_the_persons_own_address) {
  auto message = to_mother();
  message.recipient_address = std::to_string(chat_of(77));
  bot_->order({{"kind", "blocked"}, {"chat_id", chat_of(77)}, {"times", 1}});
  queue(message);
  wait_for_message("3",
                   [](const Message& m) { return m.channel == Channel::email && m.status == "delivered"; });
  LetterFilter mothers{.channel = {}, .user_id = "3", .before = "", .since = message.created};
  auto letters = run(kept_letters(reading(*backends_.database), mothers, 1));
  ASSERT_EQ(letters.size(), 1U);
  EXPECT_EQ(letters[0].address, "vera@example.test");
}

TEST_P(MainPath, telegrams_wish_to_wait_is_obeyed_and_nothing_is_lost) {
  bot_->order({{"kind", "rate_limited"}, {"chat_id", chat_of(2)}, {"retry_after", 7}, {"times", 1}});
  happens("homework.assigned", R"("homework_id":1,"student_id":2)");
  wait_for_message("2", [](const Message& m) { return m.status == "pending" && !m.reason.empty(); });
  advance(5s);  // and the second that happens() has moved, before Telegram's answer or after it
  settle();
  EXPECT_TRUE(texts(chat_of(2)).empty());
  advance(2s);
  wait_for_status("2", "delivered");
}

TEST_P(MainPath, a_chat_that_has_moved_is_followed) {
  bot_->order(
      {{"kind", "migrated"}, {"chat_id", chat_of(2)}, {"migrate_to_chat_id", -1001234}, {"times", 1}});
  happens("homework.assigned", R"("homework_id":1,"student_id":2)");
  wait_for_status("2", "delivered");
  EXPECT_EQ(texts(-1001234).size(), 1U);
}

TEST_P(MainPath, a_server_error_is_tried_again_with_a_pause) {
  bot_->order({{"kind", "server_error"}, {"chat_id", chat_of(2)}, {"times", 1}});
  happens("homework.assigned", R"("homework_id":1,"student_id":2)");
  wait_for_message("2", [](const Message& m) { return m.status == "pending" && !m.reason.empty(); });
  advance(11s);
  wait_for_status("2", "delivered");
  EXPECT_EQ(run(attempts_of(reading(*backends_.database), only_message("2").id)).size(), 2U);
}

TEST_P(MainPath, an_event_that_cannot_be_understood_goes_to_the_dead_letters_and_blocks_nothing) {
  publish_raw("lesson.cancelled", R"({"broken)");
  happens("homework.assigned", R"("homework_id":1,"student_id":2)");
  wait_for_status("2", "delivered");
  auto letters = run(service::dead_letters(reading(*backends_.database), tables(), std::nullopt, 10));
  ASSERT_EQ(letters.size(), 1U);
  EXPECT_THAT(letters[0].reason, HasSubstr("not valid JSON"));
}

TEST_P(MainPath, an_erased_person_is_not_told_and_not_remembered) {
  happens("user.deleted", R"("user_id":3)");
  happens("homework.assigned", R"("homework_id":1,"student_id":2)");
  wait_for_status("2", "delivered");
  EXPECT_TRUE(texts(chat_of(3)).empty());
  happens("user.registered", R"("user_id":3,"role":"parent","full_name":"Вера Ким","telegram_id":500000003)");
  EXPECT_FALSE(run(load_people(reading(*backends_.database), {"3"}, false)).at("3").known);
}

INSTANTIATE_TEST_SUITE_P(Backends, MainPath, testing::Values("embedded", "distributed"),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace rb::notification
