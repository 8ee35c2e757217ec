#include "api/stats.hpp"

#include <cmath>

#include "api/paging.hpp"
#include "store/counters.hpp"

namespace rb::notification {
namespace {

void add(StatsAnswer& out, const Counter& counter) {
  out.total += counter.amount;
  if (!counter.channel.empty()) out.by_channel[counter.channel] += counter.amount;
  out.by_type[counter.type] += counter.amount;
  out.by_status[counter.status] += counter.amount;
}

std::int64_t count(const StatsAnswer::Counts& counts, const char* name) {
  auto found = counts.find(name);
  return found == counts.end() ? 0 : found->second;
}

std::optional<Latency> latency_of(const Latencies& latencies) {
  if (latencies.empty()) return std::nullopt;
  auto rounded = [&](double part) { return std::round(percentile(latencies, part) * 10) / 10; };
  return Latency{rounded(0.5), rounded(0.95), rounded(0.99)};
}

}  // namespace

json::Rules rules(const StatsRequest*) {
  return {json::rule("user_id").doc("only messages to this person"),
          json::rule("from_date")
              .alias("from")
              .doc("a moment or a day; counts are kept by the hour, after 35 days by the UTC day"),
          json::rule("to_date").alias("to").doc("a moment, or a day that still belongs to it")};
}

Task<Result<StatsAnswer>> get_stats(App& app, StatsRequest in) {
  auto since = period_start("from_date", in.from_date);
  if (!since) co_return fail(std::move(since.error()));
  auto until = period_end("to_date", in.to_date);
  if (!until) co_return fail(std::move(until.error()));
  auto read = reading(app.runtime().database);
  auto hour = since->transform([](Time t) { return Time(std::chrono::floor<std::chrono::hours>(t)); });

  StatsAnswer out;
  out.from_date = *since;
  out.to_date = *until;
  auto user = in.user_id.value_or("");
  auto from = user.empty() ? hour.value_or(Time{}) : since->value_or(Time{});
  auto to = until->value_or(Time::max());
  for (const auto& counter : co_await counters(read, user, from, to)) add(out, counter);
  out.latency_ms = latency_of(co_await latencies(read, user, from, to));
  for (const auto& size : co_await queue_sizes(read)) out.queue[size.status] = size.amount;
  out.total_sent = count(out.by_status, "sent");
  out.total_delivered = count(out.by_status, "delivered");
  out.total_failed = count(out.by_status, "failed");
  auto arrived = out.total_sent + out.total_delivered, tried = arrived + out.total_failed;
  if (tried > 0) out.delivery_rate = static_cast<double>(arrived) / static_cast<double>(tried);
  co_return out;
}

}  // namespace rb::notification
