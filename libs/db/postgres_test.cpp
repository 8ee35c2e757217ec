#include <gmock/gmock.h>

#include "base/strings.hpp"
#include "db/postgres_address.hpp"
#include "testkit/databases.hpp"
#include "testkit/servers.hpp"

namespace rb::db {
namespace {

using testing::HasSubstr;

constexpr Query make_query(std::string_view text) { return {"query", text, text, {}}; }
constexpr auto kInsert = make_query("insert into thing values (1)");
constexpr auto kCount = make_query("select count(*) as n from thing");
// The first two calls fail as a transaction does that collided with another one.
constexpr auto kCollide = make_query("select collide() as tries");

class Postgres : public testkit::DatabaseTest {
 protected:
  std::string refusal(const std::string& url) {
    try {
      wait(open(loop_, {.url = url, .connect_deadline = std::chrono::seconds(2)}));
    } catch (const Unavailable& error) {
      return error.what();
    }
    return "";
  }
  std::int64_t count() { return wait(db_->read(kCount, {})).integer(0, "n"); }
  std::string place() const { return url_.substr(url_.find('@') + 1, url_.rfind('/') - url_.find('@') - 1); }
  std::string database() const {
    return url_.substr(url_.rfind('/') + 1, url_.find('?') - url_.rfind('/') - 1);
  }
};

TEST_P(Postgres, says_in_one_sentence_why_it_lets_nobody_in) {
  auto at = "PostgreSQL at " + place();
  EXPECT_EQ(refusal("postgresql://repitbot:wr0ng@" + place() + "/" + database()),
            at + " does not accept the password of user repitbot: is it the one in the database URL?");
  EXPECT_EQ(refusal("postgres://nobody:wr0ng@" + place() + "/" + database()),
            at + " does not accept the password of user nobody: is it the one in the database URL?");
  EXPECT_THAT(
      refusal(replace_all(url_, database(), "nowhere")),
      HasSubstr(at + " has no database nowhere (user repitbot): make it with `createdb -h 127.0.0.1"));
  EXPECT_EQ(refusal("postgresql://repitbot:wr0ng@127.0.0.1:1/x"),
            "PostgreSQL at 127.0.0.1:1 (user repitbot) cannot be reached: connection refused; is it running "
            "there?");
  EXPECT_THAT(
      refusal("postgresql://repitbot:wr0ng@host.invalid/x"),
      HasSubstr("PostgreSQL at host.invalid:5432 (user repitbot) cannot be reached: the host is unknown"));
}

TEST_P(Postgres, is_found_by_the_url_of_another_driver_and_by_name) {
  auto url =
      replace_all(replace_all(url_, "postgresql://", "postgresql+asyncpg://"), "127.0.0.1", "localhost");
  reopen({.url = url});
  EXPECT_TRUE(wait(db_->ping()));
}

TEST(PostgresAddress, keeps_the_password_of_a_broken_url_to_itself) {
  try {
    parse_postgres_url("postgresql://u:s%zzcret@h/d");
    FAIL();
  } catch (const Broken& error) {
    EXPECT_THAT(error.what(), testing::Not(HasSubstr("cret")));
  }
}

// Has a server of its own, because it is stopped.
class StoppedPostgres : public Postgres {
 protected:
  void SetUp() override {
    url_ = server_.start("pg").at("DATABASE_URL");
    reopen(settings());
    wait(db_->script("create table thing (id bigint)"));
  }
  testkit::Servers server_;
};

TEST_P(StoppedPostgres, is_unavailable_and_comes_back) {
  EXPECT_THROW(wait(db_->transaction([&](Transaction& tx) -> Task<> {
                 co_await tx.run(kInsert, {});
                 server_.stop("pg");
                 co_await tx.run(kInsert, {});
               })),
               Unavailable);
  EXPECT_FALSE(db_->available());
  EXPECT_FALSE(wait(db_->ping()));
  EXPECT_THROW(count(), Unavailable);
  server_.start("pg");
  EXPECT_TRUE(wait(db_->ping()));
  EXPECT_TRUE(db_->available());
  EXPECT_EQ(count(), 0);
}

TEST_P(StoppedPostgres, that_came_back_before_anybody_asked_is_used_as_if_nothing_had_been) {
  server_.restart("pg");
  EXPECT_EQ(count(), 0);
}

TEST_P(Postgres, runs_a_transaction_again_that_collided) {
  wait(db_->script(
      "create table thing (id bigint); create sequence tries minvalue -10 start 1;"
      "create function collide() returns bigint language plpgsql as $$ declare n bigint := nextval('tries');"
      "begin if n < 3 then raise exception 'collided' using errcode = '40001'; end if; return n; end $$"));
  int runs = 0;
  wait(db_->transaction([&](Transaction& tx) -> Task<> {
    ++runs;
    tx.post(kInsert, {});
    co_await tx.run(kCollide, {});
  }));
  EXPECT_EQ(runs, 3);
  EXPECT_EQ(count(), 1);
  wait(db_->script("alter sequence tries restart with -10"));
  EXPECT_THROW(wait(db_->write(kCollide, {})), Unavailable);
}

TEST_P(Postgres, prepares_a_statement_again_when_its_table_has_changed) {
  wait(db_->script("create table thing (id bigint)"));
  auto everything = make_query("select * from thing");
  wait(db_->read(everything, {}));
  wait(db_->script("alter table thing add column name text"));
  EXPECT_THROW(wait(db_->read(everything, {})), Broken);
  EXPECT_TRUE(wait(db_->read(everything, {})).empty());
}

TEST_P(Postgres, forgets_what_it_did_not_come_to_prepare) {
  wait(db_->script("create table thing (id bigint unique)"));
  constexpr auto late = make_query("select 7 as n");
  EXPECT_THROW(wait(db_->transaction([&](Transaction& tx) -> Task<> {
                 tx.post(kInsert, {});
                 tx.post(kInsert, {});
                 co_await tx.run(late, {});
               })),
               Broken);
  EXPECT_EQ(wait(db_->read(late, {})).integer(0, "n"), 7);
}

INSTANTIATE_TEST_SUITE_P(Database, StoppedPostgres, testing::Values("postgres"),
                         [](const auto& p) { return p.param; });
INSTANTIATE_TEST_SUITE_P(Database, Postgres, testing::Values("postgres"),
                         [](const auto& p) { return p.param; });

}  // namespace
}  // namespace rb::db
