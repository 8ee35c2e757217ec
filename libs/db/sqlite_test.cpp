#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "db/backends.hpp"

namespace rb::db {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr Query make_query(std::string_view text) { return {"query", text, text, {}}; }
constexpr auto kInsert = make_query("insert into thing (name) values (hex(zeroblob(100000)))");
constexpr auto kCount = make_query("select count(*) as n from thing");

class Sqlite : public DatabaseTest {
 protected:
  void SetUp() override {
    DatabaseTest::SetUp();
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

TEST_P(Sqlite, readers_do_not_write) { EXPECT_THROW(wait(db_->read(kInsert, {})), Broken); }

TEST_P(Sqlite, urls_that_are_none_are_refused) {
  for (auto url : {"", "sqlite:", "sqlite://", "sqlite:///", "sqlite://x", "mysql://x"}) {
    EXPECT_THROW(wait(open(loop_, {.url = url})), Broken) << url;
  }
}

INSTANTIATE_TEST_SUITE_P(Database, Sqlite, testing::Values("sqlite"), [](const auto& p) { return p.param; });

}  // namespace
}  // namespace rb::db
