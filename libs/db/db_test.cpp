#include <gmock/gmock.h>

#include <limits>

#include "db/migrate.hpp"
#include "db/testing.hpp"
#include "rb/db/sql/db_test.sql.hpp"
#include "testkit/databases.hpp"

namespace rb::db {
namespace {

using namespace std::chrono_literals;

class Statements : public testkit::DatabaseTest {
 protected:
  void SetUp() override {
    testkit::DatabaseTest::SetUp();
    wait(
        db_->script("create table thing (id text primary key, name text, size bigint check (size <> 13), "
                    "weight double precision, done boolean not null);"
                    "create table part (thing_id text not null references thing (id), size bigint);"));
  }

  static Params thing(const std::string& id) {
    return {{"id", id}, {"name", std::monostate{}}, {"size", 1}, {"weight", 0.5}, {"done", false}};
  }
  std::int64_t count() { return wait(db_->read(sql::count_things, {})).integer(0, "n"); }
};

// What a transaction of the tests does: adds a thing, then ends or fails.
Task<> add(Database& db, Params params, bool fail = false) {
  co_await db.transaction([&](Transaction& tx) -> Task<> {
    tx.post(sql::insert_thing, params);
    if (fail) throw std::runtime_error("changed my mind");
    co_return;
  });
}

TEST_P(Statements, give_every_kind_of_value_back) {
  auto big = std::numeric_limits<std::int64_t>::min();
  wait(db_->write(
      sql::insert_thing,
      {{"id", "Ёж «№1»"}, {"name", "it's 😀\n\"\\"}, {"size", big}, {"weight", 0.1}, {"done", true}}));
  auto rows = wait(db_->read(sql::select_thing, {{"id", "Ёж «№1»"}}));
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows.text(0, "id"), "Ёж «№1»");
  EXPECT_EQ(rows.text(0, "name"), "it's 😀\n\"\\");
  EXPECT_EQ(rows.integer(0, "size"), big);
  EXPECT_EQ(rows.time(0, "size"), from_micros(big));
  EXPECT_EQ(rows.real(0, "weight"), 0.1);
  EXPECT_TRUE(rows.boolean(0, "done"));
}

TEST_P(Statements, keep_null_apart_from_empty) {
  wait(db_->write(sql::insert_thing, {{"id", ""},
                                      {"name", ""},
                                      {"size", std::optional<std::int64_t>()},
                                      {"weight", std::monostate{}},
                                      {"done", false}}));
  auto rows = wait(db_->read(sql::select_thing, {{"id", ""}}));
  EXPECT_EQ(rows.maybe_text(0, "name"), "");
  EXPECT_TRUE(rows.is_null(0, "weight"));
  EXPECT_EQ(rows.maybe_integer(0, "size"), std::nullopt);
  EXPECT_EQ(rows.maybe_time(0, "size"), std::nullopt);
  EXPECT_FALSE(rows.boolean(0, "done"));
  EXPECT_THROW(rows.integer(0, "size"), std::logic_error);
  EXPECT_THROW(rows.integer(0, "name"), std::logic_error);
  EXPECT_THROW(rows.integer(0, "length"), std::logic_error);
  EXPECT_THROW(rows.integer(1, "size"), std::logic_error);
}

TEST_P(Statements, need_each_parameter_exactly_once) {
  EXPECT_THROW(wait(db_->read(sql::select_thing, {})), std::logic_error);
  EXPECT_THROW(wait(db_->read(sql::select_thing, {{"name", "a"}})), std::logic_error);
  EXPECT_THROW(wait(db_->read(sql::select_thing, {{"id", "a"}, {"id", "b"}})), std::logic_error);
}

TEST_P(Statements, refuse_text_that_not_every_database_can_hold) {
  EXPECT_THROW(wait(db_->write(sql::insert_thing, thing(std::string("a\0b", 3)))), Broken);
  EXPECT_THROW(wait(db_->write(sql::insert_thing, thing("\xff"))), Broken);
}

TEST_P(Statements, take_rows_and_lists_as_json) {
  auto items = R"([{"id":"б","size":2,"done":true},{"id":"a","size":null,"done":false}])";
  EXPECT_EQ(wait(db_->write(sql::insert_things, {{"items", items}})).affected(), 2);
  EXPECT_EQ(wait(db_->write(sql::insert_things, {{"items", "[]"}})).affected(), 0);
  auto rows = wait(db_->read(sql::ids_in, {{"ids", R"(["a","б","c"])"}}));
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows.text(1, "id"), "б");
  EXPECT_TRUE(wait(db_->read(sql::ids_in, {{"ids", "[]"}})).empty());
  EXPECT_TRUE(wait(db_->read(sql::select_thing, {{"id", "б"}})).boolean(0, "done"));
}

