#include "domain/calendar.hpp"

#include <gmock/gmock.h>
#include <libical/ical.h>

#include "base/strings.hpp"

namespace rb::notification {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

Message lesson_message(const std::string& type) {
  Message out;
  out.type = type;
  out.lesson_id = "7";
  out.audience = Audience::student;
  out.context = {{"lesson",
                  {{"id", "7"},
                   {"subject", "Физика"},
                   {"topic", "Оптика; линзы"},
                   {"start_time", "2026-09-15T18:00:00+03:00"},
                   {"duration", 90},
                   {"meet_link", "https://meet.example/7"},
                   {"sequence", 3}}},
                 {"student", {{"id", "2"}, {"first_name", "Аня"}}}};
  return out;
}

const Time kWritten = std::chrono::sys_days(std::chrono::year(2026) / 9 / 1) + 9h;
const CalendarMail kMail{"Школа", "school@example.test", "anya@example.test", kWritten};

std::string ics(const Message& message, const Person& reader = {}) {
  return to_ics(calendar_entry(message, reader).value(), kMail);
}

// Lines that were folded are one again.
std::string unfolded(const std::string& text) { return replace_all(text, "\r\n ", ""); }

TEST(Calendar, invitation_is_this_very_text) {
  EXPECT_EQ(unfolded(ics(lesson_message("lesson.rescheduled"))),
            "BEGIN:VCALENDAR\r\n"
            "PRODID:-//RepitBot//RepitBot//RU\r\n"
            "VERSION:2.0\r\n"
            "CALSCALE:GREGORIAN\r\n"
            "METHOD:REQUEST\r\n"
            "BEGIN:VEVENT\r\n"
            "UID:lesson-7.school@example.test\r\n"
            "SEQUENCE:3\r\n"
            "DTSTAMP:20260901T090000Z\r\n"
            "DTSTART:20260915T150000Z\r\n"
            "DURATION:PT1H30M\r\n"
            "SUMMARY:Физика\r\n"
            "DESCRIPTION:Тема: Оптика\\; линзы\r\n"
            "LOCATION:https://meet.example/7\r\n"
            "URL:https://meet.example/7\r\n"
            "STATUS:CONFIRMED\r\n"
            "TRANSP:OPAQUE\r\n"
            "ORGANIZER;CN=Школа:mailto:school@example.test\r\n"
            "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:anya@"
            "example.test\r\n"
            "END:VEVENT\r\n"
            "END:VCALENDAR\r\n");
}

TEST(Calendar, cancellation_takes_back_the_same_entry) {
  auto text = ics(lesson_message("lesson.cancelled"));
  EXPECT_THAT(text, HasSubstr("METHOD:CANCEL\r\n"));
  EXPECT_THAT(text, HasSubstr("STATUS:CANCELLED\r\n"));
  EXPECT_THAT(text, HasSubstr("UID:lesson-7.school@example.test\r\n"));
}

TEST(Calendar, can_be_read_back_and_has_no_line_longer_than_75_bytes) {
  auto message = lesson_message("lesson.created");
  message.context["lesson"].as_object()["topic"] = std::string(300, 'x') + " \"кавычки\", запятая\nи строка";
  auto text = ics(message);
  for (const auto& line : split(text, '\n')) EXPECT_LE(line.size(), 76U) << line;
  auto* parsed = icalparser_parse_string(text.c_str());
  ASSERT_NE(parsed, nullptr);
  EXPECT_EQ(icalcomponent_count_errors(parsed), 0);
  EXPECT_TRUE(icalrestriction_check(parsed)) << text;
  auto* event = icalcomponent_get_first_component(parsed, ICAL_VEVENT_COMPONENT);
  EXPECT_EQ(icaltime_as_timet(icalcomponent_get_dtstart(event)), 1789484400);
  EXPECT_THAT(icalcomponent_get_description(event), HasSubstr("\"кавычки\", запятая\nи строка"));
  icalcomponent_free(parsed);
}

TEST(Calendar, speaks_the_readers_language_and_names_the_student_to_others) {
  auto message = lesson_message("lesson.created");
  message.audience = Audience::parent;
  EXPECT_EQ(calendar_entry(message, {.language = "ru"})->summary, "Физика, Аня");
  message.context["lesson"].as_object().erase("subject");
  EXPECT_EQ(calendar_entry(message, {.language = "ru"})->summary, "Занятие, Аня");
  auto english = calendar_entry(message, {.language = "en"});
  EXPECT_EQ(english->summary, "Lesson, Аня");
  EXPECT_EQ(english->description, "Topic: Оптика; линзы");
}

TEST(Calendar, has_nothing_to_say_of_other_messages_and_unknown_times) {
  EXPECT_FALSE(calendar_entry(lesson_message("lesson.reminder"), {}));
  auto unknown = lesson_message("lesson.cancelled");
  unknown.context["lesson"].as_object().erase("start_time");
  EXPECT_FALSE(calendar_entry(unknown, {}));
  auto group = lesson_message("lesson.cancelled");
  group.context["lesson"].as_object()["goes_on"] = true;
  EXPECT_FALSE(calendar_entry(group, {})) << "the lesson of a tutor whose group still meets";
}

TEST(Calendar, lets_nobody_write_lines_of_their_own) {
  auto message = lesson_message("lesson.created");
  auto& lesson = message.context["lesson"].as_object();
  lesson["subject"] = "x\r\nATTENDEE:mailto:evil@example.test";
  lesson["meet_link"] = "https://meet.example/\r\nX-EVIL:1";
  message.lesson_id = "7\r\nX-EVIL:2";
  auto text = unfolded(ics(message));
  EXPECT_THAT(text, Not(HasSubstr("\nX-EVIL")));
  EXPECT_THAT(text, Not(HasSubstr("\nATTENDEE:mailto:evil")));
}

}  // namespace
}  // namespace rb::notification
