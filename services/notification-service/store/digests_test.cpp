// Messages that wait, and digests.
#include "store/digests.hpp"

#include "domain/timing/digest.hpp"
#include "store/counters.hpp"
#include "store/store_test.hpp"
#include "store/story.hpp"

namespace rb::notification {
namespace {

class Waiting : public MessagesTest {};

TEST_P(Waiting, the_last_of_a_type_is_found_among_those_that_count) {
  auto put = [&](std::string id, std::string status, std::string reason, Time due) {
    auto m = pending(std::move(id));
    m.status = std::move(status);
    m.reason = std::move(reason);
    m.due = due;
    insert({m});
  };
  put("gone", "delivered", "", kNow);
  put("going", "pending", "", kNow + 1min);
  put("waits", "deferred", "min_interval", kNow + 2min);
  put("part", "deferred", "digest", kNow + 3min);
  put("dropped", "suppressed", "no_address", kNow + 4min);
  IntervalKey key{"5", "lesson.cancelled", Channel::telegram};
  auto last = [&](Before before, const std::string& except = "") {
    return wait(load_last_times(reading(*db_), {key}, before, except)).at(key);
  };
  EXPECT_EQ(last(Before::gone), kNow);
  EXPECT_EQ(last(Before::going), kNow + 1min);
  EXPECT_EQ(last(Before::going, "going"), kNow);
  EXPECT_EQ(last(Before::all), kNow + 2min);
  EXPECT_TRUE(wait(load_last_times(reading(*db_), {{"6", "custom", Channel::email}}, Before::all)).empty());
}

TEST_P(Waiting, the_parts_of_a_digest_become_what_it_becomes) {
  auto part = pending("part"), other = pending("other"), digest = pending("digest");
  for (auto* m : {&part, &other}) {
    m->status = "deferred";
    m->reason = "digest";
    m->queued = false;
  }
  other.due = kNow + 1h;
  digest.type = "digest";
  digest.key = "digest:5:telegram:1";
  digest.context = {{"parts", part_counts({part})}};
  insert({part, other});
  EXPECT_EQ(wait(due_digests(reading(*db_), kNow, 10)).size(), 1U);
  in_transaction([&](db::Transaction& tx) -> Task<> {
    auto parts = co_await digest_parts(tx, {"5", Channel::telegram}, kNow);
    EXPECT_EQ(parts.size(), 1U);
    co_await insert_messages(tx, {digest});
    parts.front().status = "pending";
    settle_digest_parts(tx, {{parts.front(), "digest"}}, kNow);
  });
  EXPECT_TRUE(wait(due_digests(reading(*db_), kNow, 10)).empty());
  auto claimed = claim("w");
  ASSERT_EQ(claimed.size(), 1U);  // the part has no turn of its own
  claimed.front().status = "delivered";
  claimed.front().sent = kNow + 1s;
  in_transaction([&](db::Transaction& tx) -> Task<> {
    record(tx, {{claimed.front(), Attempt{"digest", 1, Channel::telegram, kNow, kNow, "delivered", ""}}}, "w",
           kNow);
    co_return;
  });
  auto told = stored("part");
  EXPECT_EQ(told.status + " " + told.reason, "delivered in_digest:digest");
  EXPECT_EQ(told.sent, kNow + 1s);
  EXPECT_EQ(stored("other").status, "deferred");
  std::int64_t counted = 0;
  for (const auto& c : wait(counters(reading(*db_), "", kNow - 1h, kNow + 1h)))
    if (c.status == "delivered") counted += c.amount;
  EXPECT_EQ(counted, 2);
  std::vector<std::string> states;
  for (const auto& s : wait(states_of(reading(*db_), "part"))) states.push_back(s.status);
  EXPECT_EQ(states, (std::vector<std::string>{"deferred", "pending", "delivered"}));
}

TEST_P(Waiting, what_waits_is_looked_at_again_when_asked) {
  auto m = pending("a");
  m.status = "deferred";
  m.reason = "quiet_hours";
  m.lesson_id = "7";
  m.due = kNow + 8h;
  insert({m});
  auto looked_at = [&] {
    std::size_t found = 0;
    in_transaction(
        [&](db::Transaction& tx) -> Task<> { found = (co_await claim_deferred(tx, kNow, 10)).size(); });
    return found;
  };
  EXPECT_EQ(wait(next_planned(reading(*db_))), kNow + 8h);
  EXPECT_EQ(looked_at(), 0U);
  in_transaction([](db::Transaction& tx) -> Task<> {
    recheck_deferred(tx, "6", "preferences_changed", kNow);
    recheck_deferred_of_lesson(tx, "8", kNow);
    co_return;
  });
  EXPECT_EQ(looked_at(), 0U);
  in_transaction([](db::Transaction& tx) -> Task<> {
    recheck_deferred_of_lesson(tx, "7", kNow);
    co_return;
  });
  EXPECT_EQ(looked_at(), 1U);
  EXPECT_EQ(stored("a").reason, "lesson_changed");
}

INSTANTIATE_TEST_SUITE_P(Databases, Waiting, testing::Values("sqlite", "postgres"),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace rb::notification
