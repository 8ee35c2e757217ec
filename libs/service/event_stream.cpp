#include "service/event_stream.hpp"

#include <charconv>

namespace rb::service {

Task<> stream_events(http::Writer& out, Watch watch, News news) {
  auto& feed = watch.feed;
  out.on_gone([&feed] { feed.changed.notify(); });
  if (!co_await out.write(std::string(http::kEventHeartbeat))) co_return;
  auto spoke = watch.clock.now();
  while (!out.gone()) {
    auto seen = feed.count;
    auto events = co_await news();
    for (auto& event : events)
      if (!co_await out.write(std::move(event))) co_return;
    auto now = watch.clock.now();
    if (!events.empty()) spoke = now;
    if (now - spoke >= kHeartbeat) {
      if (!co_await out.write(std::string(http::kEventHeartbeat))) co_return;
      spoke = now;
    }
    if (!events.empty() || feed.count != seen) continue;
    co_await feed.changed.wait_until(watch.clock, now + watch.look_every);
  }
}

std::optional<std::int64_t> resume_point(const http::Request& request, std::string_view parameter) {
  auto text = std::string(request.headers.get("Last-Event-ID"));
  if (text.empty()) text = request.query_value(parameter).value_or("");
  std::int64_t number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  bool whole = error == std::errc() && !text.empty() && end == text.data() + text.size();
  return whole ? std::optional(number) : std::nullopt;
}

}  // namespace rb::service
