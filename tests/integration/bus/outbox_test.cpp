#include "bus/outbox.hpp"

#include "bus_fixture.hpp"

namespace rb::bus {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr Micros kLease = 20s;

class OutboxTable : public BusFixture {
 protected:
  void SetUp() override {
    BusFixture::SetUp();
    wait(migrate_outbox(*db_, "test", now_));
    const Deps deps{loop_, now_, *db_, [](const std::string&, const std::string&) {}, kLease};
    mine_ = std::make_unique<Outbox>(deps, "test");
    yours_ = std::make_unique<Outbox>(deps, "test");
  }

  void add(Outbox& outbox, const std::string& body) {
    now_.advance(Micros(1));
    wait(db_->transaction([&](db::Transaction& tx) -> Task<> {
      outbox.add(tx, {.routing_key = "lesson.created", .body = body});
      co_return;
    }));
  }
  Log claim(Outbox& outbox, int most = 10) {
    Log bodies;
    for (const auto& row : wait(outbox.claim(most))) bodies.push_back(row.message.body);
    return bodies;
  }

  ManualClock now_{Time(1h)};
  std::unique_ptr<Outbox> mine_, yours_;
};

TEST_F(OutboxTable, gives_the_oldest_rows_in_the_order_of_writing) {
  for (const auto* body : {"1", "2", "3"}) add(*mine_, body);
  EXPECT_THAT(claim(*mine_, 2), ElementsAre("1", "2"));
  EXPECT_THAT(claim(*mine_), ElementsAre("1", "2", "3"));
}

TEST_F(OutboxTable, gives_rows_of_another_instance_only_after_their_lease) {
  add(*mine_, "mine");
  add(*yours_, "yours");
  EXPECT_THAT(claim(*yours_), ElementsAre("yours"));
  now_.advance(kLease + 1s);
  EXPECT_THAT(claim(*yours_), ElementsAre("mine", "yours"));
  EXPECT_THAT(claim(*mine_), IsEmpty());
}

TEST_F(OutboxTable, renews_a_lease_before_it_gives_a_row_that_is_about_to_lose_it) {
  add(*mine_, "mine");
  now_.advance(kLease - 1s);
  EXPECT_THAT(claim(*mine_), ElementsAre("mine"));
  now_.advance(2s);
  EXPECT_THAT(claim(*yours_), IsEmpty());
}

TEST_F(OutboxTable, forgets_rows_that_are_removed) {
  add(*mine_, "1");
  add(*mine_, "2");
  auto rows = wait(mine_->claim(10));
  wait(mine_->remove({rows.front().id}));
  EXPECT_EQ(wait(mine_->count()), 1);
  EXPECT_THAT(claim(*mine_), ElementsAre("2"));
}

}  // namespace
}  // namespace rb::bus
