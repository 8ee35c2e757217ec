#include "domain/calendar.hpp"

#include <libical/ical.h>

#include <algorithm>
#include <limits>
#include <memory>

#include "base/strings.hpp"
#include "domain/members.hpp"

namespace rb::notification {

namespace bj = boost::json;

namespace {

// A URI stands in an entry as it is, so one with blanks or line breaks is left out.
std::string address_in(const bj::object& from, std::string_view name) {
  auto out = text_in(from, name);
  return std::ranges::all_of(out, [](unsigned char c) { return c > 0x20 && c != 0x7F; }) ? out
                                                                                         : std::string();
}

std::string summary_of(const bj::object& context, const bj::object& lesson, Audience audience, bool russian) {
  auto subject = text_in(lesson, "subject");
  auto out = subject.empty() ? std::string(russian ? "Занятие" : "Lesson") : subject;
  if (audience == Audience::student) return out;
  auto name = text_in(object_in(context, "student"), "first_name");
  return name.empty() ? out : out + ", " + name;
}

struct FreeComponent {
  void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
struct FreeText {
  void operator()(char* text) const { icalmemory_free_buffer(text); }
};
using Component = std::unique_ptr<icalcomponent, FreeComponent>;

icaltimetype utc(Time moment) {
  auto seconds = to_micros(moment) / 1'000'000;
  return icaltime_from_timet_with_zone(static_cast<time_t>(seconds), 0, icaltimezone_get_utc_timezone());
}

std::string uid_of(const CalendarEntry& entry, const CalendarMail& mail) {
  return "lesson-" + entry.lesson_id + "." + mail.from_address;
}

icalproperty* organizer(const CalendarMail& mail) {
  auto* out = icalproperty_new_organizer(("mailto:" + mail.from_address).c_str());
  if (!mail.from_name.empty()) icalproperty_add_parameter(out, icalparameter_new_cn(mail.from_name.c_str()));
  return out;
}

// Who has lessons has agreed to them: nobody is asked.
icalproperty* attendee(const CalendarMail& mail) {
  auto* out = icalproperty_new_attendee(("mailto:" + mail.to).c_str());
  icalproperty_add_parameter(out, icalparameter_new_cutype(ICAL_CUTYPE_INDIVIDUAL));
  icalproperty_add_parameter(out, icalparameter_new_role(ICAL_ROLE_REQPARTICIPANT));
  icalproperty_add_parameter(out, icalparameter_new_partstat(ICAL_PARTSTAT_ACCEPTED));
  icalproperty_add_parameter(out, icalparameter_new_rsvp(ICAL_RSVP_FALSE));
  return out;
}

// The event takes over its properties.
icalcomponent* event_of(const CalendarEntry& entry, const CalendarMail& mail) {
  constexpr std::int64_t kMost = std::numeric_limits<int>::max();
  auto length = icaldurationtype_from_int(static_cast<int>(std::chrono::seconds(entry.duration).count()));
  auto* event = icalcomponent_new(ICAL_VEVENT_COMPONENT);
  auto add = [&](icalproperty* property) { icalcomponent_add_property(event, property); };
  add(icalproperty_new_uid(uid_of(entry, mail).c_str()));
  add(icalproperty_new_sequence(static_cast<int>(std::min(entry.sequence, kMost))));
  add(icalproperty_new_dtstamp(utc(mail.written)));
  add(icalproperty_new_dtstart(utc(entry.start)));
  add(icalproperty_new_duration(length));
  add(icalproperty_new_summary(entry.summary.c_str()));
  if (!entry.description.empty()) add(icalproperty_new_description(entry.description.c_str()));
  if (!entry.link.empty()) add(icalproperty_new_location(entry.link.c_str()));
  if (!entry.link.empty()) add(icalproperty_new_url(entry.link.c_str()));
  add(icalproperty_new_status(entry.cancelled ? ICAL_STATUS_CANCELLED : ICAL_STATUS_CONFIRMED));
  add(icalproperty_new_transp(ICAL_TRANSP_OPAQUE));
  add(organizer(mail));
  add(attendee(mail));
  return event;
}

}  // namespace

std::optional<CalendarEntry> calendar_entry(const Message& message, const Person& reader) {
  bool cancelled = message.type == "lesson.cancelled";
  if (!cancelled && message.type != "lesson.created" && message.type != "lesson.rescheduled")
    return std::nullopt;
  const auto& lesson = object_in(message.context, "lesson");
  auto start = moment_in(lesson, "start_time");
  if (!start || message.lesson_id.empty() || flag_in(lesson, "goes_on")) return std::nullopt;

  bool russian = reader.language != "en";
  CalendarEntry out;
  out.lesson_id = message.lesson_id;
  out.sequence = number_in(lesson, "sequence").value_or(0);
  out.start = *start;
  out.duration = std::chrono::minutes(number_in(lesson, "duration").value_or(60));
  out.summary = summary_of(message.context, lesson, message.audience, russian);
  if (auto topic = text_in(lesson, "topic"); !topic.empty())
    out.description = (russian ? "Тема: " : "Topic: ") + topic;
  out.link = address_in(lesson, "meet_link");
  out.cancelled = cancelled;
  return out;
}

std::string to_ics(const CalendarEntry& entry, const CalendarMail& mail) {
  Component calendar(icalcomponent_new(ICAL_VCALENDAR_COMPONENT));
  auto add = [&](icalproperty* property) { icalcomponent_add_property(calendar.get(), property); };
  add(icalproperty_new_prodid("-//RepitBot//RepitBot//RU"));
  add(icalproperty_new_version("2.0"));
  add(icalproperty_new_calscale("GREGORIAN"));
  add(icalproperty_new_method(entry.cancelled ? ICAL_METHOD_CANCEL : ICAL_METHOD_REQUEST));
  icalcomponent_add_component(calendar.get(), event_of(entry, mail));
  std::unique_ptr<char, FreeText> text(icalcomponent_as_ical_string_r(calendar.get()));
  return text.get();
}

}  // namespace rb::notification
