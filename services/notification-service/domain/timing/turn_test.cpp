// When messages go out, as tables.
#include "domain/timing/turn.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "domain/preferences_json.hpp"
#include "domain/promote.hpp"
#include "domain/timing/outdated.hpp"
#include "time/iso.hpp"

namespace rb::notification {
namespace {

namespace bj = boost::json;
using namespace std::chrono_literals;

Time at(std::string_view text) { return parse_iso(text, Zone::find("Europe/Moscow").value()).value(); }

const Time kNight = at("2026-03-10T23:00"), kMorning = at("2026-03-11T08:00"), kNoon = at("2026-03-10T12:00");

Person who(std::string_view wish) {
  Person person;
  person.id = "3";
  person.preferences = changed({}, bj::parse(wish).as_object()).value();
  return person;
}

Message message(std::string type, Priority priority = Priority::normal) {
  Message m;
  m.id = "m";
  m.user_id = "3";
  m.type = std::move(type);
  m.audience = Audience::parent;
  m.channel = Channel::telegram;
  m.priority = priority;
  m.status = "pending";
  m.queued = true;
  return m;
}

Message about_lesson(std::string type, std::string_view start, std::string_view old_start = "") {
  auto m = message(std::move(type), Priority::high);
  m.lesson_id = "7";
  bj::object lesson{{"start_time", format_iso(at(start))}};
  if (!old_start.empty()) lesson["old_start_time"] = format_iso(at(old_start));
  m.context["lesson"] = std::move(lesson);
  return m;
}

Message reminder(std::string_view start, int minutes_before) {
  auto m = about_lesson("lesson.reminder", start);
  m.expires = at(start);
  m.due = at(start) - std::chrono::minutes(minutes_before);
  return m;
}

constexpr auto kQuiet = R"({"quiet_hours_start":"22:00","quiet_hours_end":"08:00"})";

std::string said(const Turn& turn) { return turn.status + " " + turn.reason; }

TEST(Turn, is_at_once_for_those_who_wish_nothing) {
  auto turn = turn_of(message("custom"), Person{}, kNight, {});
  EXPECT_EQ(said(turn), "pending ");
  EXPECT_EQ(turn.due, kNight);
}

TEST(Turn, comes_after_the_quiet_hours) {
  auto turn = turn_of(message("custom"), who(kQuiet), kNight, {});
  EXPECT_EQ(said(turn), "deferred quiet_hours");
  EXPECT_EQ(turn.due, kMorning);
  EXPECT_EQ(said(turn_of(message("custom"), who(kQuiet), kMorning, {})), "pending ");
}

TEST(Turn, of_what_presses_is_at_once_in_quiet_hours_too) {
  auto requested = message("custom");
  requested.purpose = "requested";
  auto inbox = message("custom"), webhook = inbox;
  inbox.channel = Channel::inbox;
  webhook.channel = Channel::webhook;
  auto new_lesson = about_lesson("lesson.created", "2026-03-11T09:00");
  new_lesson.priority = Priority::normal;
  struct Case {
    const char* what;
    Message message;
    const char* turn;
  };
  const Case cases[] = {
      {"urgent", message("custom", Priority::urgent), "pending "},
      {"high", message("payment.failed", Priority::high), "deferred quiet_hours"},
      {"asked for", requested, "pending "},
      {"inbox", inbox, "pending "},
      {"webhook", webhook, "pending "},
      {"digest", message("digest", Priority::low), "pending "},
      {"a lesson at 09:59", about_lesson("lesson.cancelled", "2026-03-11T09:59"), "pending "},
      {"a lesson at 10:00", about_lesson("lesson.cancelled", "2026-03-11T10:00"), "deferred quiet_hours"},
      {"a new lesson at 9", new_lesson, "pending "},
      {"moved away from 9 to next week",
       about_lesson("lesson.rescheduled", "2026-03-18T09:00", "2026-03-11T09:00"), "pending "},
      {"moved from noon to evening",
       about_lesson("lesson.rescheduled", "2026-03-11T18:00", "2026-03-11T12:00"), "deferred quiet_hours"},
      {"a lesson that is over", about_lesson("lesson.completed", "2026-03-10T20:00"), "deferred quiet_hours"},
      {"a reminder of an early lesson", reminder("2026-03-11T08:30", 570), "pending "},
  };
  for (const auto& c : cases) EXPECT_EQ(said(turn_of(c.message, who(kQuiet), kNight, {})), c.turn) << c.what;
}

TEST(Turn, of_a_reminder_that_another_one_overtakes_never_comes) {
  auto person = who(R"({"quiet_hours_start":"22:00","quiet_hours_end":"08:00",
                        "reminder_minutes_before_lesson":[720,240,60]})");
  // A lesson at noon: reminders at midnight, at 08:00 and at 11:00.
  EXPECT_EQ(said(turn_of(reminder("2026-03-11T12:00", 720), person, at("2026-03-11T00:00"), {})),
            "cancelled stale_in_quiet_hours");
  // At 13:00: at 01:00, 09:00 and 12:00; the first one waits and still comes before the second.
  EXPECT_EQ(said(turn_of(reminder("2026-03-11T13:00", 720), person, at("2026-03-11T01:00"), {})),
            "deferred quiet_hours");
}

TEST(Turn, comes_with_the_digest_of_the_type) {
  auto daily = who(R"({"digest_mode":"daily","digest_time":"18:00"})");
  auto family = who(R"({"types":{"lesson":{"digest_mode":"weekly"},"lesson.missed":{"digest_mode":"off"}}})");
  auto far_away = about_lesson("lesson.cancelled", "2026-03-20T12:00");
  auto to_an_address = message("custom");
  to_an_address.recipient_address = "500";
  auto with_file = message("custom");
  with_file.attachments = "set";
  struct Case {
    const char* what;
    Person person;
    Message message;
    std::string turn;
  };
  const Case cases[] = {
      {"daily", daily, message("homework.assigned"), "deferred digest 2026-03-10T15:00:00Z"},
      {"low", daily, message("material.shared", Priority::low), "deferred digest 2026-03-10T15:00:00Z"},
      {"high is not in the general wish", daily, message("payment.failed", Priority::high), "pending "},
      {"high by name", family, far_away, "deferred digest 2026-03-15T15:00:00Z"},
      {"off by name", family, message("lesson.missed"), "pending "},
      {"starts before the window", family, about_lesson("lesson.cancelled", "2026-03-14T12:00"), "pending "},
      {"starts soon after it", family, about_lesson("lesson.cancelled", "2026-03-15T19:59"), "pending "},
      {"urgent", daily, message("custom", Priority::urgent), "pending "},
      {"a report that was asked for", daily, message("report.generated"), "pending "},
      {"reminder", who(R"({"types":{"lesson.reminder":{"digest_mode":"daily"}}})"),
       reminder("2026-03-20T12:00", 60), "pending "},
      {"with a file", daily, with_file, "pending "},
      {"to another address", daily, to_an_address, "pending "},
      {"digest before quiet hours",
       who(R"({"digest_mode":"daily","quiet_hours_start":"11:00","quiet_hours_end":"13:00"})"),
       message("custom"), "deferred digest 2026-03-10T15:00:00Z"},
  };
  for (const auto& c : cases) {
    auto turn = turn_of(c.message, c.person, kNoon, {});
    EXPECT_EQ(said(turn) + (turn.status == "deferred" ? " " + format_iso(turn.due) : ""), c.turn) << c.what;
  }
}

TEST(Turn, keeps_the_minimum_interval) {
  auto person = who(R"({"min_interval_minutes":30,"types":{"lesson":{"min_interval_minutes":0}}})");
  struct Case {
    const char* what;
    Message message;
    std::optional<Time> last;
    std::string turn;
  };
  const Case cases[] = {
      {"the first", message("custom"), {}, "pending "},
      {"too early", message("custom"), kNoon - 29min, "deferred min_interval 12:01"},
      {"after it", message("custom"), kNoon - 30min, "pending "},
      {"behind one that waits", message("custom"), kNoon + 20min, "deferred min_interval 12:50"},
      {"urgent", message("custom", Priority::urgent), kNoon, "pending "},
      {"another family", message("lesson.missed"), kNoon, "pending "},
  };
  for (const auto& c : cases) {
    auto turn = turn_of(c.message, person, kNoon, c.last);
    auto due = turn.status == "deferred" ? " " + format_iso(turn.due + 3h).substr(11, 5) : "";
    EXPECT_EQ(said(turn) + due, c.turn) << c.what;
  }
}

TEST(Turn, where_the_interval_ends_in_quiet_hours_is_after_them) {
  auto person = who(R"({"min_interval_minutes":60,"quiet_hours_start":"22:00","quiet_hours_end":"08:00"})");
  auto turn = turn_of(message("custom"), person, at("2026-03-10T21:30"), at("2026-03-10T21:20"));
  EXPECT_EQ(said(turn), "deferred quiet_hours");
  EXPECT_EQ(turn.due, kMorning);
  auto behind = turn_of(message("custom"), person, kNight, kMorning);
  EXPECT_EQ(said(behind), "deferred min_interval");
  EXPECT_EQ(behind.due, kMorning + 1h);
}

TEST(Turn, an_interval_does_not_break_the_quiet_hours_for_what_presses_only_by_it) {
  auto person = who(R"({"min_interval_minutes":60,"quiet_hours_start":"22:00","quiet_hours_end":"08:00"})");
  auto turn = turn_of(about_lesson("lesson.cancelled", "2026-03-11T10:30"), person, kNight, kMorning);
  EXPECT_EQ(said(turn), "deferred quiet_hours");
  EXPECT_EQ(turn.due, kMorning);
}

TEST(Turns, of_many_stand_an_interval_apart) {
  Directory directory;
  directory.add(who(R"({"min_interval_minutes":10})"));
  std::vector<Message> messages(3, message("custom"));
  messages.push_back(message("material.shared"));
  EXPECT_EQ(with_intervals(messages, directory).size(), 2U);
  set_turns(messages, directory, {}, kNoon);
  EXPECT_EQ(messages[0].status, "pending");
  EXPECT_TRUE(messages[0].queued);
  EXPECT_EQ(messages[1].due, kNoon + 10min);
  EXPECT_FALSE(messages[1].queued);
  EXPECT_EQ(messages[2].due, kNoon + 20min);
  EXPECT_EQ(messages[2].reason, "min_interval");
  EXPECT_EQ(messages[3].status, "pending");
}

Lesson lesson(std::string_view start) {
  Lesson out;
  out.id = "7";
  out.students["2"] = {};
  out.scheduled_at = at(start);
  return out;
}

TEST(Outdated, is_what_is_no_longer_so) {
  auto moved = about_lesson("lesson.rescheduled", "2026-03-12T18:00", "2026-03-12T12:00");
  auto called_off = about_lesson("lesson.cancelled", "2026-03-12T18:00");
  auto reminds = about_lesson("lesson.reminder", "2026-03-12T18:00");
  for (auto* m : {&moved, &called_off, &reminds}) m->student_id = "2";
  auto as_told = lesson("2026-03-12T18:00"), again = lesson("2026-03-13T18:00"), off = as_told,
       without = as_told, over = as_told;
  off.called_off = true;
  without.students["2"].takes_part = false;
  over.ended = {at("2026-03-10T12:00"), "end"};
  struct Case {
    const Message& message;
    const Lesson& lesson;
    const char* reason;
  };
  const Case cases[] = {
      {moved, as_told, ""},
      {moved, again, "outdated"},
      {moved, off, "outdated"},
      {moved, without, "outdated"},
      {moved, over, "outdated"},
      {called_off, off, ""},
      {called_off, without, ""},
      {called_off, as_told, "outdated"},
      {called_off, again, "outdated"},
      {reminds, as_told, ""},
      {reminds, again, "lesson_rescheduled"},
      {reminds, off, "lesson_cancelled"},
      {reminds, over, "lesson_over"},
  };
  for (const auto& c : cases)
    EXPECT_EQ(outdated(c.message, c.lesson), c.reason)
        << c.message.type << " of " << format_iso(*c.lesson.scheduled_at) << c.lesson.cancelled();
  EXPECT_EQ(outdated(message("homework.assigned"), off), "");
}

TEST(Outdated, a_tutor_who_is_told_of_one_place_is_told_the_truth_while_the_others_meet) {
  auto place = about_lesson("lesson.cancelled", "2026-03-12T18:00");
  place.context["lesson"].as_object()["goes_on"] = true;
  EXPECT_EQ(outdated(place, lesson("2026-03-12T18:00")), "");
}

TEST(Promotion, looks_again_at_consent_preferences_and_the_lesson) {
  auto person = who(R"({"channels":{"homework":{"telegram":false}}})");
  EXPECT_EQ(promote(message("homework.graded"), person, nullptr, {}, kNoon).reason, "blocked_by_preferences");
  EXPECT_EQ(promote(message("custom"), person, nullptr, {}, kNoon).status, "pending");
  auto off = lesson("2026-03-12T18:00");
  off.called_off = true;
  EXPECT_EQ(promote(about_lesson("lesson.rescheduled", "2026-03-12T18:00"), person, &off, {}, kNoon).reason,
            "outdated");
  person.withdrawn = {"notifications"};
  EXPECT_EQ(promote(message("custom"), person, nullptr, {}, kNoon).reason, "consent_withdrawn");
}

}  // namespace
}  // namespace rb::notification
