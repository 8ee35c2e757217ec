// Schedules and bulk sendings on both databases.
#include "db/testing.hpp"
#include "rb/notification/sql/bulk.sql.hpp"
#include "rb/notification/sql/schedules.sql.hpp"
#include "store/bulk.hpp"
#include "store/schedules.hpp"
#include "store/store_test.hpp"

namespace rb::notification {
namespace {

class Plans : public MessagesTest {};

Message of_bulk(std::string id, const Bulk& bulk) {
  auto out = pending(std::move(id));
  out.origin = origin_of(bulk);
  return out;
}

TEST_P(Plans, every_statement_is_understood_by_the_database) {
  EXPECT_EQ(wait(db::refused(*db_, sql::bulk_queries)), std::vector<std::string>{});
  EXPECT_EQ(wait(db::refused(*db_, sql::schedules_queries)), std::vector<std::string>{});
}

Schedule weekly(std::string id) {
  Schedule s;
  s.id = std::move(id);
  s.user_id = "5";
  s.due = s.starts = s.created = kNow;
  s.recurrence = "FREQ=WEEKLY";
  s.timezone = "Europe/Moscow";
  s.draft.message = pending("draft");
  return s;
}

TEST_P(Plans, a_schedule_moves_on_once_and_keeps_what_it_sends) {
  in_transaction([](db::Transaction& tx) -> Task<> {
    add_schedules(tx, {weekly("s1")});
    co_return;
  });
  in_transaction([](db::Transaction& tx) -> Task<> {
    auto due = co_await claim_schedules(tx, kNow, 10);
    EXPECT_EQ(due.size(), 1U);
    EXPECT_EQ(due.at(0).draft.message.context.at("lesson").at("subject"), "Математика");
    due.at(0).due = kNow + 168h;
    due.at(0).made = 1;
    advance_schedules(tx, due);
  });
  in_transaction([](db::Transaction& tx) -> Task<> {
    auto due = co_await claim_schedules(tx, kNow, 10);
    EXPECT_TRUE(due.empty());
  });
  EXPECT_EQ(wait(next_schedule(reading(*db_))), kNow + 168h);
  EXPECT_EQ(wait(schedule_by_id(reading(*db_), "s1"))->made, 1);
}

TEST_P(Plans, a_schedule_is_not_changed_behind_the_back_of_its_occurrence) {
  auto seen = weekly("s1");
  auto after = seen;
  after.due = kNow + 1h;
  bool first = false, second = true;
  in_transaction([&](db::Transaction& tx) -> Task<> {
    add_schedules(tx, {seen});
    first = co_await replace_schedule(tx, seen, after, kNow);
    second = co_await replace_schedule(tx, seen, after, kNow);
  });
  EXPECT_TRUE(first);
  EXPECT_FALSE(second);
}

TEST_P(Plans, what_waits_of_a_bulk_is_held_released_and_taken_back_and_what_is_in_hand_goes_on) {
  Bulk bulk;
  bulk.id = "b1";
  bulk.due = bulk.created = kNow;
  bulk.total = 2;
  in_transaction([&](db::Transaction& tx) -> Task<> {
    add_bulk(tx, bulk, {{1, "5"}, {2, "6"}});
    co_return;
  });
  insert({of_bulk("a", bulk)});
  ASSERT_EQ(claim("worker").size(), 1U);
  insert({of_bulk("b", bulk), pending("other")});
  std::vector<int> changed;
  in_transaction([&](db::Transaction& tx) -> Task<> {
    changed.push_back(co_await hold_messages(tx, bulk, kNow));
    changed.push_back(co_await hold_messages(tx, bulk, kNow));
  });
  EXPECT_EQ(stored("b").reason, "bulk_paused");
  auto claimed = claim("worker");
  ASSERT_EQ(claimed.size(), 1U);
  EXPECT_EQ(claimed[0].id, "other");
  in_transaction([&](db::Transaction& tx) -> Task<> {
    changed.push_back(co_await release_messages(tx, bulk, kNow));
    changed.push_back(co_await withdraw_messages(tx, bulk, kNow));
    bool waits = co_await bulk_waits(tx, bulk);
    EXPECT_TRUE(waits);  // "a" is in hand
  });
  EXPECT_EQ(changed, (std::vector{1, 0, 1, 1}));
  EXPECT_EQ(stored("b").status, "cancelled");
  EXPECT_EQ(stored("a").reason, "");
}

TEST_P(Plans, a_bulk_remembers_how_far_it_has_come) {
  Bulk bulk;
  bulk.id = "b1";
  bulk.due = bulk.created = kNow;
  bulk.total = 3;
  in_transaction([&](db::Transaction& tx) -> Task<> {
    add_bulk(tx, bulk, {{1, "5"}, {2, "6"}, {3, "7"}});
    advance_bulk(tx, bulk, 2, {{2, "6", Audience::any, "person_erased"}});
    co_return;
  });
  auto stored_bulk = wait(bulk_by_id(reading(*db_), "b1")).value();
  EXPECT_EQ(stored_bulk.position, 2);
  EXPECT_EQ(stored_bulk.status, "running");
  auto rest = wait(bulk_recipients(reading(*db_), "b1", stored_bulk.position, 10));
  ASSERT_EQ(rest.size(), 1U);
  EXPECT_EQ(rest[0].user_id, "7");
  EXPECT_EQ(wait(bulk_state(reading(*db_), bulk)).reasons.at("person_erased"), 1);
  EXPECT_EQ(wait(open_bulks(reading(*db_), kNow)), std::vector<std::string>{"b1"});
  in_transaction([&](db::Transaction& tx) -> Task<> {
    finish_bulk(tx, bulk, "done", kNow);
    co_return;
  });
  EXPECT_TRUE(wait(open_bulks(reading(*db_), kNow)).empty());
}

INSTANTIATE_TEST_SUITE_P(Databases, Plans, testing::Values("sqlite", "postgres"),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace rb::notification
