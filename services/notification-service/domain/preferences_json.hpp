#pragma once
// Preferences ⇄ the JSON they are kept and spoken as. Pure.
// {"channels":{"lesson.cancelled":{"email":true}}, "children":{"2":{"channels":{…}}},
// "channel_order":["email"],
//  "reminder_minutes_before_lesson":[60], "quiet_hours_start":"22:00", "quiet_hours_end":"08:00",
//  "digest_mode":"daily", "digest_time":"18:00", "digest_weekday":"sunday", "min_interval_minutes":30,
//  "types":{"homework":{"digest_mode":"off","min_interval_minutes":0}}, "timezone":"Europe/Moscow",
//  "language":"ru"}
#include <boost/json/object.hpp>

#include "base/error.hpp"
#include "domain/preferences.hpp"

namespace rb::notification {

boost::json::object to_json(const Preferences& preferences);  // what has been switched, nothing else

// Also upstream's flat form (telegram_enabled, email_enabled, lesson_reminders, homework_notifications,
// payment_notifications, system_notifications, reminder_time_before_lesson). What `change` does not mention
// keeps its value from `before`; null takes a value back. Errc::invalid names the field.
Result<Preferences> changed(Preferences before, const boost::json::object& change);

// What has been kept. Parts that this program does not understand (a type of a newer one, a zone that is no
// more) are left out, so that they take nothing else with them.
Preferences kept_preferences(const boost::json::object& kept);

// The flat form of the same data, for upstream's clients.
boost::json::object to_flat_json(const Preferences& preferences);

std::string clock_text(int minute);                  // 1320 → "22:00"
std::string_view name_of(std::chrono::weekday day);  // "sunday"

}  // namespace rb::notification
