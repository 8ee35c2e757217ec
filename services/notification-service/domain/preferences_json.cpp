#include "domain/preferences_json.hpp"

#include <fmt/format.h>

namespace rb::notification {

namespace bj = boost::json;

namespace {

constexpr std::array<std::string_view, 7> kDays = {"sunday",   "monday", "tuesday", "wednesday",
                                                   "thursday", "friday", "saturday"};

bj::object cells_json(const Cells& cells) {
  bj::object out;
  for (const auto& [key, on] : cells) {
    auto& row = out[key.first];
    if (!row.is_object()) row.emplace_object();
    row.get_object()[key.second] = on;
  }
  return out;
}

bj::object timing_json(const TypeTiming& timing) {
  bj::object out;
  if (timing.digest) out["digest_mode"] = to_string(*timing.digest);
  if (timing.min_interval_minutes) out["min_interval_minutes"] = *timing.min_interval_minutes;
  return out;
}

void put_own(bj::object& out, const Cells& cells, const std::optional<std::vector<int>>& minutes) {
  if (!cells.empty()) out["channels"] = cells_json(cells);
  if (minutes) out["reminder_minutes_before_lesson"] = bj::array(minutes->begin(), minutes->end());
}

}  // namespace

std::string clock_text(int minute) { return fmt::format("{:02}:{:02}", minute / 60, minute % 60); }

std::string_view name_of(std::chrono::weekday day) { return kDays.at(day.c_encoding()); }

bj::object to_json(const Preferences& p) {
  bj::object out;
  put_own(out, p.cells, p.reminder_minutes);
  for (const auto& [id, child] : p.children) {
    auto& row = out["children"];
    if (!row.is_object()) row.emplace_object();
    put_own(row.get_object()[id].emplace_object(), child.cells, child.reminder_minutes);
  }
  for (auto channel : p.channel_order) {
    auto& list = out["channel_order"];
    if (!list.is_array()) list.emplace_array();
    list.get_array().emplace_back(to_string(channel));
  }
  if (p.quiet_hours) {
    out["quiet_hours_start"] = clock_text(p.quiet_hours->start);
    out["quiet_hours_end"] = clock_text(p.quiet_hours->end);
  }
  for (const auto& [type, timing] : p.timing) {
    if (type == "*") {
      for (auto& item : timing_json(timing)) out[item.key()] = item.value();
      continue;
    }
    auto& rows = out["types"];
    if (!rows.is_object()) rows.emplace_object();
    rows.get_object()[type] = timing_json(timing);
  }
  if (p.digest_minute) out["digest_time"] = clock_text(*p.digest_minute);
  if (p.digest_day) out["digest_weekday"] = name_of(*p.digest_day);
  if (p.timezone) out["timezone"] = *p.timezone;
  if (p.language) out["language"] = *p.language;
  return out;
}

}  // namespace rb::notification
