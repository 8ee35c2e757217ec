#include <gtest/gtest.h>

#include "db/migrate.hpp"
#include "db/testing.hpp"
#include "domain/figures/days.hpp"
#include "rb/analytics/sql/accounts.sql.hpp"
#include "rb/analytics/sql/alerts.sql.hpp"
#include "rb/analytics/sql/cells.sql.hpp"
#include "rb/analytics/sql/export.sql.hpp"
#include "rb/analytics/sql/freshness.sql.hpp"
#include "rb/analytics/sql/homework.sql.hpp"
#include "rb/analytics/sql/lessons.sql.hpp"
#include "rb/analytics/sql/log.sql.hpp"
#include "rb/analytics/sql/payments.sql.hpp"
#include "rb/analytics/sql/people.sql.hpp"
#include "rb/analytics/sql/uses.sql.hpp"
#include "rb/analytics/sql/watch.sql.hpp"
#include "store/alerts.hpp"
#include "store/export_tables.hpp"
#include "store/facts.hpp"
#include "store/freshness.hpp"
#include "store/log.hpp"
#include "store/migrations.hpp"
#include "testkit/databases.hpp"

namespace rb::analytics {
namespace {

using namespace std::chrono_literals;

const Time kNow{std::chrono::hours(500'000)};

class Store : public testkit::DatabaseTest {
 protected:
  void SetUp() override {
    DatabaseTest::SetUp();
    ManualClock clock(kNow);
    wait(db::migrate(
        *db_, db::embedded_migrations("analytics", migration_files::files(), &migration_files::file), clock));
  }

  template <class Body>
  void in_transaction(Body body) {
    wait(db_->transaction([&](db::Transaction& tx) -> Task<> {
      body(tx);
      co_return;
    }));
  }

  template <class Fact>
  void change(std::optional<Fact> before, std::optional<Fact> after) {
    in_transaction([&](db::Transaction& tx) { write(tx, std::vector{Change<Fact>{before, after}}); });
  }

  std::vector<std::int64_t> append(const std::vector<events::Event>& events, Time now = kNow) {
    std::vector<std::int64_t> out;
    wait(db_->transaction(
        [&](db::Transaction& tx) -> Task<> { out = co_await append_events(tx, events, now); }));
    return out;
  }
};

Place place(std::string student, Time at) {
  Place out;
  out.student_id = std::move(student);
  out.at = at;
  return out;
}

Lesson lesson() {
  auto held = place("2", kNow + 1h);
  held.status = LessonStatus::completed;
  held.attendance = "late";
  held.rating = 4'500'000;
  held.price = Money{150050, "RUB"};
  held.charged = true;
  return {"7", "1", "Математика", "Дроби \"и\" \\", "regular", kNow, 45, Money{50000, "RUB"}, {held}};
}

Payment payment() {
  Payment out{"9", "1", "2", "3", "card", {}, {}, {}, PaymentPart::processed};
  out.processed = PaymentEntry{{100000, "RUB"}, kNow};
  return out;
}

Homework homework() {
  Homework out;
  out.id = "5";
  out.tutor_id = "1";
  out.subject = "Физика";
  out.description = "№ 5";
  out.student_ids = {"2", "4"};
  out.assigned_at = kNow;
  out.due = Due{"2027-01-16", std::nullopt};
  return out;
}

Person person(std::string name, std::vector<std::string> children) {
  Person out;
  out.id = "3";
  out.full_name = std::move(name);
  out.roles = {"parent"};
  out.children_ids = std::move(children);
  out.registered_at = kNow;
  return out;
}

events::Event event(std::string id, std::string type, boost::json::object data) {
  return {
      .source = "/x", .id = std::move(id), .type = std::move(type), .time = kNow, .data = std::move(data)};
}

TEST_P(Store, every_statement_is_understood_by_the_database) {
  const std::vector<std::string> none;
  EXPECT_EQ(wait(db::refused(*db_, sql::log_queries)), none);
  EXPECT_EQ(wait(db::refused(*db_, sql::lessons_queries)), none);
  EXPECT_EQ(wait(db::refused(*db_, sql::payments_queries)), none);
  EXPECT_EQ(wait(db::refused(*db_, sql::homework_queries)), none);
  EXPECT_EQ(wait(db::refused(*db_, sql::uses_queries)), none);
  EXPECT_EQ(wait(db::refused(*db_, sql::people_queries)), none);
  EXPECT_EQ(wait(db::refused(*db_, sql::accounts_queries)), none);
  EXPECT_EQ(wait(db::refused(*db_, sql::cells_queries)), none);
  EXPECT_EQ(wait(db::refused(*db_, sql::export_queries)), none);
  EXPECT_EQ(wait(db::refused(*db_, sql::watch_queries)), none);
  EXPECT_EQ(wait(db::refused(*db_, sql::alerts_queries)), none);
  EXPECT_EQ(wait(db::refused(*db_, sql::freshness_queries)), none);
  for (const auto& query : tables().all()) EXPECT_EQ(wait(db::refused(*db_, std::array{&query})), none);
}

TEST_P(Store, an_event_is_logged_once_and_seqs_follow_arrival) {
  auto first = append({event("1", "lesson.created", {{"lesson_id", "7"}}), event("2", "user.login", {})});
  ASSERT_EQ(first.size(), 2U);
  EXPECT_LT(0, std::min(first[0], first[1]));
  auto second =
      append({event("3", "lesson.completed", {{"lesson_id", "7"}}), event("1", "lesson.created", {})});
  EXPECT_GT(second[0], std::max(first[0], first[1]));
  EXPECT_EQ(second[1], 0);
  auto earlier = wait(events_of_entities(db::reading(*db_), {"lesson:7", "lesson:8"}, second[0]));
  ASSERT_EQ(earlier.size(), 1U);
  EXPECT_EQ(earlier[0].event.id, "1");
  EXPECT_EQ(earlier[0].event.data.at("lesson_id"), "7");
  EXPECT_EQ(wait(next_entities(db::reading(*db_), "")), std::vector<std::string>{"lesson:7"});
  EXPECT_EQ(wait(next_lone_events(db::reading(*db_), 0)).size(), 1U);
}

TEST_P(Store, the_same_words_without_an_id_are_logged_once_in_24_hours) {
  auto logged = [&](std::string_view day, Time now) {
    auto id = "sha256-" + std::string(48, 'a') + "-" + std::string(day);
    return append({event(id, "user.login", {{"user_id", "5"}})}, now)[0] != 0;
  };
  EXPECT_TRUE(logged("20455", kNow));
  EXPECT_FALSE(logged("20456", kNow + 24h - 1s));
  EXPECT_TRUE(logged("20456", kNow + 24h));
  EXPECT_FALSE(logged("20456", kNow + 25h));
}

TEST_P(Store, ids_are_compared_bytewise) {
  append({event("1", "lesson.created", {{"lesson_id", "b"}}),
          event("2", "lesson.created", {{"lesson_id", "A"}}),
          event("3", "lesson.created", {{"lesson_id", "a"}}),
          event("4", "lesson.created", {{"lesson_id", "я"}})});
  EXPECT_EQ(wait(next_entities(db::reading(*db_), "")),
            (std::vector<std::string>{"lesson:A", "lesson:a", "lesson:b", "lesson:я"}));
}

TEST_P(Store, a_lesson_comes_back_as_it_was_written) {
  auto read = db::reading(*db_);
  change<Lesson>(std::nullopt, lesson());
  EXPECT_EQ(wait(lessons_of_tutor(read, "1", {kNow, kNow + 2h})), std::vector{lesson()});
  EXPECT_EQ(wait(lessons_of_students(read, {"2", "3"}, {kNow, kNow + 2h})), std::vector{lesson()});
  EXPECT_TRUE(wait(lessons_of_tutor(read, "1", {kNow, kNow + 1h})).empty());
}

TEST_P(Store, a_changed_lesson_replaces_the_old_one) {
  auto moved = lesson();
  moved.tutor_id = "6";
  moved.places[0].at = kNow + 48h;
  moved.places.push_back(place("4", kNow + 24h));
  change<Lesson>(std::nullopt, lesson());
  change<Lesson>(lesson(), moved);
  auto read = db::reading(*db_);
  EXPECT_TRUE(wait(lessons_of_tutor(read, "1", kAlways)).empty());
  EXPECT_EQ(wait(lessons_of_tutor(read, "6", kAlways)), std::vector{moved});
}

TEST_P(Store, places_of_a_group_outside_the_span_come_with_it) {
  auto group = lesson();
  group.places.push_back(place("4", kNow + 72h));
  group.places.push_back(place("5", kNow - 72h));
  change<Lesson>(std::nullopt, group);
  EXPECT_EQ(wait(lessons_of_tutor(db::reading(*db_), "1", {kNow, kNow + 2h})), std::vector{group});
}

TEST_P(Store, each_part_of_a_payment_is_found_on_its_day) {
  auto later = payment();
  later.refunded = PaymentEntry{{30000, "RUB"}, kNow + 48h};
  later.last = PaymentPart::refunded;
  change<Payment>(std::nullopt, payment());
  change<Payment>(payment(), later);
  auto read = db::reading(*db_);
  EXPECT_EQ(wait(payments_of_tutor(read, "1", kAlways)), std::vector{later});
  EXPECT_EQ(wait(payments_of_tutor(read, "1", {kNow + 47h, kNow + 49h})), std::vector{later});
  EXPECT_EQ(wait(payments_of_payer(read, "3", {kNow, kNow + 1h})), std::vector{later});
  EXPECT_EQ(wait(payments_of_students(read, {"2"}, {kNow, kNow + 1h})), std::vector{later});
  EXPECT_TRUE(wait(payments_of_tutor(read, "1", {kNow + 1h, kNow + 47h})).empty());
}

TEST_P(Store, homework_of_a_group_is_one_assignment) {
  change<Homework>(std::nullopt, homework());
  auto graded = homework();
  graded.submitted_at = kNow + 1h;
  graded.submitted_by = {"4"};
  graded.grade = 4 * kGradeUnit;
  graded.due = Due{"", kNow + 24h};
  change<Homework>(homework(), graded);
  auto read = db::reading(*db_);
  EXPECT_EQ(wait(homework_of_tutor(read, "1", kAlways)), std::vector{graded});
  EXPECT_EQ(wait(homework_of_students(read, {"2", "4"}, {kNow, kNow + 1h})), std::vector{graded});
  auto unassigned = homework();
  unassigned.assigned_at.reset();
  unassigned.student_ids.clear();
  change<Homework>(graded, unassigned);
  EXPECT_EQ(wait(homework_of_tutor(read, "1", kAlways)), std::vector{unassigned});
}

TEST_P(Store, people_keep_their_relations_in_order) {
  auto before = person("Вера", {"1"}), after = person("Вера Ким", {"9", "2"});
  change<Person>(std::nullopt, before);
  change<Person>(before, after);
  EXPECT_EQ(wait(people_by_ids(db::reading(*db_), {"3", "4"})), std::vector{after});
}

TEST_P(Store, everything_that_is_given_out_is_read_page_after_page) {
  append({event("1", "weather.changed", {})});
  change<Lesson>(std::nullopt, lesson());
  change<Payment>(std::nullopt, payment());
  change<Homework>(std::nullopt, homework());
  change<Person>(std::nullopt, person("Вера", {"9", "2"}));
  in_transaction([](db::Transaction& tx) {
    write(tx, std::vector<LoneChange<Access>>{
                  {7, std::nullopt,
                   Access{"/x", "4", "8", "Дроби", "", "2", "", "1", MaterialUse::share, kNow}}});
  });
  Question everyone, of_tutor, of_family;
  of_tutor.tutor_id = "1";
  of_family.student_ids = {"2", "4"};
  std::vector<std::size_t> found;
  for (const auto& table : export_tables())
    for (const auto& asked : {everyone, of_tutor, of_family}) {
      auto pages = export_pages(db::reading(*db_), table, asked, kAlways, 1);
      std::size_t count = 0;
      for (auto rows = wait(pages.next()); !rows.empty(); rows = wait(pages.next())) {
        count += rows.size();
        EXPECT_EQ(export_row(table, rows, 0, Zone::utc()).size(), table.columns.size());
      }
      found.push_back(count);
    }
  EXPECT_EQ(found, (std::vector<std::size_t>{1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1}));
}

TEST_P(Store, people_are_given_out_with_their_relations_in_order) {
  change<Person>(std::nullopt, person("Вера", {"9", "2"}));
  const auto& table = export_tables()[4];
  auto rows = wait(export_pages(db::reading(*db_), table, {}, kAlways).next());
  EXPECT_EQ(export_row(table, rows, 0, Zone::utc()),
            (std::vector<ExportCell>{Id{"3"},
                                     "Вера",
                                     std::vector<std::string>{"parent"},
                                     {},
                                     {},
                                     Moment{kNow, {}},
                                     std::vector<std::string>{"9", "2"},
                                     std::vector<std::string>{}}));
}

TEST_P(Store, versions_are_those_of_the_last_batch_that_changed_a_scope) {
  in_transaction([](db::Transaction& tx) {
    raise_versions(tx, {{"school", ""}, {"tutor", "1"}}, 5);
    raise_versions(tx, {{"school", ""}}, 6);
  });
  auto read = db::reading(*db_);
  EXPECT_EQ(wait(last_version_of(read, {{"school", ""}})), 6);
  EXPECT_EQ(wait(last_version_of(read, {{"tutor", "1"}})), 5);
  EXPECT_EQ(wait(last_version_of(read, {{"tutor", "2"}})), 0);
}

TEST_P(Store, freshness_is_that_of_all_scopes_and_of_this_database) {
  in_transaction([](db::Transaction& tx) {
    raise_versions(tx, {{"tutor", "1"}, {"directory", ""}}, 5);
    raise_versions(tx, {{"tutor", "2"}}, 6);
  });
  wait(begin_epoch(*db_));
  auto read = db::reading(*db_);
  auto found = wait(freshness(read, {{"tutor", "1"}, {"tutor", "2"}, {"student", "1"}}));
  EXPECT_EQ(found.newest, 6);
  EXPECT_EQ(found.directory, 5);
  EXPECT_NE(found.epoch, 0);
  EXPECT_EQ(wait(freshness(read, {})).newest, 5);
  wait(begin_epoch(*db_));
  EXPECT_NE(wait(freshness(read, {})).epoch, found.epoch);
}

// Lesson 7 of tutor 1 with student 2 lasts from kNow for 45 minutes.
TEST_P(Store, what_time_changes_is_told_for_whoever_is_asked_about) {
  auto open = lesson();
  open.places[0] = place("2", kNow);
  change<Lesson>(std::nullopt, open);
  auto day_after = homework();
  change<Homework>(std::nullopt, day_after);
  auto read = db::reading(*db_);
  Question everyone, of_tutor, of_family, of_others;
  of_tutor.tutor_id = "1";
  of_family.student_ids = {"2", "4"};
  of_others.student_ids = {"8"};
  auto end = kNow + 45min, due = Zone::utc().to_utc(LocalTime(parse_date("2027-01-17").value()));
  for (auto* asked : {&everyone, &of_tutor, &of_family}) {
    asked->now = kNow;
    EXPECT_EQ(wait(next_lesson_start(read, *asked, kAlways)), kNow);
    asked->now = end;
    EXPECT_EQ(wait(next_lesson_start(read, *asked, kAlways)), std::nullopt);
    EXPECT_EQ(wait(next_lesson_end(read, *asked, kAlways)), end);
    EXPECT_EQ(wait(next_due(read, *asked, kAlways)), due);
    EXPECT_EQ(wait(next_lesson_end(read, *asked, {kNow + 1h, kNow + 2h})), std::nullopt);
    asked->now = end + Micros(1);
    EXPECT_EQ(wait(next_lesson_end(read, *asked, kAlways)), std::nullopt);
    asked->now = due;
    EXPECT_EQ(wait(next_due(read, *asked, kAlways)), due) << "not late yet";
    asked->now = due + Micros(1);
    EXPECT_EQ(wait(next_due(read, *asked, kAlways)), std::nullopt);
  }
  of_others.now = kNow;
  EXPECT_EQ(wait(next_lesson_end(read, of_others, kAlways)), std::nullopt);
  EXPECT_EQ(wait(next_due(read, of_others, kAlways)), std::nullopt);
}

TEST_P(Store, what_was_found_by_a_rule_that_has_been_changed_meanwhile_is_of_no_use) {
  AlertRule rule{.id = "r", .owner_id = "9", .tutor_id = "", .name = "", .currency = ""};
  in_transaction([&](db::Transaction& tx) { insert_alert(tx, rule, kNow); });
  auto found = wait(alert(db::reading(*db_), "r")).value();
  found.value = 5;
  found.raised = true;
  in_transaction([&](db::Transaction& tx) { update_alert(tx, rule, true, kNow + 1h); });
  bool claimed = true;
  wait(db_->transaction([&](db::Transaction& tx) -> Task<> {
    record_alert(tx, found, kNow + 2h);
    claimed = co_await claim_alert(tx, found, kNow + 2h);
  }));
  auto now = wait(alert(db::reading(*db_), "r")).value();
  EXPECT_FALSE(claimed);
  EXPECT_FALSE(now.raised || now.value || now.evaluated || now.announced);
}

TEST_P(Store, batches_are_numbered_and_know_of_erased_people) {
  in_transaction([](db::Transaction& tx) { add_tombstones(tx, {{"hash", "erased-1"}}, kNow); });
  BatchState state;
  wait(db_->transaction([&](db::Transaction& tx) -> Task<> { state = co_await begin_batch(tx); }));
  EXPECT_EQ(state.number, 1);
  EXPECT_EQ(state.erased, 1);
  EXPECT_EQ(wait(load_tombstones(db::reading(*db_))), (Tombstones{{"hash", "erased-1"}}));
}

INSTANTIATE_TEST_SUITE_P(Databases, Store, testing::Values("sqlite", "postgres"),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace rb::analytics
