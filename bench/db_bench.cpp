// What the databases cost on this disk: the floors under everything that is measured elsewhere.
// db_bench [DIR]: a SQLite file and a private PostgreSQL (fsync on) in DIR, by default the present folder.
#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <memory>

#include "db/open.hpp"
#include "testkit/servers.hpp"
#include "usage.hpp"

namespace rb::db {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::duration;

constexpr std::array<std::string_view, 2> kInsertParameters{"key", "body"};
constexpr std::array<std::string_view, 1> kKeyParameter{"key"};
constexpr Query kInsert{"insert", "insert into entry (key, body, done) values (?1, ?2, false)",
                        "insert into entry (key, body, done) values ($1, $2, false)", kInsertParameters};
constexpr Query kUpdate{"update", "update entry set done = true where key = ?1",
                        "update entry set done = true where key = $1", kKeyParameter};
constexpr Query kSelect{"select", "select body, done from entry where key = ?1",
                        "select body, done from entry where key = $1", kKeyParameter};
constexpr auto kTime = std::chrono::seconds(2);

std::string new_key() {
  static std::int64_t last = 0;
  return fmt::format("{:08x}-0000-7000-8000-{:012x}", ++last * 2654435761 % 4294967296, last);
}

Params entry(const std::string& key) { return {{"key", key}, {"body", std::string(256, 'x')}}; }

Task<> one_write(Database& db) { co_await db.write(kInsert, entry(new_key())); }

Task<> posted(Database& db) {
  co_await db.transaction([](Transaction& tx) -> Task<> {
    auto key = new_key();
    tx.post(kInsert, entry(key));
    tx.post(kUpdate, {{"key", key}});
    co_return;
  });
}

Task<> two_steps(Database& db) {
  co_await db.transaction([](Transaction& tx) -> Task<> {
    auto key = new_key();
    co_await tx.run(kInsert, entry(key));
    co_await tx.run(kUpdate, {{"key", key}});
  });
}

Task<> hundred_posted(Database& db) {
  co_await db.transaction([](Transaction& tx) -> Task<> {
    for (int i = 0; i < 100; ++i) tx.post(kInsert, entry(new_key()));
    co_return;
  });
}

Task<> one_read(Database& db) { co_await db.read(kSelect, {{"key", "00000000"}}); }

using Work = Task<> (*)(Database&);

struct Run {
  Database& db;
  Work work;
  Clock::time_point end;
  std::vector<double> milliseconds = {};
};

Task<> repeat(std::shared_ptr<Run> run) {
  while (Clock::now() < run->end) {
    auto began = Clock::now();
    co_await run->work(run->db);
    run->milliseconds.push_back(bench::milliseconds(Clock::now() - began));
  }
}

void measure(net::Loop& loop, Database& db, std::string_view name, Work work, int at_once) {
  loop.run_until(work(db));  // prepares
  auto run = std::make_shared<Run>(Run{db, work, Clock::now() + kTime});
  auto cpu = bench::own_cpu_seconds();
  auto commits = db.stats().commits;
  net::TaskGroup group(loop);
  for (int i = 0; i < at_once; ++i) group.spawn("bench", repeat(run));
  loop.run_until(group.drained());
  const auto& times = run->milliseconds;
  auto count = static_cast<double>(times.size());
  fmt::print("{:<36} {:>4} {:>9.0f} {:>8.2f} {:>8.2f} {:>8.2f} {:>9.1f} {:>9}\n", name, at_once,
             count / duration<double>(kTime).count(), bench::percentile(times, 0.5),
             bench::percentile(times, 0.99), bench::percentile(times, 1),
             (bench::own_cpu_seconds() - cpu) / count * 1e6, db.stats().commits - commits);
}

void measure_all(net::Loop& loop, const std::string& title, const std::string& url) {
  auto db = loop.run_until(open(loop, {.url = url}));
  loop.run_until(
      db->script("create table entry (key text primary key, body text not null, done boolean not null)"));
  fmt::print("\n{:<36} {:>4} {:>9} {:>8} {:>8} {:>8} {:>9} {:>9}\n", title, "at 1", "per s", "p50 ms",
             "p99 ms", "max ms", "cpu us", "commits");
  measure(loop, *db, "one statement", one_write, 1);
  measure(loop, *db, "two posted statements", posted, 1);
  measure(loop, *db, "two statements, one after the other", two_steps, 1);
  measure(loop, *db, "100 posted statements", hundred_posted, 1);
  for (int at_once : {16, 64, 256}) {
    measure(loop, *db, "one statement", one_write, at_once);
    measure(loop, *db, "two posted statements", posted, at_once);
    measure(loop, *db, "two statements, one after the other", two_steps, at_once);
  }
  measure(loop, *db, "read", one_read, 1);
  measure(loop, *db, "read", one_read, 64);
  loop.run_until(db->close());
}

}  // namespace
}  // namespace rb::db

int main(int argc, char** argv) {
  auto pattern = std::filesystem::absolute(argc > 1 ? argv[1] : ".") / "db-bench-XXXXXX";
  auto name = pattern.string();
  if (mkdtemp(name.data()) == nullptr) return 1;
  std::filesystem::path folder = name;
  rb::testkit::Servers servers(true);
  rb::net::Loop loop([](const std::string&, const std::string& what) { fmt::print(stderr, "{}\n", what); });
  rb::db::measure_all(loop, "SQLite", "sqlite:///" + (folder / "bench.sqlite3").string());
  rb::db::measure_all(loop, "PostgreSQL", servers.start("pg").at("DATABASE_URL"));
  std::filesystem::remove_all(folder);
}
