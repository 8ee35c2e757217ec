#include "service/post_events.hpp"

#include "events/normal.hpp"
#include "events/types.hpp"

namespace rb::service {
namespace {

constexpr std::size_t kMostEvents = 1000;

}  // namespace

Result<IncomingEvents> read_events(json::value body, Time now, const Zone& zone,
                                   metrics::EventMetrics& metrics) {
  auto items = body.is_array() ? std::move(body.get_array()) : json::array{std::move(body)};
  if (items.size() > kMostEvents)
    return fail(Errc::too_large,
                "at most 1000 events fit into one call, these are " + std::to_string(items.size()));
  IncomingEvents in;
  for (const auto& item : items) {
    auto outcome = events::read_event(item, {"", "", 0, {}, now, zone});
    if (auto* event = std::get_if<events::Event>(&outcome)) {
      in.places.push_back(in.results.size());
      in.results.push_back({event->id, "accepted", std::nullopt});
      in.events.push_back(std::move(*event));
    } else if (auto* rejected = std::get_if<events::Rejected>(&outcome)) {
      bool ours = events::find_type(rejected->type) != nullptr;
      metrics.taken(ours ? rejected->type : "", "rejected");
      in.results.push_back({rejected->id, "rejected", rejected->reason});
    } else {
      const auto& ignored = std::get<events::Ignored>(outcome);
      metrics.taken("", "ignored");
      in.results.push_back({ignored.id, "ignored", "type " + ignored.type + " is not one of ours"});
    }
  }
  return in;
}

Result<void> keep_own(IncomingEvents& in, const std::function<std::string(const events::Event&)>& why) {
  IncomingEvents own;
  own.results = std::move(in.results);
  for (std::size_t i = 0; i < in.events.size(); ++i) {
    auto reason = why(in.events[i]);
    if (reason.empty()) {
      own.events.push_back(std::move(in.events[i]));
      own.places.push_back(in.places[i]);
    } else {
      own.results[in.places[i]] = {own.results[in.places[i]].id, "rejected", std::move(reason)};
    }
  }
  bool all = own.events.empty() && !in.events.empty() && in.events.size() == own.results.size();
  in = std::move(own);
  if (all) return fail(Errc::forbidden, *in.results.front().reason);
  return {};
}

Task<> accept(db::Database& database, const Tables& tables, bus::EventBus& bus, IncomingEvents& in,
              Time now) {
  if (in.events.empty()) co_return;
  std::set<EventKey> fresh;
  co_await database.transaction(
      [&](db::Transaction& tx) -> Task<> { fresh = co_await accept(tx, tables, bus, in.events, now); });
  bus.flush();
  for (std::size_t i = 0; i < in.events.size(); ++i)
    if (fresh.erase({in.events[i].source, in.events[i].id}) == 0)
      in.results[in.places[i]].status = "duplicate";
}

http::Reply<EventsAnswer> answer_of(IncomingEvents in) {
  EventsAnswer answer;
  answer.results = std::move(in.results);
  for (const auto& result : answer.results) {
    answer.accepted += result.status == "accepted";
    answer.duplicate += result.status == "duplicate";
    answer.ignored += result.status == "ignored";
    answer.rejected += result.status == "rejected";
  }
  bool none = answer.rejected > 0 && answer.rejected == static_cast<int>(answer.results.size());
  return {std::move(answer), none ? 422 : 202, {}};
}

http::Endpoint describe_post_events(http::Endpoint endpoint) {
  return endpoint.summary("Take one event or up to 1,000")
      .tag("events")
      .status(202)
      .body_limit(8 << 20)
      .accepts("application/json")
      .accepts("application/cloudevents+json")
      .accepts("application/cloudevents-batch+json")
      .errors({Errc::too_large, Errc::invalid})
      .example({{"specversion", "1.0"},
                {"id", "lesson-12-cancelled"},
                {"source", "/lesson-service"},
                {"type", "lesson.cancelled"},
                {"time", "2026-09-01T10:00:00Z"},
                {"data", {{"lesson_id", 12}, {"student_id", 5}, {"reason", "болезнь"}}}});
}

}  // namespace rb::service
