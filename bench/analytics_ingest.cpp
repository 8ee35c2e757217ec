#include "analytics_ingest.hpp"

#include <fmt/format.h>

#include <fstream>

#include "bus/rabbit_connection.hpp"
#include "copy_rows.hpp"
#include "db/open.hpp"
#include "statements.hpp"
#include "usage.hpp"

namespace rb::bench {
namespace {

using std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr std::size_t kByHand = 100'000;  // events whose statements are recorded: their log is large
constexpr std::size_t kBatch = 2000;      // events in a transaction, where there are as many
const std::string kQueue = "analytics.events";
constexpr auto kPatience = 20min;

double seconds(steady_clock::duration time) { return std::chrono::duration<double>(time).count(); }

// The first `count` events of the school, waiting in the queue.
void queue_up(const bus::RabbitSettings& rabbit, const School& school, std::size_t count) {
  bus::Interrupt interrupt;
  bus::Connection broker(rabbit, "bench", interrupt);
  broker.open_channel(1);
  std::ifstream in(school.history);
  std::string line;
  for (std::size_t i = 0; i < count && std::getline(in, line); ++i)
    broker.publish(1, rabbit.exchange,
                   {.routing_key = std::string(text_field(line, "type")),
                    .body = line,
                    .content_type = "application/cloudevents+json",
                    .message_id = std::string(text_field(line, "id"))},
                   false, true);
  for (auto deadline = steady_clock::now() + 2min; steady_clock::now() < deadline;) {
    const auto* queue = amqp_queue_declare(broker.raw(), 1, bus::bytes(kQueue), 1, 0, 0, 0, amqp_empty_table);
    broker.check(amqp_get_rpc_reply(broker.raw()), 1);
    if (queue->message_count == count) return broker.close();
  }
  throw Broken("the broker does not hold all events");
}

// An installation that knows the school's people and has its queue.
testkit::Settings prepared(const Setup& setup, const School& school) {
  auto settings = setup.fresh();
  import_files(setup, settings, {school.users});
  Service service(setup, settings);
  setup.loop.run_until(service.ready());
  service.stop();
  return settings;
}

bus::RabbitSettings rabbit_of(const testkit::Settings& settings) {
  auto rabbit = bus::with_url({}, settings.at("RABBITMQ_URL"));
  if (!rabbit) throw Broken(rabbit.error().message);
  return *rabbit;
}

const std::string kNewest =
    fmt::format("select coalesce(max(seq), 0) as n from analytics_event_log {}", kUnrecorded);
const std::string kCount = fmt::format("select count(*) as n from analytics_event_log {}", kUnrecorded);

Task<std::size_t> asked(db::Database& database, const std::string& sql) {
  auto rows = co_await database.read({.name = "bench", .sqlite = sql, .postgres = sql, .parameters = {}}, {});
  co_return static_cast<std::size_t>(rows.integer(0, "n"));
}

struct Drained {
  double rate = 0;                           // events a second, from the first commit to the last
  double with_start = 0;                     // from the start of the program
  double service_cpu = 0, postgres_cpu = 0;  // seconds for 1,000 events
};

Task<Drained> drained(const Setup& setup, const testkit::Settings& settings, std::size_t count) {
  auto database = co_await db::open(setup.loop, {.url = settings.at("DATABASE_URL"), .connections = 1});
  auto before = co_await asked(*database, kCount);
  auto cpu = cpu_seconds(setup.postgres());
  auto started = steady_clock::now(), first = started;
  Service service(setup, settings);
  std::size_t in_first = 0;
  for (;;) {
    auto now = co_await asked(*database, kNewest);
    if (in_first == 0 && now > before) {
      in_first = now - before;
      first = steady_clock::now();
    }
    if (now >= before + count && co_await asked(*database, kCount) == before + count) break;
    if (steady_clock::now() > started + kPatience) throw Broken("not all events were taken in");
    co_await setup.sleep(10ms);
  }
  auto ended = steady_clock::now();
  auto thousands = static_cast<double>(count) / 1000;
  Drained out{static_cast<double>(count - in_first) / seconds(ended - first),
              static_cast<double>(count) / seconds(ended - started), cpu_seconds(service.pid()) / thousands,
              (cpu_seconds(setup.postgres()) - cpu) / thousands};
  service.stop();
  co_await database->close();
  co_return out;
}

// Derived events and alerts, and the marks that they have been looked for: seconds of the service for 1,000
// events.
Task<double> followed_up(const Setup& setup, const testkit::Settings& settings, std::size_t count) {
  Service service(setup, settings);
  co_await service.ready();
  co_await service.idle();
  auto out = cpu_seconds(service.pid()) * 1000 / static_cast<double>(count);
  service.stop();
  co_return out;
}

// What the service asks of the database while it takes in the school's first events.
std::vector<Unit> recorded(const Setup& setup, const School& school, std::size_t count) {
  auto settings = prepared(setup, school);
  queue_up(rabbit_of(settings), school, count);
  std::vector<Unit> out;
  {
    Recorder recorder(setup.loop, settings.at("DATABASE_URL"), setup.servers.folder() / "pg/log");
    setup.loop.run_until(drained(setup, settings, count));
    out = recorder.take();
  }
  setup.drop(settings);
  return out;
}

Drained by_hand(const Setup& setup, const School& school, std::size_t count) {
  auto units = recorded(setup, school, count);
  auto settings = prepared(setup, school);
  auto database =
      setup.loop.run_until(db::open(setup.loop, {.url = settings.at("DATABASE_URL"), .connections = 1}));
  Replay replay(*database);
  auto before = setup.loop.run_until(asked(*database, kCount));
  auto cpu = cpu_seconds(setup.postgres()), own = own_cpu_seconds();
  auto started = steady_clock::now();
  setup.loop.run_until(replay.run(units));
  auto spent = seconds(steady_clock::now() - started);
  auto thousands = static_cast<double>(count) / 1000;
  Drained out{static_cast<double>(count) / spent, 0, (own_cpu_seconds() - own) / thousands,
              (cpu_seconds(setup.postgres()) - cpu) / thousands};
  if (setup.loop.run_until(asked(*database, kCount)) != before + count)
    throw Broken("by hand, other events came into the log");
  setup.loop.run_until(database->close());
  setup.drop(settings);
  return out;
}

void measure_copy(const Setup& setup, const School& school, const testkit::Settings& full) {
  auto target = prepared(setup, school);
  auto done = copy_rows(full.at("DATABASE_URL"), target.at("DATABASE_URL"), school.events / kBatch + 1,
                        setup.postgres(), setup.folder);
  setup.drop(target);
  auto events = static_cast<double>(school.events);
  setup.report.line(
      {.what = "its rows by COPY, events/s", .ours = events / done.seconds, .more_is_better = true});
  setup.report.line(
      {.what = "its rows by COPY, CPU-s of PostgreSQL per 1,000", .ours = done.cpu * 1000 / events});
}

}  // namespace

testkit::Settings measure_ingest(const Setup& setup, const School& school) {
  auto hand = by_hand(setup, school, std::min(school.events, kByHand));
  auto settings = prepared(setup, school);
  queue_up(rabbit_of(settings), school, school.events);
  auto done = setup.loop.run_until(drained(setup, settings, school.events));
  auto& report = setup.report;
  report.line({.what = "ingest, events/s", .ours = done.rate, .floor = hand.rate, .more_is_better = true});
  report.line(
      {.what = "ingest with the program's start, events/s", .ours = done.with_start, .more_is_better = true});
  report.line({.what = "ingest, CPU-s of the service per 1,000",
               .ours = done.service_cpu,
               .floor = hand.service_cpu});
  report.line({.what = "ingest, CPU-s of PostgreSQL per 1,000",
               .ours = done.postgres_cpu,
               .floor = hand.postgres_cpu});
  measure_copy(setup, school, settings);
  report.line({.what = "after it, CPU-s of the service per 1,000",
               .ours = setup.loop.run_until(followed_up(setup, settings, school.events))});
  return settings;
}

}  // namespace rb::bench
