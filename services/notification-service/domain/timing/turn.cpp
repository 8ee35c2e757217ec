#include "domain/timing/turn.hpp"

#include <algorithm>
#include <array>

#include "domain/defaults.hpp"
#include "domain/timing/digest_window.hpp"
#include "domain/timing/lesson_moment.hpp"
#include "domain/timing/quiet_hours.hpp"

namespace rb::notification {
namespace {

Zone zone_of(const Person& person) {
  auto zone = Zone::find(person.timezone);
  return zone ? *zone : Zone::utc();
}

bool rings(Channel channel) { return channel == Channel::telegram || channel == Channel::email; }

bool waits(const Message& message, const Person& person) {
  return person.preferences.delays() && message.channel && rings(*message.channel) &&
         message.priority != Priority::urgent && message.type != "digest" && message.purpose != "requested";
}

bool names_digest(const Preferences& wish, std::string_view type) {
  return std::ranges::any_of(levels_of(type), [&](std::string_view level) {
    auto found = wish.timing.find(level);
    return level != "*" && found != wish.timing.end() && found->second.digest;
  });
}

std::optional<Time> digest_at(const Message& message, const Person& person, const Zone& zone, Time now) {
  const auto& wish = person.preferences;
  auto mode = wish.digest(message.type).value_or(DigestMode::off);
  bool alone = !message.recipient_address.empty() || !message.attachments.empty();
  if (mode == DigestMode::off || !fits_digest(message.type) || alone) return std::nullopt;
  if (message.priority == Priority::high && !names_digest(wish, message.type)) return std::nullopt;
  return next_digest(wish, mode, zone, now);
}

// Another reminder of the same lesson comes while this one waits.
bool overtaken(const Message& message, const Person& person, Time due) {
  if (message.type != "lesson.reminder" || !message.expires) return false;
  if (*message.expires <= due) return true;
  auto minutes = reminder_minutes(person.preferences, message.audience, message.student_id);
  return std::ranges::any_of(minutes, [&](int before) {
    auto moment = *message.expires - std::chrono::minutes(before);
    return moment > message.due && moment <= due;
  });
}

IntervalKey key_of(const Message& message) { return {message.user_id, message.type, *message.channel}; }

std::optional<Time> found_in(const LastTimes& last_times, const IntervalKey& key) {
  auto found = last_times.find(key);
  return found == last_times.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace

bool fits_digest(std::string_view type) {
  constexpr std::array<std::string_view, 5> kAlone = {"lesson.reminder", "digest", "report",
                                                      "report.generated", "user.registered"};
  return std::ranges::find(kAlone, type) == kAlone.end();
}

Turn turn_of(const Message& message, const Person& person, Time now, std::optional<Time> last) {
  Turn at_once{"pending", "", now};
  if (!waits(message, person)) return at_once;
  auto zone = zone_of(person);
  auto moment = lesson_moment(message.context, now);
  auto presses = [&](Time until) { return moment && *moment < until + kSoon; };

  if (auto window = digest_at(message, person, zone, now); window && !presses(*window))
    return {"deferred", "digest", *window};

  Turn turn = at_once;
  auto quiet = [&] {
    const auto& hours = person.preferences.quiet_hours;
    auto end = hours ? quiet_until(*hours, zone, turn.due) : std::nullopt;
    if (end) turn = {"deferred", "quiet_hours", *end};
    return end.has_value();
  };
  if (quiet() && presses(turn.due)) return at_once;
  auto interval = std::chrono::minutes(person.preferences.min_interval(message.type));
  if (last && turn.due < *last + interval) {
    auto before = turn;
    turn = {"deferred", "min_interval", *last + interval};
    quiet();  // where the interval ends, the quiet hours may have begun
    if (presses(turn.due)) turn = before;
  }
  if (turn.status == "deferred" && overtaken(message, person, turn.due))
    return {"cancelled", "stale_in_quiet_hours", now};
  return turn;
}

bool has_interval(const Message& message, const Person& person) {
  return waits(message, person) && person.preferences.min_interval(message.type) > 0;
}

std::vector<IntervalKey> with_intervals(const std::vector<Message>& messages, const Directory& directory) {
  std::vector<IntervalKey> out;
  for (const auto& message : messages)
    if (message.status == "pending" && has_interval(message, directory.at(message.user_id)))
      out.push_back(key_of(message));
  std::ranges::sort(out);
  auto tail = std::ranges::unique(out);
  out.erase(tail.begin(), tail.end());
  return out;
}

void set_turns(std::vector<Message>& messages, const Directory& directory, LastTimes last_times, Time now) {
  for (auto& message : messages) {
    if (message.status != "pending" || !message.channel) continue;
    const auto& person = directory.at(message.user_id);
    if (!person.preferences.delays()) continue;
    auto key = key_of(message);
    auto turn = turn_of(message, person, now, found_in(last_times, key));
    bool goes = turn.reason != "digest" && turn.status != "cancelled";
    if (goes && has_interval(message, person)) last_times.insert_or_assign(key, turn.due);
    if (turn.status == "pending") continue;
    message.status = turn.status;
    message.reason = turn.reason;
    message.due = turn.due;
    message.queued = false;
  }
}

}  // namespace rb::notification
