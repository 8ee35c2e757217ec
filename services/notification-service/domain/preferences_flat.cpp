#include "domain/preferences_flat.hpp"

#include <algorithm>

#include "domain/preferences_json.hpp"

namespace rb::notification {

namespace bj = boost::json;

namespace {

struct Switch {
  std::string_view name, type, channel;  // channel "": all
};
constexpr std::array kSwitches = std::to_array<Switch>({
    {"telegram_enabled", "*", "telegram"},
    {"email_enabled", "*", "email"},
    {"lesson_reminders", "lesson.reminder", ""},
    {"homework_notifications", "homework", ""},
    {"payment_notifications", "payment", ""},
    {"system_notifications", "system", ""},
});
constexpr std::array<std::string_view, 2> kUpstreams = {"telegram", "email"};  // what upstream knows of

}  // namespace

bool is_flat(std::string_view field) {
  return std::ranges::find(kSwitches, field, &Switch::name) != kSwitches.end();
}

void read_flat(Preferences& preferences, const bj::object& change) {
  for (const auto& flat : kSwitches) {
    const auto* value = change.if_contains(flat.name);
    if (value == nullptr || !value->is_bool()) continue;
    for (auto channel : kUpstreams) {
      if (!flat.channel.empty() && flat.channel != channel) continue;
      std::pair key{std::string(flat.type), std::string(channel)};
      if (value->get_bool()) {
        preferences.cells.erase(key);
      } else {
        preferences.cells[key] = false;
      }
    }
  }
}

bj::object to_flat_json(const Preferences& preferences) {
  bj::object out;
  for (const auto& flat : kSwitches) {
    bool on = false;
    for (auto channel : kUpstreams) {
      if (!flat.channel.empty() && flat.channel != channel) continue;
      auto found = preferences.cells.find({std::string(flat.type), std::string(channel)});
      on = on || found == preferences.cells.end() || found->second;
    }
    out[flat.name] = on;
  }
  const auto& minutes = preferences.reminder_minutes;
  out["reminder_time_before_lesson"] = !minutes ? 60 : (minutes->empty() ? 0 : minutes->front());
  return out;
}

}  // namespace rb::notification
