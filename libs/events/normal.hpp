#pragma once
// Any accepted envelope → an Event in its normal form, or the reason why not. Pure.
#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "events/event.hpp"
#include "time/zone.hpp"

namespace rb::events {

// What the transport knows beside the body.
struct Arrival {
  std::string routing_key;     // AMQP; "" over HTTP
  std::string message_id;      // AMQP
  std::int64_t timestamp = 0;  // AMQP, seconds; 0: none
  std::vector<std::pair<std::string, std::string>> headers;
  Time now;   // the moment of arrival
  Zone zone;  // of times without an offset (EVENT_DEFAULT_TIMEZONE)
};

struct Ignored {  // well-formed, but of a type that is none of ours
  std::string type, id;
};

struct Rejected {  // cannot be understood: belongs to the dead letters
  std::string reason;
  std::string id, type;  // as far as they could be read
};

using Outcome = std::variant<Event, Ignored, Rejected>;

Outcome parse_event(std::string_view body, const Arrival& arrival);
Outcome read_event(const boost::json::value& body, const Arrival& arrival);

// An event that brings no id is known by a hash of all it says. If it brings no time either, the same words
// may be news again: its id ends with the day (UTC) on which they came, and whoever keeps events takes them
// once in this time.
constexpr auto kWordsRemembered = std::chrono::hours(24);

// The id that the same words have if they came the day before; "": not such an id.
std::string id_of_day_before(std::string_view id);

}  // namespace rb::events
