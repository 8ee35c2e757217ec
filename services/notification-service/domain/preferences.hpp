#pragma once
// Preferences ⇄ the JSON they are kept as:
// {"channels":{"lesson.cancelled":{"email":true}},"reminder_minutes_before_lesson":[60]}. Pure.
#include <boost/json/object.hpp>

#include "base/error.hpp"
#include "domain/people.hpp"

namespace rb::notification {

boost::json::object to_json(const Preferences& preferences);

// Also upstream's flat form (telegram_enabled, email_enabled, lesson_reminders, homework_notifications,
// payment_notifications, system_notifications, reminder_time_before_lesson). What `change` does not mention
// keeps its value from `before`. Errc::invalid names the field.
Result<Preferences> changed(Preferences before, const boost::json::object& change);

// The flat form of the same data, for upstream's clients.
boost::json::object to_flat_json(const Preferences& preferences);

}  // namespace rb::notification
