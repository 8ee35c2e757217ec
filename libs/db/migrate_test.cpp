#include "db/migrate.hpp"

#include <gmock/gmock.h>

#include "testkit/databases.hpp"

namespace rb::db {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr Migrations::File kPeople{"0001_people.sql", "create table t_people (id text primary key)"};
constexpr Migrations::File kNames{
    "0002_names.sql",
    "-- it's a comment\nalter table t_people add column name text;\n"
    "{{postgres_only}}comment on column t_people.name is 'x';{{end}}\n"
    "{{sqlite_only}}create index t_people_name on t_people (rb_lower(name));{{end}}"};
constexpr Query kInsert{"insert",
                        "insert into t_people (id, name) values ('a', 'Б')",
                        "insert into t_people (id, name) values ('a', 'Б')",
                        {}};
constexpr Query kTables{"tables",
                        "select name from sqlite_master where name like 't\\_%' escape '\\'",
                        "select cast(relname as text) as name from pg_class where relname like 't\\_%' and "
                        "pg_table_is_visible(oid)",
                        {}};

class MigrationsOf : public testkit::DatabaseTest {
 protected:
  std::vector<std::string> apply(std::vector<Migrations::File> files, std::string program = "1.2.0") {
    return wait(migrate(*db_, {"t", std::move(files), std::move(program)}, SystemClock()));
  }
  std::string refusal(std::vector<Migrations::File> files, std::string program = "1.2.0") {
    try {
      apply(std::move(files), std::move(program));
    } catch (const Broken& error) {
      return error.what();
    }
    return "";
  }
};

TEST_P(MigrationsOf, a_service_are_applied_once_and_in_order) {
  EXPECT_THAT(wait(pending_migrations(*db_, {"t", {kNames, kPeople}, "1.2.0"})),
              ElementsAre(kPeople.name, kNames.name));
  EXPECT_TRUE(wait(db_->read(kTables, {})).empty());
  EXPECT_THAT(apply({kPeople}), ElementsAre(kPeople.name));
  EXPECT_THAT(wait(pending_migrations(*db_, {"t", {kPeople, kNames}, "1.2.0"})), ElementsAre(kNames.name));
  EXPECT_THAT(apply({kNames, kPeople}), ElementsAre(kNames.name));
  EXPECT_THAT(apply({kPeople, kNames}), IsEmpty());
  EXPECT_EQ(wait(db_->write(kInsert, {})).affected(), 1);
}

TEST_P(MigrationsOf, a_newer_compatible_program_may_be_there) {
  apply({kPeople, kNames});
  EXPECT_THAT(apply({kPeople}, "1.1.0"), IsEmpty());
}

TEST_P(MigrationsOf, a_newer_program_may_shut_older_ones_out) {
  constexpr Migrations::File breaking{"0002_drop.sql",
                                      "-- oldest-program: 1.10.0\nalter table t_people add column name text"};
  apply({kPeople, breaking}, "1.10.2");
  EXPECT_THAT(apply({kPeople}, "1.10.0"), IsEmpty());
  EXPECT_EQ(refusal({kPeople}, "1.9.0"),
            "the tables of t need program 1.10.0 or newer, this one is 1.9.0: install a newer program");
}

TEST_P(MigrationsOf, a_changed_file_are_refused) {
  apply({kPeople});
  EXPECT_THAT(refusal({{kPeople.name, "create table t_people (id text)"}}),
              HasSubstr("was changed after it had been applied"));
}

TEST_P(MigrationsOf, a_failing_file_leave_nothing_of_it) {
  constexpr Migrations::File failing{"0002_fails.sql",
                                     "create table t_half (id text); create table t_people (id text)"};
  EXPECT_THAT(refusal({kPeople, failing}), HasSubstr("migration 0002_fails.sql of t failed: "));
  EXPECT_THAT(apply({kPeople, {failing.name, "create table t_half (id text)"}}), ElementsAre(failing.name));
}

TEST_P(MigrationsOf, several_processes_at_once_are_applied_by_one_of_them) {
  auto other = wait(open(loop_, settings()));
  std::vector<std::string> applied;
  net::TaskGroup group(loop_);
  auto one = [](Database& db, std::vector<std::string>& out) -> Task<> {
    for (auto& name : co_await migrate(db, {"t", {kPeople, kNames}, "1.2.0"}, SystemClock()))
      out.push_back(name);
  };
  group.spawn("one", one(*db_, applied));
  group.spawn("other", one(*other, applied));
  wait(group.drained());
  EXPECT_THAT(applied, testing::UnorderedElementsAre(kPeople.name, kNames.name));
  wait(other->close());
}

TEST_P(MigrationsOf, unclear_names_and_marks_are_refused) {
  EXPECT_THROW(apply({{"people.sql", ""}}), std::logic_error);
  EXPECT_THROW(apply({kPeople, {"0001_other.sql", ""}}), std::logic_error);
  EXPECT_THAT(refusal({{"0001_x.sql", "{{mysql_only}} {{end}}"}}), HasSubstr("{{mysql_only}} is unknown"));
  EXPECT_THAT(refusal({{"0001_x.sql", "{{sqlite_only}}"}}), HasSubstr("has no {{end}}"));
}

INSTANTIATE_TEST_SUITE_P(Databases, MigrationsOf, testing::Values("sqlite", "postgres"),
                         [](const auto& p) { return p.param; });

}  // namespace
}  // namespace rb::db
