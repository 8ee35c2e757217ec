#include "domain/schedule.hpp"

#include <gtest/gtest.h>

#include "time/iso.hpp"

namespace rb::notification {
namespace {

Time utc(const char* text) { return parse_iso(text, Zone::utc()).value(); }

Schedule weekly() {
  Schedule s;
  s.id = "s1";
  s.user_id = "2";
  s.starts = s.due = utc("2026-03-23T14:00");  // 17:00 in Moscow
  s.recurrence = "FREQ=WEEKLY";
  s.timezone = "Europe/Moscow";
  s.draft.message.type = "custom";
  s.draft.message.context = {{"message", "Завтра урок"}};
  return s;
}

Fired fire_at(const Schedule& schedule, const char* now) {
  int number = 0;
  return fire(schedule, utc(now), [&number] { return "m" + std::to_string(++number); });
}

TEST(Schedule, makes_one_message_of_an_occurrence_and_moves_on) {
  auto fired = fire_at(weekly(), "2026-03-23T14:00:01");
  ASSERT_EQ(fired.messages.size(), 1U);
  const auto& message = fired.messages[0];
  EXPECT_EQ(message.key, "schedule:s1:" + std::to_string(to_micros(utc("2026-03-23T14:00"))));
  EXPECT_EQ(message.status, "scheduled");
  EXPECT_EQ(message.due, utc("2026-03-23T14:00"));
  EXPECT_EQ(message.origin, "schedule:s1");
  EXPECT_EQ(message.user_id, "2");
  EXPECT_EQ(fired.after.due, utc("2026-03-30T14:00"));
  EXPECT_EQ(fired.after.made, 1);
  EXPECT_TRUE(fired.notes.empty());
}

TEST(Schedule, makes_a_message_for_each_channel_that_was_asked_for) {
  auto schedule = weekly();
  schedule.draft.channels = {Channel::telegram, Channel::email};
  auto fired = fire_at(schedule, "2026-03-23T14:00");
  ASSERT_EQ(fired.messages.size(), 2U);
  EXPECT_EQ(fired.messages[1].channel, Channel::email);
  EXPECT_NE(fired.messages[0].key, fired.messages[1].key);
  EXPECT_EQ(fired.after.made, 1);
}

TEST(Schedule, sends_the_newest_missed_occurrence_within_an_hour_and_tells_of_the_others) {
  auto fired = fire_at(weekly(), "2026-04-06T14:59");
  ASSERT_EQ(fired.messages.size(), 1U);
  EXPECT_EQ(fired.messages[0].due, utc("2026-04-06T14:00"));
  EXPECT_EQ(fired.messages[0].status, "scheduled");
  ASSERT_EQ(fired.notes.size(), 1U);
  EXPECT_EQ(fired.notes[0].reason, "earlier_missed:2");
  EXPECT_EQ(fired.after.missed, 2);
  EXPECT_EQ(fired.after.due, utc("2026-04-13T14:00"));
}

TEST(Schedule, keeps_on_record_what_came_too_late) {
  auto fired = fire_at(weekly(), "2026-03-23T15:01");
  ASSERT_EQ(fired.messages.size(), 1U);
  EXPECT_EQ(fired.messages[0].status, "cancelled");
  EXPECT_EQ(fired.messages[0].reason, "occurrence_missed");
  EXPECT_EQ(fired.after.made, 0);
  EXPECT_EQ(fired.after.missed, 1);
}

TEST(Schedule, ends_with_its_last_occurrence) {
  auto schedule = weekly();
  schedule.recurrence = "FREQ=WEEKLY;COUNT=1";
  EXPECT_EQ(fire_at(schedule, "2026-03-23T14:00").after.status, "done");
}

TEST(Schedule, that_comes_once_is_done_when_its_message_is_due) {
  auto schedule = weekly();
  schedule.recurrence.clear();
  auto fired = fire_at(schedule, "2026-03-23T14:00");
  EXPECT_TRUE(fired.messages.empty());
  EXPECT_EQ(fired.after.status, "done");
}

TEST(Schedule, is_read_from_its_planned_messages) {
  Message telegram;
  telegram.id = "m1";
  telegram.user_id = "2";
  telegram.status = "scheduled";
  telegram.origin = "schedule:m1";
  telegram.channel = Channel::telegram;
  telegram.due = utc("2026-03-23T14:00");
  auto mail = telegram;
  mail.id = "m2";
  mail.channel = Channel::email;
  auto now = telegram;
  now.status = "pending";
  now.origin.clear();
  auto found = schedules_of({now, telegram, mail}, "9");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].id, "m1");
  EXPECT_EQ(found[0].created_by, "9");
  EXPECT_EQ(found[0].draft.channels, (std::vector{Channel::telegram, Channel::email}));
}

TEST(Draft, survives_its_way_through_the_database) {
  Draft draft;
  draft.message.type = "lesson.reminder";
  draft.message.audience = Audience::parent;
  draft.message.priority = Priority::low;
  draft.message.purpose = "marketing";
  draft.message.template_name = "custom";
  draft.message.context = {{"message", "x"}};
  draft.channels = {Channel::email};
  EXPECT_EQ(to_json(read_draft(to_json(draft))), to_json(draft));
}

}  // namespace
}  // namespace rb::notification
