#include "store/counters.hpp"

#include <map>
#include <tuple>

#include "rb/notification/sql/counters.sql.hpp"
#include "store/rows.hpp"

namespace rb::notification {

namespace bj = boost::json;

namespace {

// Sorted, so that two transactions touch the counters in the same order.
using Counts = std::map<std::tuple<std::int64_t, std::string, std::string, std::string>, std::int64_t>;
using Buckets = std::map<std::pair<std::int64_t, int>, std::int64_t>;

void add_counts(db::Transaction& tx, const Counts& counts) {
  bj::array rows;
  for (const auto& [key, amount] : counts) {
    const auto& [hour, channel, type, status] = key;
    rows.push_back(
        {{"hour", hour}, {"channel", channel}, {"type", type}, {"status", status}, {"amount", amount}});
  }
  if (!rows.empty()) tx.post(sql::count_messages, {{"items", text_of(rows)}});
}

void add_buckets(db::Transaction& tx, const Buckets& buckets) {
  bj::array rows;
  for (const auto& [key, amount] : buckets)
    rows.push_back({{"hour", key.first}, {"bucket", key.second}, {"amount", amount}});
  if (!rows.empty()) tx.post(sql::count_latencies, {{"items", text_of(rows)}});
}

std::int64_t day_of(std::int64_t hour) {
  return to_micros(Time(std::chrono::floor<std::chrono::days>(Time(Micros(hour)))));
}

}  // namespace

void count_finished(db::Transaction& tx, const std::vector<Message>& messages, Time now) {
  auto hour = to_micros(Time(std::chrono::floor<std::chrono::hours>(now)));
  Counts counts;
  Buckets buckets;
  for (const auto& m : messages) {
    if (!is_finished(m)) continue;
    ++counts[{hour, std::string(to_string(m.channel)), m.type, m.status}];
    if (m.sent) ++buckets[{hour, latency_bucket(*m.sent - m.event_at)}];
  }
  add_counts(tx, counts);
  add_buckets(tx, buckets);
}

Task<std::vector<Counter>> counters(QueryRunner read, std::string user_id, Time since, Time until) {
  db::Params period = {{"since", since}, {"until", until}};
  if (!user_id.empty()) period.push_back({"user_id", user_id});
  auto rows = co_await read(user_id.empty() ? sql::counters_between : sql::counts_of_user, std::move(period));
  std::vector<Counter> out;
  for (std::size_t i = 0; i < rows.size(); ++i)
    out.push_back(
        {rows.text(i, "channel"), rows.text(i, "type"), rows.text(i, "status"), rows.integer(i, "amount")});
  co_return out;
}

Task<Latencies> latencies(QueryRunner read, std::string user_id, Time since, Time until) {
  Latencies out;
  db::Params period = {{"since", since}, {"until", until}};
  if (user_id.empty()) {
    auto rows = co_await read(sql::latencies_between, std::move(period));
    for (std::size_t i = 0; i < rows.size(); ++i)
      out[static_cast<int>(rows.integer(i, "bucket"))] = rows.integer(i, "amount");
    co_return out;
  }
  constexpr int kMost = 10'000;
  period.push_back({"user_id", user_id});
  period.push_back({"limit", kMost});
  auto rows = co_await read(sql::latencies_of_user, std::move(period));
  for (std::size_t i = 0; i < rows.size(); ++i) ++out[latency_bucket(Micros(rows.integer(i, "latency")))];
  co_return out;
}

// What is deleted belongs to this transaction alone, so that two instances do not add the same hour twice.
Task<> merge_hours(db::Database& database, Time before) {
  co_await database.transaction([before](db::Transaction& tx) -> Task<> {
    auto end = Time(std::chrono::floor<std::chrono::days>(before));
    Counts counts;
    auto hours = co_await tx.run(sql::take_hours, {{"before", end}});
    for (std::size_t i = 0; i < hours.size(); ++i)
      counts[{day_of(hours.integer(i, "hour")), hours.text(i, "channel"), hours.text(i, "type"),
              hours.text(i, "status")}] += hours.integer(i, "amount");
    Buckets buckets;
    auto took = co_await tx.run(sql::take_latency_hours, {{"before", end}});
    for (std::size_t i = 0; i < took.size(); ++i)
      buckets[{day_of(took.integer(i, "hour")), static_cast<int>(took.integer(i, "bucket"))}] +=
          took.integer(i, "amount");
    add_counts(tx, counts);
    add_buckets(tx, buckets);
  });
}

Task<std::vector<QueueSize>> queue_sizes(QueryRunner read) {
  auto rows = co_await read(sql::queue_sizes, {});
  std::vector<QueueSize> out;
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (rows.integer(i, "amount") > 0) out.push_back({rows.text(i, "status"), rows.integer(i, "amount")});
  co_return out;
}

}  // namespace rb::notification
