#pragma once
// How much was sent, how, and what became of it; and what waits.
#include "api/app.hpp"
#include "json/json.hpp"

namespace rb::notification {

struct StatsRequest {
  std::optional<std::string> user_id, from_date, to_date;
};
BOOST_DESCRIBE_STRUCT(StatsRequest, (), (user_id, from_date, to_date))
json::Rules rules(const StatsRequest*);

struct Latency {
  double p50 = 0, p95 = 0, p99 = 0;
};
BOOST_DESCRIBE_STRUCT(Latency, (), (p50, p95, p99))

struct StatsAnswer {
  using Counts = std::map<std::string, std::int64_t>;
  std::int64_t total = 0, total_sent = 0, total_delivered = 0, total_failed = 0;
  std::optional<double> delivery_rate;  // (sent + delivered) / (sent + delivered + failed); none without any
  Counts by_channel, by_type, by_status;
  std::optional<Latency> latency_ms;  // event to provider, within 5 %
  Counts queue;                       // status → messages that wait or are under way now
  std::optional<Time> from_date, to_date;
};
BOOST_DESCRIBE_STRUCT(StatsAnswer, (),
                      (total, total_sent, total_delivered, total_failed, delivery_rate, by_channel, by_type,
                       by_status, latency_ms, queue, from_date, to_date))

Task<Result<StatsAnswer>> get_stats(App& app, StatsRequest in);

}  // namespace rb::notification
