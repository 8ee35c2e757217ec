#pragma once
// A stream of server-sent events over what stands in a table: it looks there when its feed tells of news and
// at least every `look_every`, because another instance may have written; after 15 s of silence it says that
// it is still there.
#include <functional>

#include "http/message.hpp"
#include "service/feed.hpp"

namespace rb::service {

inline constexpr auto kHeartbeat = std::chrono::seconds(15);

struct Watch {
  Feed& feed;
  const Clock& clock;
  Micros look_every = kHeartbeat;
};

using News = std::function<Task<std::vector<std::string>>()>;  // events since the last look, as texts

// Until the client has left.
Task<> stream_events(http::Writer& out, Watch watch, News news);

// Where a client wants to go on: Last-Event-ID, or the query's parameter when there is no such header.
// nullopt: it says nothing, or no number.
std::optional<std::int64_t> resume_point(const http::Request& request, std::string_view parameter);

}  // namespace rb::service
