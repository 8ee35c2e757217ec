#pragma once
// How a channel is doing: what an operator ordered and what its provider says. Pure values.
#include <map>
#include <optional>
#include <string>

#include "domain/people.hpp"
#include "time/clock.hpp"

namespace rb::notification {

// An operator's order that nothing of a channel goes out.
struct Pause {
  Time since;
  std::string by;  // user id
  std::string reason;
  std::optional<Time> until = {};  // none: until somebody resumes it

  bool holds(Time now) const { return !until || now < *until; }
  bool operator==(const Pause&) const = default;
};
using Pauses = std::map<Channel, Pause>;

struct Trouble {
  Time at;
  std::string reason;  // as the provider said it
  bool operator==(const Trouble&) const = default;
};

// What one process was told by a channel's provider.
struct ChannelReport {
  std::optional<Trouble> refused;  // it does not let us in since then
  std::optional<Trouble> last_error;
  bool operator==(const ChannelReport&) const = default;
};
using ChannelReports = std::map<Channel, ChannelReport>;

// What several processes were told: the earliest refusal, the newest error.
void merge(ChannelReports& into, const ChannelReports& other);

}  // namespace rb::notification
