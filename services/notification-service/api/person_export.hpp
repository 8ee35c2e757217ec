#pragma once
// Everything that this service holds about one person, for themselves (contract, «People's data»).
#include "api/contacts.hpp"
#include "api/notification_view.hpp"
#include "api/schedule.hpp"
#include "api/template_view.hpp"

namespace rb::notification {

struct EventView {
  std::string source, id, type;
  Time time;
  json::object data;
};
BOOST_DESCRIBE_STRUCT(EventView, (), (source, id, type, time, data))

struct ConsentView {
  std::string purpose;
  bool given = false;  // false: withdrawn
  Time changed_at;
  json::object details;  // given_by, channel, text_version, as far as they were told
};
BOOST_DESCRIBE_STRUCT(ConsentView, (), (purpose, given, changed_at, details))

struct PersonExport {
  Contact contact;
  json::object preferences;
  std::vector<ConsentView> consents;            // given and withdrawn
  std::vector<NotificationView> notifications;  // with their texts, the newest first
  std::vector<ScheduleView> schedules;          // planned for the person
  std::vector<TextView> texts;                  // of a tutor's own, every version
  std::vector<EventView> events;                // that speak of the person, the newest first
  Time exported_at;
};
BOOST_DESCRIBE_STRUCT(PersonExport, (),
                      (contact, preferences, consents, notifications, schedules, texts, events, exported_at))

// As a file to keep. Errc::not_found: nobody is known by this id.
Task<Result<http::Reply<PersonExport>>> export_person(App& app, const http::Request& request, ContactPath in);

}  // namespace rb::notification
