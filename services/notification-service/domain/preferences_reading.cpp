#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "domain/catalog.hpp"
#include "domain/preferences_flat.hpp"
#include "domain/preferences_json.hpp"
#include "time/zone.hpp"

namespace rb::notification {

namespace bj = boost::json;

namespace {

constexpr int kMostMinutes = 14 * 24 * 60;
constexpr int kMinutesOfDay = 24 * 60;
constexpr std::size_t kMostReminders = 10, kMostChildren = 50, kLongestId = 64;
using Problem = std::optional<Error>;

Problem wrong(std::string field, std::string reason) {
  return Error{Errc::invalid, "the preferences are not valid", {{std::move(field), std::move(reason)}}};
}

bool known_type(std::string_view type) {
  if (type == "*" || find_notification_type(type) != nullptr) return true;
  return std::ranges::any_of(notification_types(), [&](const TypeInfo& info) {
    return info.type.starts_with(type) && info.type.size() > type.size() && info.type[type.size()] == '.';
  });
}

std::string knows_only_channels() {
  auto names = channel_names();
  auto last = std::move(names.back());
  names.pop_back();
  return fmt::format("knows only {} and {}", fmt::join(names, ", "), last);
}

Problem read_cells(Cells& cells, const std::string& prefix, const bj::value& value) {
  if (!value.is_object()) return wrong(prefix, "must be an object: type → channel → true or false");
  for (const auto& [name, row] : value.get_object()) {
    auto type = canonical_notification_type(name);
    auto field = prefix + "." + type;
    if (!known_type(type)) return wrong(field, "is not a notification type");
    if (!row.is_object()) return wrong(field, "must be an object: channel → true or false");
    for (const auto& [channel, cell] : row.get_object()) {
      if (!parse_channel(channel)) return wrong(field, knows_only_channels());
      if (!cell.is_bool() && !cell.is_null()) return wrong(field, "must be true, false or null");
      std::pair key{type, std::string(channel)};
      if (cell.is_bool()) {
        cells[key] = cell.get_bool();
      } else {
        cells.erase(key);
      }
    }
  }
  return std::nullopt;
}

Problem read_reminders(std::optional<std::vector<int>>& out, const std::string& field,
                       const bj::value& value) {
  if (value.is_null()) {
    out.reset();
    return std::nullopt;
  }
  auto list = value.is_array() ? value.get_array() : bj::array{value};
  std::vector<int> minutes;
  for (const auto& item : list) {
    auto number = item.is_int64() ? item.get_int64() : -1;
    if (number < 0 || number > kMostMinutes)
      return wrong(field, "must be whole minutes from 0 (none) to 20160");
    if (number > 0 && std::ranges::find(minutes, number) == minutes.end())
      minutes.push_back(static_cast<int>(number));
  }
  if (minutes.size() > kMostReminders) return wrong(field, "has more than 10 entries");
  std::ranges::sort(minutes, std::greater());
  out = std::move(minutes);
  return std::nullopt;
}

// "8:05" → 485
std::optional<int> minute_of(const bj::value& value) {
  if (!value.is_string()) return std::nullopt;
  std::string_view text = value.get_string();
  auto colon = text.find(':');
  if (colon == 0 || colon > 2 || text.size() != colon + 3) return std::nullopt;
  auto number = [](std::string_view digits) {
    int out = 0;
    for (char c : digits) out = c >= '0' && c <= '9' ? out * 10 + (c - '0') : 100;
    return out;
  };
  int hour = number(text.substr(0, colon)), minute = number(text.substr(colon + 1));
  if (hour > 23 || minute > 59) return std::nullopt;
  return hour * 60 + minute;
}

constexpr auto kWantsClock = "must be a time of day, as \"22:00\"";

Problem read_mode(std::optional<DigestMode>& out, const std::string& field, const bj::value& value) {
  out.reset();
  if (value.is_null()) return std::nullopt;
  for (auto mode : {DigestMode::off, DigestMode::daily, DigestMode::weekly})
    if (value.is_string() && value.get_string() == to_string(mode)) out = mode;
  return out ? std::nullopt : wrong(field, "must be off, daily or weekly");
}

Problem read_interval(std::optional<int>& out, const std::string& field, const bj::value& value) {
  out.reset();
  if (value.is_null()) return std::nullopt;
  auto minutes = value.is_int64() ? value.get_int64() : -1;
  if (minutes < 0 || minutes > kMinutesOfDay) return wrong(field, "must be whole minutes from 0 to 1440");
  out = static_cast<int>(minutes);
  return std::nullopt;
}

// Fields of `types` and, for "*", of the preferences themselves.
Problem read_timing(Preferences& p, const std::string& type, const std::string& prefix,
                    const bj::object& row) {
  auto& timing = p.timing[type];
  Problem problem;
  if (const auto* mode = row.if_contains("digest_mode"))
    problem = read_mode(timing.digest, prefix + "digest_mode", *mode);
  if (const auto* interval = row.if_contains("min_interval_minutes"); interval != nullptr && !problem)
    problem = read_interval(timing.min_interval_minutes, prefix + "min_interval_minutes", *interval);
  if (timing.empty()) p.timing.erase(type);
  return problem;
}

Problem read_types(Preferences& p, const std::string& field, const bj::value& value) {
  if (!value.is_object()) return wrong(field, "must be an object: type → digest_mode, min_interval_minutes");
  for (const auto& [name, row] : value.get_object()) {
    auto type = canonical_notification_type(name);
    auto path = field + "." + type;
    if (!known_type(type)) return wrong(path, "is not a notification type");
    if (row.is_null()) {
      p.timing.erase(type);
      continue;
    }
    if (!row.is_object()) return wrong(path, "must be an object: digest_mode, min_interval_minutes");
    if (auto problem = read_timing(p, type, path + ".", row.get_object())) return problem;
  }
  return std::nullopt;
}

Problem read_children(Preferences& p, const std::string& field, const bj::value& value) {
  if (!value.is_object()) return wrong(field, "must be an object: the child's id → channels, reminders");
  for (const auto& [name, row] : value.get_object()) {
    std::string id(name), path = field + "." + id;
    if (id.empty() || id.size() > kLongestId) return wrong(field, "has an id that is none");
    if (row.is_null()) {
      p.children.erase(id);
      continue;
    }
    if (!row.is_object()) return wrong(path, "must be an object: channels, reminder_minutes_before_lesson");
    auto& child = p.children[id];
    Problem problem;
    if (const auto* cells = row.get_object().if_contains("channels"))
      problem = read_cells(child.cells, path + ".channels", *cells);
    if (const auto* minutes = row.get_object().if_contains("reminder_minutes_before_lesson");
        minutes != nullptr && !problem)
      problem = read_reminders(child.reminder_minutes, path + ".reminder_minutes_before_lesson", *minutes);
    if (problem) return problem;
    if (child.empty()) p.children.erase(id);
  }
  return p.children.size() > kMostChildren ? wrong(field, "has more than 50 children") : std::nullopt;
}

Problem read_order(Preferences& p, const std::string& field, const bj::value& value) {
  p.channel_order.clear();
  if (value.is_null()) return std::nullopt;
  if (!value.is_array()) return wrong(field, "must be a list of channels, the first to be tried first");
  for (const auto& item : value.get_array()) {
    auto channel = item.is_string() ? parse_channel(item.get_string()) : std::nullopt;
    if (!channel) return wrong(field, knows_only_channels());
    if (std::ranges::find(p.channel_order, *channel) != p.channel_order.end())
      return wrong(field, "must name each channel once");
    p.channel_order.push_back(*channel);
  }
  return std::nullopt;
}

Problem read_digest_time(Preferences& p, const std::string& field, const bj::value& value) {
  p.digest_minute = minute_of(value);
  return p.digest_minute || value.is_null() ? std::nullopt : wrong(field, kWantsClock);
}

Problem read_digest_day(Preferences& p, const std::string& field, const bj::value& value) {
  p.digest_day.reset();
  if (value.is_null()) return std::nullopt;
  for (unsigned day = 0; day < 7; ++day)
    if (value.is_string() && value.get_string() == name_of(std::chrono::weekday(day)))
      p.digest_day = std::chrono::weekday(day);
  return p.digest_day ? std::nullopt : wrong(field, "must be a day of the week in English, as \"sunday\"");
}

Problem read_zone(Preferences& p, const std::string& field, const bj::value& value) {
  p.timezone.reset();
  if (value.is_null()) return std::nullopt;
  if (!value.is_string() || !Zone::find(value.get_string()))
    return wrong(field, "must be a time zone, as \"Europe/Moscow\"");
  p.timezone = std::string(value.get_string());
  return std::nullopt;
}

Problem read_language(Preferences& p, const std::string& field, const bj::value& value) {
  p.language.reset();
  if (value.is_null()) return std::nullopt;
  if (!value.is_string() || (value.get_string() != "ru" && value.get_string() != "en"))
    return wrong(field, "must be ru or en");
  p.language = std::string(value.get_string());
  return std::nullopt;
}

struct PreferenceField {
  std::string_view name;
  Problem (*read)(Preferences&, const std::string&, const bj::value&);
};
constexpr std::array kFields = std::to_array<PreferenceField>({
    {"channels",
     [](Preferences& p, const std::string& f, const bj::value& v) { return read_cells(p.cells, f, v); }},
    {"children", &read_children},
    {"channel_order", &read_order},
    {"reminder_minutes_before_lesson",
     [](Preferences& p, const std::string& f, const bj::value& v) {
       return read_reminders(p.reminder_minutes, f, v);
     }},
    {"reminder_time_before_lesson",
     [](Preferences& p, const std::string& f, const bj::value& v) {
       return read_reminders(p.reminder_minutes, f, v);
     }},
    {"types", &read_types},
    {"digest_time", &read_digest_time},
    {"digest_weekday", &read_digest_day},
    {"timezone", &read_zone},
    {"language", &read_language},
});

// Both ends belong together: one may be changed alone, but not be there alone.
Problem read_quiet_hours(Preferences& p, const bj::object& change) {
  std::optional<int> start, end;
  if (p.quiet_hours) {
    start = p.quiet_hours->start;
    end = p.quiet_hours->end;
  }
  for (auto [name, minute] : {std::pair{"quiet_hours_start", &start}, {"quiet_hours_end", &end}}) {
    const auto* value = change.if_contains(name);
    if (value == nullptr) continue;
    *minute = minute_of(*value);
    if (!*minute && !value->is_null()) return wrong(name, kWantsClock);
  }
  if (start.has_value() != end.has_value())
    return wrong(start ? "quiet_hours_end" : "quiet_hours_start", "is needed too: quiet hours have two ends");
  p.quiet_hours.reset();
  if (start) p.quiet_hours = QuietHours{*start, *end};
  return std::nullopt;
}

// An object for each value that stands in it, the two ends of quiet hours in one.
std::vector<bj::object> parts_of(const bj::object& whole) {
  std::vector<bj::object> out(1);
  for (const auto& [name, value] : whole) {
    if (name.starts_with("quiet_hours_")) {
      out.front()[name] = value;
    } else if (const auto* object = value.if_object()) {
      for (auto& part : parts_of(*object)) out.push_back({{name, std::move(part)}});
    } else {
      out.push_back({{name, value}});
    }
  }
  return out;
}

}  // namespace

Preferences kept_preferences(const bj::object& kept) {
  if (auto all = changed({}, kept)) return std::move(*all);
  Preferences out;
  for (const auto& part : parts_of(kept))
    if (auto with = changed(out, part)) out = std::move(*with);
  return out;
}

Result<Preferences> changed(Preferences before, const bj::object& change) {
  for (const auto& field : kFields) {
    const auto* value = change.if_contains(field.name);
    if (value == nullptr) continue;
    if (auto problem = field.read(before, std::string(field.name), *value)) return fail(std::move(*problem));
  }
  if (auto problem = read_timing(before, "*", "", change)) return fail(std::move(*problem));
  if (auto problem = read_quiet_hours(before, change)) return fail(std::move(*problem));
  for (const auto& [name, value] : change)
    if (is_flat(name) && !value.is_bool())
      return fail(std::move(*wrong(std::string(name), "must be true or false")));
  read_flat(before, change);
  return before;
}

}  // namespace rb::notification
