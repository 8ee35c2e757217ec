#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "testkit/databases.hpp"

namespace rb::db {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr Query make_query(std::string_view text) { return {"query", text, text, {}}; }
constexpr auto kInsert = make_query("insert into thing (name) values (hex(zeroblob(100000)))");
constexpr auto kCount = make_query("select count(*) as n from thing");
constexpr auto kLong = make_query(
    "with recursive c(n) as (select 1 union all select n + 1 from c where n < 300000)"
    " select count(*) as n from c");

class Sqlite : public testkit::DatabaseTest {
 protected:
  void SetUp() override {
    testkit::DatabaseTest::SetUp();
    wait(db_->script("create table thing (id integer primary key, name text)"));
  }
  std::int64_t count(Database& db) { return wait(db.read(kCount, {})).integer(0, "n"); }
  std::string failure(const std::function<void()>& of) {
    try {
      of();
    } catch (const Broken& error) {
      return error.what();
    }
    return "";
  }
};

TEST_P(Sqlite, that_another_process_holds_is_unavailable_until_it_lets_go) {
  auto hasty = settings();
  hasty.statement_deadline = 10ms;
  auto other = wait(open(loop_, hasty));
  wait(db_->transaction([&](Transaction& tx) -> Task<> {
    co_await tx.run(kInsert, {});
    bool refused = false;
    try {
      co_await other->write(kInsert, {});
    } catch (const Unavailable& error) {
      refused = std::string(error.what()).ends_with("is locked by another process");
    }
    EXPECT_TRUE(refused);
    EXPECT_FALSE(other->available());
  }));
  wait(other->write(kInsert, {}));
  EXPECT_TRUE(other->available());
  EXPECT_EQ(count(*db_), 2);
  wait(other->close());
}

TEST_P(Sqlite, that_cannot_grow_fails_the_group_and_recovers) {
  wait(db_->script("pragma max_page_count = 20"));
  EXPECT_THAT(failure([&] { wait(db_->write(kInsert, {})); }), HasSubstr("the disk is full"));
  EXPECT_EQ(count(*db_), 0);
  wait(db_->script("pragma max_page_count = 10000"));
  wait(db_->write(kInsert, {}));
  EXPECT_TRUE(db_->available());
}

TEST_P(Sqlite, that_is_damaged_or_cannot_be_made_is_told_by_its_name) {
  auto path = folder_ / "broken";
  std::ofstream(path) << std::string(5000, 'x');
  EXPECT_THAT(failure([&] { wait(open(loop_, {.url = "sqlite:///" + path.string()})); }),
              HasSubstr("the database file " + path.string() + " is damaged or is no SQLite database"));
  EXPECT_THAT(failure([&] { wait(open(loop_, {.url = "sqlite:///" + path.string() + "/x/y"})); }),
              HasSubstr("cannot create the folder"));
  EXPECT_THAT(failure([&] { wait(open(loop_, {.url = "sqlite:////proc/none"})); }),
              HasSubstr("/proc/none cannot be used"));
}

TEST_P(Sqlite, in_memory_leaves_no_file) {
  reopen({.url = "sqlite://:memory:"});
  wait(db_->script("create table thing (id integer primary key, name text)"));
  wait(db_->write(kInsert, {}));
  EXPECT_EQ(count(*db_), 1);
  reopen({.url = "sqlite://:memory:"});
  EXPECT_THROW(count(*db_), Broken);
}

TEST_P(Sqlite, keeps_its_log_short_while_it_writes) {
  auto log = url_.substr(std::string("sqlite:///").size()) + "-wal";
  std::uintmax_t longest = 0;
  for (int i = 0; i < 400; ++i) {  // 200 kB each
    wait(db_->write(kInsert, {}));
    longest = std::max(longest, std::filesystem::file_size(log));
  }
  EXPECT_GT(longest, 10'000'000U);
  EXPECT_LT(longest, 60'000'000U);  // of 80 MB: it is cut while it is written
  EXPECT_EQ(count(*db_), 400);
}

TEST_P(Sqlite, lets_others_have_their_turn_while_somebody_reads_on_and_on) {
  bool other_came = false;
  loop_.post([&] { other_came = true; });
  wait([](Database& db, bool& came) -> Task<> {
    for (int i = 0; i < 1'000'000 && !came; ++i) co_await db.read(kCount, {});
  }(*db_, other_came));
  EXPECT_TRUE(other_came);
}

TEST_P(Sqlite, long_reads_go_to_a_thread_and_do_not_hold_up_the_loop) {
  auto read = [](net::Loop& loop, Database& db) -> Task<> {
    bool other_came = false;
    loop.post([&] { other_came = true; });
    auto rows = co_await db.read(kLong, {});
    EXPECT_EQ(rows.integer(0, "n"), 300'000);
    EXPECT_TRUE(other_came);
  };
  wait(read(loop_, *db_));
  wait(read(loop_, *db_));
}

TEST_P(Sqlite, readers_do_not_write) { EXPECT_THROW(wait(db_->read(kInsert, {})), Broken); }

TEST_P(Sqlite, urls_that_are_none_are_refused) {
  for (auto url : {"", "sqlite:", "sqlite://", "sqlite:///", "sqlite://x", "mysql://x"}) {
    EXPECT_THROW(wait(open(loop_, {.url = url})), Broken) << url;
  }
}

INSTANTIATE_TEST_SUITE_P(Database, Sqlite, testing::Values("sqlite"), [](const auto& p) { return p.param; });

}  // namespace
}  // namespace rb::db
