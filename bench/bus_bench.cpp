// bus_bench FOLDER [AMQP_URL] [RATE SECONDS COUNT]: one line of figures: latency from the start of the
// publishing transaction to the consumer at RATE a second, then the throughput of COUNT messages in
// transactions of ten. Without AMQP_URL: the embedded bus. The database is a SQLite file in FOLDER.
#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>

#include "bus/embedded.hpp"
#include "bus/rabbit.hpp"
#include "db/open.hpp"
#include "usage.hpp"

namespace rb::bus {
namespace {

using std::chrono::steady_clock;

constexpr int kTogether = 10;

struct Bench {
  net::Loop& loop;
  db::Database& db;
  std::unique_ptr<EventBus> bus = nullptr;
  std::vector<double> latencies = {};  // milliseconds
  std::size_t got = 0;
  std::size_t batches = 0;
};

Consumer measure(Bench& bench) {
  return [&bench](Batch batch) -> Task<> {
    auto now = steady_clock::now().time_since_epoch().count();
    for (auto& delivery : batch) {
      auto sent = std::stoll(delivery->message().message_id);
      bench.latencies.push_back(static_cast<double>(now - sent) / 1e6);
      delivery->ack();
    }
    bench.got += batch.size();
    ++bench.batches;
    co_return;
  };
}

Task<> publish(Bench& bench, int count) {
  auto sent = std::to_string(steady_clock::now().time_since_epoch().count());
  co_await bench.db.transaction([&bench, &sent, count](db::Transaction& tx) -> Task<> {
    for (int i = 0; i < count; ++i) {
      bench.bus->publish(tx, {.routing_key = "lesson.created",
                              .body = std::string(500, 'x'),
                              .message_id = sent,
                              .timestamp = 1});
    }
    co_return;
  });
  bench.bus->flush();
}

Task<> until_got(Bench& bench, std::size_t count) {
  const SystemClock clock;
  while (bench.got < count) co_await net::sleep_for(bench.loop, clock, Micros(500));
}

Task<> at_rate(Bench& bench, int rate, int seconds) {
  const SystemClock clock;
  auto next = clock.now();
  auto cpu = bench::own_cpu_seconds();
  for (int i = 0; i < rate * seconds; ++i) {
    next += Micros(1'000'000 / rate);
    co_await net::sleep_until(bench.loop, clock, next);
    bench.loop.spawn("publish", publish(bench, 1));
  }
  co_await until_got(bench, static_cast<std::size_t>(rate * seconds));
  auto at = [&](double part) { return bench::percentile(bench.latencies, part); };
  fmt::print("{}/s: p50 {:.2f} ms, p99 {:.2f} ms, max {:.2f} ms, CPU {:.3f} s per 1,000\n", rate, at(0.5),
             at(0.99), at(1), (bench::own_cpu_seconds() - cpu) * 1000 / (rate * seconds));
}

Task<> at_once(Bench& bench, int count) {
  bench.got = bench.batches = 0;
  auto cpu = bench::own_cpu_seconds();
  auto began = steady_clock::now();
  net::TaskGroup publishers(bench.loop);
  for (int i = 0; i < count; i += kTogether) publishers.spawn("publish", publish(bench, kTogether));
  co_await publishers.drained();
  auto committed = std::chrono::duration<double>(steady_clock::now() - began).count();
  co_await until_got(bench, static_cast<std::size_t>(count));
  auto all = std::chrono::duration<double>(steady_clock::now() - began).count();
  fmt::print("{} at once: {:.0f}/s committed, {:.0f}/s consumed in {} batches, CPU {:.3f} s per 1,000\n",
             count, count / committed, count / all, bench.batches,
             (bench::own_cpu_seconds() - cpu) * 1000 / count);
}

Task<> run(net::Loop& loop, std::string folder, std::string url, int rate, int seconds, int count) {
  const SystemClock clock;
  auto db = co_await db::open(loop, {.url = "sqlite:///" + folder + "/bench.sqlite3"});
  Deps deps{loop, clock, *db, [](const std::string& task, const std::string& what) {
              fmt::print(stderr, "{}: {}\n", task, what);
            }};
  Bench bench{loop, *db};
  bench.bus = url.empty() ? embedded_bus(deps) : rabbit_bus(deps, with_url({}, url).value(), "bench");
  bench.bus->consume({.name = "bench.events", .binding_keys = {"#"}}, measure(bench));
  co_await bench.bus->start();
  co_await at_rate(bench, rate, seconds);
  co_await at_once(bench, count);
  co_await bench.bus->stop();
  co_await db->close();
}

}  // namespace
}  // namespace rb::bus

int main(int argc, char** argv) {
  auto argument = [&](int i, const char* fallback) { return std::string(argc > i ? argv[i] : fallback); };
  rb::net::Loop loop(
      [](const std::string& task, const std::string& what) { fmt::print(stderr, "{}: {}\n", task, what); });
  loop.run_until(rb::bus::run(loop, argument(1, "."), argument(2, ""), std::stoi(argument(3, "200")),
                              std::stoi(argument(4, "10")), std::stoi(argument(5, "20000"))));
}