TEST_P(Statements, return_what_they_changed) {
  wait(db_->write(sql::insert_thing, thing("a")));
  auto rows = wait(db_->write(sql::rename_thing, {{"id", "a"}, {"name", "Б"}}));
  EXPECT_EQ(rows.affected(), 1);
  EXPECT_EQ(rows.text(0, "name"), "Б");
  EXPECT_EQ(wait(db_->write(sql::rename_thing, {{"id", "b"}, {"name", "Б"}})).affected(), 0);
  EXPECT_EQ(wait(db_->write(sql::claim_things, {{"limit", 5}})).size(), 1U);
  EXPECT_TRUE(wait(db_->write(sql::claim_things, {{"limit", 5}})).empty());
}

TEST_P(Statements, keep_to_every_constraint) {
  wait(db_->write(sql::insert_thing, thing("a")));
  EXPECT_THROW(wait(db_->write(sql::insert_thing, thing("a"))), Broken);
  EXPECT_THROW(wait(db_->write(sql::insert_part, {{"thing", "b"}, {"size", 1}})), Broken);
  EXPECT_THROW(wait(db_->write(sql::insert_part, {{"thing", std::monostate{}}, {"size", 1}})), Broken);
  EXPECT_THROW(wait(db_->write(sql::add_to_size, {{"id", "a"}, {"by", 12}})), Broken);
}

TEST_P(Statements, over_their_deadline_end_as_unavailable) {
  auto hasty = settings();
  hasty.statement_deadline = 50ms;
  reopen(hasty);
  EXPECT_THROW(wait(db_->read(sql::count_forever, {})), Unavailable);
  EXPECT_THROW(wait(db_->write(sql::count_forever, {})), Unavailable);
  EXPECT_EQ(count(), 0);
}

TEST_P(Statements, are_checked_without_being_run) {
  EXPECT_THAT(
      wait(refused(*db_, std::vector<const Query*>{&sql::insert_thing, &sql::claim_things, &sql::ids_in})),
      testing::IsEmpty());
  constexpr Query wrong{"wrong", "select nothing from thing", "select nothing from thing", {}};
  EXPECT_THAT(wait(refused(*db_, std::vector<const Query*>{&wrong})),
              testing::ElementsAre(testing::HasSubstr("wrong: ")));
  EXPECT_EQ(count(), 0);
}

TEST_P(Statements, of_a_transaction_see_each_other_and_others_see_them_after_it) {
  wait(db_->transaction([&](Transaction& tx) -> Task<> {
    tx.post(sql::insert_thing, thing("a"));
    auto inside = co_await tx.run(sql::count_things, {});
    EXPECT_EQ(inside.integer(0, "n"), 1);
    auto outside = co_await db_->read(sql::count_things, {});
    EXPECT_EQ(outside.integer(0, "n"), 0);
  }));
  EXPECT_EQ(count(), 1);
}

TEST_P(Statements, of_a_failed_transaction_are_undone) {
  EXPECT_THROW(wait(add(*db_, thing("a"), true)), std::runtime_error);
  wait(add(*db_, thing("b")));
  EXPECT_THROW(wait(add(*db_, thing("b"))), Broken);
  EXPECT_EQ(count(), 1);
}

TEST_P(Statements, tell_after_the_commit_and_never_after_a_failure) {
  std::string told;
  auto add_and_tell = [&](const std::string& id, bool fail) {
    return db_->transaction([&told, id, fail](Transaction& tx) -> Task<> {
      tx.on_commit([&told, id] { told += id; });
      tx.post(sql::insert_thing, thing(id));
      if (fail) throw std::runtime_error("changed my mind");
      co_return;
    });
  };
  wait(add_and_tell("a", false));
  EXPECT_THROW(wait(add_and_tell("b", true)), std::runtime_error);
  EXPECT_THROW(wait(add_and_tell("a", false)), Broken);
  wait(add_and_tell("c", false));
  EXPECT_EQ(told, "ac");
}

