#include "domain/preferences.hpp"

#include <algorithm>
#include <array>

#include "domain/catalog.hpp"

namespace rb::notification {

namespace json = boost::json;

namespace {

constexpr int kMostMinutes = 14 * 24 * 60;
constexpr std::size_t kMostReminders = 10;

// Upstream's switches: a whole channel, or a family of types on every channel.
struct FlatSwitch {
  std::string_view name, type, channel;  // channel "": all
};
constexpr std::array kFlat = std::to_array<FlatSwitch>({
    {"telegram_enabled", "*", "telegram"},
    {"email_enabled", "*", "email"},
    {"lesson_reminders", "lesson.reminder", ""},
    {"homework_notifications", "homework", ""},
    {"payment_notifications", "payment", ""},
    {"system_notifications", "system", ""},
});

std::unexpected<Error> wrong(std::string field, std::string reason) {
  return std::unexpected(
      Error{Errc::invalid, "the preferences are not valid", {{std::move(field), std::move(reason)}}});
}

bool known_type(std::string_view type) {
  if (type == "*" || find_notification_type(type) != nullptr) return true;
  return std::ranges::any_of(notification_types(), [&](const TypeInfo& info) {
    return info.type.starts_with(type) && info.type.size() > type.size() && info.type[type.size()] == '.';
  });
}

void set_cell(Preferences& preferences, std::string_view type, std::string_view channel,
              std::optional<bool> value) {
  std::pair key{std::string(type), std::string(channel)};
  if (value) {
    preferences.cells[key] = *value;
  } else {
    preferences.cells.erase(key);
  }
}

std::optional<Error> read_channels(Preferences& preferences, const json::value& value) {
  if (!value.is_object())
    return wrong("channels", "must be an object: type → channel → true or false").error();
  for (const auto& [name, row] : value.get_object()) {
    auto type = canonical_notification_type(name);
    auto field = "channels." + type;
    if (!known_type(type)) return wrong(field, "is not a notification type").error();
    if (!row.is_object()) return wrong(field, "must be an object: channel → true or false").error();
    for (const auto& [channel, cell] : row.get_object()) {
      if (!parse_channel(channel))
        return wrong(field, "knows only telegram, email, inbox and webhook").error();
      if (!cell.is_bool() && !cell.is_null()) return wrong(field, "must be true, false or null").error();
      set_cell(preferences, type, channel, cell.is_bool() ? std::optional(cell.get_bool()) : std::nullopt);
    }
  }
  return std::nullopt;
}

std::optional<Error> read_minutes(Preferences& preferences, std::string_view field,
                                  const json::value& value) {
  auto list = value.is_array() ? value.get_array() : json::array{value};
  if (value.is_null()) {
    preferences.reminder_minutes.reset();
    return std::nullopt;
  }
  std::vector<int> minutes;
  for (const auto& item : list) {
    auto number = item.is_int64() ? item.get_int64() : -1;
    if (number < 0 || number > kMostMinutes)
      return wrong(std::string(field), "must be whole minutes from 0 (none) to 20160").error();
    if (number > 0 && std::ranges::find(minutes, number) == minutes.end())
      minutes.push_back(static_cast<int>(number));
  }
  if (minutes.size() > kMostReminders) return wrong(std::string(field), "has more than 10 entries").error();
  std::ranges::sort(minutes, std::greater());
  preferences.reminder_minutes = std::move(minutes);
  return std::nullopt;
}

std::optional<Error> read_flat(Preferences& preferences, const FlatSwitch& flat, const json::value& value) {
  if (!value.is_bool()) return wrong(std::string(flat.name), "must be true or false").error();
  // A channel that is on follows the defaults; a family that is on loses its prohibition.
  auto cell = value.get_bool() ? std::nullopt : std::optional(false);
  for (auto channel : {std::string_view("telegram"), std::string_view("email")})
    if (flat.channel.empty() || flat.channel == channel) set_cell(preferences, flat.type, channel, cell);
  return std::nullopt;
}

}  // namespace

json::object to_json(const Preferences& preferences) {
  json::object channels;
  for (const auto& [key, on] : preferences.cells) {
    auto& row = channels[key.first];
    if (!row.is_object()) row.emplace_object();
    row.get_object()[key.second] = on;
  }
  json::object out;
  if (!channels.empty()) out["channels"] = std::move(channels);
  if (preferences.reminder_minutes) {
    json::array minutes(preferences.reminder_minutes->begin(), preferences.reminder_minutes->end());
    out["reminder_minutes_before_lesson"] = std::move(minutes);
  }
  return out;
}

Result<Preferences> changed(Preferences before, const json::object& change) {
  for (const auto& [name, value] : change) {
    std::optional<Error> problem;
    if (name == "channels") problem = read_channels(before, value);
    if (name == "reminder_minutes_before_lesson" || name == "reminder_time_before_lesson")
      problem = read_minutes(before, name, value);
    const auto* flat = std::ranges::find(kFlat, std::string_view(name), &FlatSwitch::name);
    if (flat != kFlat.end()) problem = read_flat(before, *flat, value);
    if (problem) return fail(std::move(*problem));
  }
  return before;
}

json::object to_flat_json(const Preferences& preferences) {
  json::object out;
  for (const auto& flat : kFlat) {
    bool on = false;
    for (auto channel : {Channel::telegram, Channel::email}) {
      if (!flat.channel.empty() && flat.channel != to_string(channel)) continue;
      auto found = preferences.cells.find({std::string(flat.type), std::string(to_string(channel))});
      on = on || found == preferences.cells.end() || found->second;
    }
    out[flat.name] = on;
  }
  const auto& minutes = preferences.reminder_minutes;
  out["reminder_time_before_lesson"] = !minutes ? 60 : (minutes->empty() ? 0 : minutes->front());
  return out;
}

}  // namespace rb::notification
