#include "api/preferences_view.hpp"

#include <algorithm>

#include "base/strings.hpp"
#include "domain/defaults.hpp"
#include "domain/preferences_json.hpp"

namespace rb::notification {

namespace bj = boost::json;

namespace {

// Types that nobody with these roles ever gets are left out.
bool concerns(const TypeInfo& info, const Person& person) {
  if (info.type == "digest" || person.roles.empty()) return info.type != "digest";
  return std::ranges::any_of(split(info.audiences, ' '), [&](const std::string& name) {
    auto audience = parse_audience(name);
    return audience == Audience::any || (audience && person.is(*audience));
  });
}

// Which channels a message of this type would take now.
bj::object taken(const Person& person, std::string_view type, const Channels& channels,
                 std::string_view child) {
  auto choice = choose_channels(person, type, "service", channels, child);
  bj::object out;
  for (auto channel : kChannels)
    out[to_string(channel)] = std::ranges::find(choice.channels, channel) != choice.channels.end();
  return out;
}

bj::object row(const TypeInfo& info, const Person& person, const Channels& channels) {
  const auto& wish = person.preferences;
  bj::object out;
  out["type"] = info.type;
  out["title"] = person.language == "en" ? info.title_en : info.title_ru;
  out["optional"] = info.optional;
  out["channels"] = taken(person, info.type, channels, {});
  out["digest_mode"] = to_string(wish.digest(info.type).value_or(DigestMode::off));
  out["min_interval_minutes"] = wish.min_interval(info.type);
  bj::object children;
  for (const auto& child : person.children) children[child] = taken(person, info.type, channels, child);
  if (!children.empty()) out["children"] = std::move(children);
  return out;
}

std::vector<int> minutes_of(const Person& person) {
  auto role = person.roles.empty() ? Audience::any : person.roles.front();
  return reminder_minutes(person.preferences, role, {});
}

// Defaults first; what has been switched is written over them.
bj::object with_defaults(const Person& person) {
  const auto& wish = person.preferences;
  auto minutes = minutes_of(person);
  bj::array order;
  for (auto channel : channel_order(wish)) order.emplace_back(to_string(channel));
  bj::object out = to_flat_json(wish);
  out["reminder_time_before_lesson"] = minutes.empty() ? 0 : minutes.front();
  out["reminder_minutes_before_lesson"] = bj::array(minutes.begin(), minutes.end());
  out["channels"] = bj::object();
  out["children"] = bj::object();
  out["types"] = bj::object();
  out["quiet_hours_start"] = nullptr;
  out["quiet_hours_end"] = nullptr;
  out["digest_mode"] = to_string(DigestMode::off);
  out["digest_time"] = clock_text(kDigestMinute);
  out["digest_weekday"] = name_of(kDigestDay);
  out["min_interval_minutes"] = 0;
  for (auto& item : to_json(wish)) out[item.key()] = item.value();
  out["channel_order"] = std::move(order);
  out["timezone"] = person.timezone;
  out["language"] = person.language;
  return out;
}

}  // namespace

bj::object preferences_view(const Person& person, const Channels& channels) {
  auto out = with_defaults(person);
  bj::array matrix;
  for (const auto& info : notification_types())
    if (concerns(info, person)) matrix.push_back(row(info, person, channels));
  out["matrix"] = std::move(matrix);
  return out;
}

}  // namespace rb::notification