TEST_P(Statements, that_failed_spoil_their_transaction_even_when_the_body_goes_on) {
  wait(add(*db_, thing("a")));
  auto stubborn = [&](Transaction& tx) -> Task<> {
    co_await tx.run(sql::insert_thing, thing("b"));
    bool failed = false;
    try {
      co_await tx.run(sql::insert_thing, thing("a"));
    } catch (const Broken&) {
      failed = true;
    }
    EXPECT_TRUE(failed);
    tx.post(sql::insert_thing, thing("c"));
  };
  EXPECT_THROW(wait(db_->transaction(stubborn)), Broken);
  EXPECT_EQ(count(), 1);
}

TEST_P(Statements, of_a_thousand_transactions_are_durable_and_those_that_fail_take_no_other_along) {
  int stored = 0, failed = 0;
  net::TaskGroup group(loop_);
  for (int i = 0; i < 1000; ++i) {
    auto one = [](Database& db, Params params, bool fail, int& ok, int& bad) -> Task<> {
      try {
        co_await add(db, std::move(params), fail);
        ++ok;
      } catch (const std::exception&) {
        ++bad;
      }
    };
    group.spawn("add", one(*db_, thing(std::to_string(i % 900)), i % 10 == 0 && i < 900, stored, failed));
  }
  wait(group.drained());
  EXPECT_EQ(stored, 820);  // 900 ids, 90 of them changed their mind at first, of which 10 came again
  EXPECT_EQ(failed, 180);
  auto stats = db_->stats();
  EXPECT_EQ(stats.transactions, 1000);
  if (!db_->is_postgres()) EXPECT_LT(stats.commits, 100);
  reopen(settings());
  EXPECT_EQ(count(), 820);
}

TEST_P(Statements, lower_cyrillic_too) {
  wait(migrate(*db_, {.service = "thing", .files = {}}, SystemClock()));
  wait(db_->write(sql::insert_thing,
                  {{"id", "a"}, {"name", "ЁЖИК Ab"}, {"size", 1}, {"weight", 0.5}, {"done", false}}));
  EXPECT_EQ(wait(db_->read(sql::find_by_lower_name, {{"name", "ёжик ab"}})).size(), 1U);
}

TEST_P(Statements, of_a_script_that_fails_leave_nothing_behind) {
  EXPECT_THROW(
      wait(db_->script("begin; insert into thing (id, done) values ('a', true); select wrong; commit;")),
      Broken);
  EXPECT_EQ(count(), 0);
  wait(add(*db_, thing("a")));
  EXPECT_EQ(count(), 1);
}

TEST_P(Statements, that_have_begun_end_before_the_close) {
  std::string ended;
  auto read = [](Database& db, std::string& to) -> Task<> {
    co_await db.read(sql::count_long, {});
    to += "r";
  };
  auto write = [](Database& db, Params params, std::string& to) -> Task<> {
    co_await add(db, std::move(params));
    to += "w";
  };
  loop_.spawn("read", read(*db_, ended));
  loop_.spawn("write", write(*db_, thing("a"), ended));
  wait(db_->close());
  EXPECT_THAT(ended, testing::AnyOf("rw", "wr"));
  reopen(settings());
  EXPECT_EQ(count(), 1);
}

TEST_P(Statements, after_close_are_refused) {
  wait(db_->close());
  EXPECT_THROW(wait(db_->read(sql::count_things, {})), Unavailable);
  EXPECT_FALSE(db_->available());
}

TEST_P(Statements, carry_megabytes_both_ways) {
  std::string large(5'000'000, 'x');
  wait(db_->transaction([&](Transaction& tx) -> Task<> {
    for (auto id : {"a", "b", "c"}) {
      tx.post(sql::insert_thing, thing(id));
      tx.post(sql::rename_thing, {{"id", id}, {"name", large}});
    }
    co_return;
  }));
  EXPECT_EQ(wait(db_->read(sql::select_thing, {{"id", "c"}})).text(0, "name"), large);
}

TEST_P(Statements, wait_for_their_turn_when_there_are_more_than_connections) {
  net::TaskGroup group(loop_);
  int answered = 0;
  for (int i = 0; i < 50; ++i) {
    group.spawn("read", [](Database& db, int& n) -> Task<> {
      co_await db.read(sql::count_things, {});
      ++n;
    }(*db_, answered));
  }
  wait(group.drained());
  EXPECT_EQ(answered, 50);
  auto stats = db_->stats();
  EXPECT_EQ(stats.idle, stats.connections);
  EXPECT_EQ(stats.waiting, 0);
}

INSTANTIATE_TEST_SUITE_P(Databases, Statements, testing::Values("sqlite", "postgres"),
                         [](const auto& p) { return p.param; });

}  // namespace
}  // namespace rb::db
