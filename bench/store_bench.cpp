// What notification-service asks its tables when a million messages stand in them, on both databases.
// store_bench [DIR]: a SQLite file and a private PostgreSQL (fsync on) in DIR, by default the present folder.
#include <fmt/format.h>

#include <filesystem>

#include "db/migrate.hpp"
#include "db/open.hpp"
#include "store/counters.hpp"
#include "store/messages.hpp"
#include "store/migrations.hpp"
#include "store/retention.hpp"
#include "testkit/servers.hpp"
#include "usage.hpp"

namespace rb::notification {
namespace {

using std::chrono::steady_clock;

constexpr int kMessages = 1'000'000, kAtOnce = 20'000;
constexpr int kRepeats = 200;
const Time kNow{std::chrono::hours(500'000)};
const Time kYearAgo = kNow - std::chrono::days(365);

// A year of a school with 5,000 people: most messages arrived, 20,000 are due, 20,000 are planned.
constexpr auto kFill = R"(
insert into notification_messages (id, message_key, event_source, event_id, user_id, type, audience, channel, priority,
  status, due_at, queued, attempts, context, title, body, created_at, event_at, sent_at)
with recursive n(i) as (select cast({first} as bigint) union all select i + 1 from n where i < {last})
select 'm' || cast(10000000 + i as text), 'key' || cast(i as text), '/bench', cast(i as text),
  cast(i % 5000 as text), case i % 5 when 0 then 'lesson.reminder' when 1 then 'lesson.cancelled'
    when 2 then 'homework.assigned' when 3 then 'payment.processed' else 'lesson.completed' end,
  'student', case when i > 980000 then '' when i % 3 = 0 then 'email' else 'telegram' end, i % 4,
  case when i > 980000 then 'scheduled' when i > 960000 then 'pending' when i % 40 = 0 then 'failed' else 'delivered' end,
  case when i > 980000 then {now} + i * 1000000 else {begin} + i * {step} end, i > 960000 and i <= 980000,
  1, '{{"lesson":{{"subject":"Математика"}}}}', 'Занятие отменено', 'Занятие 12 сентября в 17:00 отменено: репетитор заболел.',
  {begin} + i * {step}, {begin} + i * {step}, case when i > 960000 then null else {begin} + i * {step} + 5000 end
from n;
)";

// Latencies of a school fall into some twenty buckets.
constexpr auto kCount = R"(
insert into notification_counters (hour, channel, type, status, amount)
select cast(created_at / 3600000000 as bigint) * 3600000000, channel, type, status, count(*)
from notification_messages where sent_at is not null group by 1, 2, 3, 4;
insert into notification_latencies (hour, bucket, amount)
select cast(created_at / 3600000000 as bigint) * 3600000000, 20 + created_at / 1000 % 20, count(*)
from notification_messages where sent_at is not null group by 1, 2;
)";

using Work = std::function<Task<>(db::Database&)>;

void measure(net::Loop& loop, db::Database& db, std::string_view name, const Work& work) {
  loop.run_until(work(db));  // prepares
  std::vector<double> times;
  for (int i = 0; i < kRepeats; ++i) {
    auto began = steady_clock::now();
    loop.run_until(work(db));
    times.push_back(bench::milliseconds(steady_clock::now() - began));
  }
  fmt::print("{:<44} {:>8.2f} {:>8.2f} {:>8.2f}\n", name, bench::percentile(times, 0.5),
             bench::percentile(times, 0.99), bench::percentile(times, 1));
}

Task<> history(db::Database& db) {
  static int user = 0;
  co_await messages_of(reading(db), {.user_id = std::to_string(++user * 37 % 5000)});
}

Task<> old_history(db::Database& db) {
  co_await messages_of(reading(db),
                       {.user_id = "7", .since = kYearAgo, .until = kYearAgo + std::chrono::days(30)});
}

Task<> stats(db::Database& db, Time since) {
  co_await counters(reading(db), "", since, kNow);
  co_await latencies(reading(db), "", since, kNow);
  co_await queue_sizes(reading(db));
}

Task<> stats_of_user(db::Database& db) {
  co_await counters(reading(db), "7", kYearAgo, kNow);
  co_await latencies(reading(db), "7", kYearAgo, kNow);
}

Task<> claim(db::Database& db) {
  co_await next_due(reading(db), Channel::telegram);
  co_await claim_due(db, Channel::telegram, "bench", kNow, kNow + std::chrono::seconds(30), 30);
}

Task<> planned(db::Database& db) {
  co_await next_planned(reading(db));
  co_await db.transaction([](db::Transaction& tx) -> Task<> { co_await claim_planned(tx, kNow, 200); });
}

Task<> forgetting(db::Database& db) { co_await forget_texts(db, "m10500000", kYearAgo); }

void fill(net::Loop& loop, db::Database& db) {
  auto step = (to_micros(kNow) - to_micros(kYearAgo)) / kMessages;
  for (int first = 1; first < kMessages; first += kAtOnce)
    loop.run_until(db.script(fmt::format(kFill, fmt::arg("now", to_micros(kNow)),
                                         fmt::arg("begin", to_micros(kYearAgo)), fmt::arg("step", step),
                                         fmt::arg("first", first), fmt::arg("last", first + kAtOnce - 1))));
  loop.run_until(db.script(kCount));
  loop.run_until(merge_hours(db, kNow - std::chrono::days(35)));
}

void measure_all(net::Loop& loop, std::string_view title, const std::string& url) {
  auto db = loop.run_until(db::open(loop, {.url = url}));
  ManualClock clock(kNow);
  loop.run_until(db::migrate(
      *db, db::embedded_migrations("notification", migration_files::files(), &migration_files::file), clock));
  fill(loop, *db);
  // As PostgreSQL does by itself in time.
  loop.run_until(db->script(url.starts_with("sqlite") ? "analyze" : "vacuum analyze"));
  if (url.starts_with("sqlite")) loop.run_until(db->script("pragma wal_checkpoint(truncate)"));
  fmt::print("\n{:<44} {:>8} {:>8} {:>8}\n", title, "p50 ms", "p99 ms", "max ms");
  measure(loop, *db, "history of a person, newest 50", history);
  measure(loop, *db, "history of a person, a month a year ago", old_history);
  measure(loop, *db, "statistics of the last 30 days",
          [](db::Database& d) { return stats(d, kNow - std::chrono::days(30)); });
  measure(loop, *db, "statistics of the whole year", [](db::Database& d) { return stats(d, kYearAgo); });
  measure(loop, *db, "statistics of one person", stats_of_user);
  measure(loop, *db, "claim of 30 due messages of 20,000", claim);
  measure(loop, *db, "look for planned messages", planned);
  measure(loop, *db, "a look of the retention", forgetting);
  loop.run_until(db->close());
}

}  // namespace
}  // namespace rb::notification

int main(int argc, char** argv) {
  setvbuf(stdout, nullptr, _IOLBF, 0);
  auto pattern = std::filesystem::absolute(argc > 1 ? argv[1] : ".") / "store-bench-XXXXXX";
  auto name = pattern.string();
  if (mkdtemp(name.data()) == nullptr) return 1;
  std::filesystem::path folder = name;
  rb::testkit::Servers servers(true);
  rb::net::Loop loop([](const std::string&, const std::string& what) { fmt::print(stderr, "{}\n", what); });
  rb::notification::measure_all(loop, "SQLite", "sqlite:///" + (folder / "bench.sqlite3").string());
  rb::notification::measure_all(loop, "PostgreSQL", servers.start("pg").at("DATABASE_URL"));
  std::filesystem::remove_all(folder);
}
