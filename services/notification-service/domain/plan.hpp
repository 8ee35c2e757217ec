#pragma once
// Who is told what, when and by which channel: a pure function of event, directory, lesson and time. Source
// of the rules: the contract's «Who is told what».
#include <array>
#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <vector>

#include "domain/catalog.hpp"
#include "domain/lesson.hpp"
#include "domain/people.hpp"
#include "events/event.hpp"

namespace rb::notification {

// Whom a channel can reach in this installation.
enum class Reach {
  nobody,     // it is not configured
  addressed,  // people with an address of this channel
  stand_in,   // the outbox page in its place: also people who have no address at all
  everyone,   // it needs no address
};

// By channel.
struct Channels {
  std::array<Reach, kChannels.size()> reach{};
  Reach of(Channel channel) const { return reach.at(static_cast<std::size_t>(channel)); }
  void set(Channel channel, Reach how) { reach.at(static_cast<std::size_t>(channel)) = how; }
};

struct Planned {
  std::string key;  // one message per key, ever: (cause, recipient, type, channel)
  std::string user_id;
  std::string type;
  Audience audience = Audience::any;
  std::optional<Channel> channel;  // none: chosen when it is due, or `suppressed`
  Priority priority = Priority::normal;
  Time due;
  std::optional<Time> expires;  // worthless from then on (a reminder at the lesson's beginning)
  std::string lesson_id;        // "" when it is about no lesson
  std::string student_id;       // the one student it is about, "" when it is about none or several
  std::string suppressed;       // why it is not sent; "" when it is
  std::string purpose = "service";
  boost::json::object context;  // what templates see besides the recipient
};

// Reminders that are taken back before the new messages are written.
struct Withdrawal {
  std::string lesson_id;
  std::vector<std::string> student_ids;  // those about these students; empty: all
  std::string reason;                    // "lesson_cancelled", "lesson_rescheduled", "lesson_over"

  bool covers(const Planned& planned) const;
  bool concerns(const std::string& lesson, const std::string& student) const;
};

struct Plan {
  std::vector<Planned> messages;
  std::vector<Withdrawal> withdrawals;
};

struct Situation {
  const Directory& directory;
  Channels channels;
  Time now;
};

// `change` belongs to lesson.* events and is absent for all others.
Plan plan(const events::Event& event, const LessonChange* change, const Situation& situation);

// The ids whose directory entries plan() wants; parents and children of these are wanted too.
std::vector<std::string> people_of(const events::Event& event, const Lesson* lesson);

// The person's channels for a type: the ones switched on, else the first that can reach them, in the person's
// own order. Empty with the reason. `child` is the one student it is about.
struct Choice {
  std::vector<Channel> channels;
  std::string
      reason;  // "blocked_by_preferences", "no_address", "consent_withdrawn", "channel_not_configured"
};
Choice choose_channels(const Person& person, std::string_view type, std::string_view purpose,
                       const Channels& channels, std::string_view child = {});

// The next channel after `failed` could not reach the person; nullopt: none is allowed.
std::optional<Channel> fallback_channel(const Person& person, std::string_view type, Channel failed,
                                        const Channels& channels, std::string_view child = {});

// Whether a message planned earlier may still go out: preferences and consent may have changed. "" or the
// reason.
std::string veto(const Person& person, std::string_view type, std::string_view purpose, Channel channel,
                 std::string_view child = {});

}  // namespace rb::notification
