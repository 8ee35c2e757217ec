#include "service/idempotency.hpp"

#include <gtest/gtest.h>

#include "testkit/databases.hpp"

namespace rb::service {
namespace {

using namespace std::chrono_literals;
using State = http::IdempotencyStore::State;

constexpr auto kTable = R"(create table t_idempotency (
    id text primary key, fingerprint text not null, status bigint not null default 0,
    content_type text not null default '', answer text not null default '', created_at bigint not null))";

class Idempotency : public testkit::DatabaseTest {
 protected:
  void SetUp() override {
    testkit::DatabaseTest::SetUp();
    wait(db_->script(kTable));
    store_.emplace(*db_, clock_, tables_);
  }
  http::IdempotencyStore::Claim claim(const char* fingerprint = "a") {
    return wait(store_->claim("key", fingerprint));
  }
  void finish() { wait(store_->finish("key", {201, "text/plain", "done"})); }

  ManualClock clock_{Time(1'700'000'000s)};
  Tables tables_{"t"};
  std::optional<IdempotencyInDatabase> store_;
};

TEST_P(Idempotency, keeps_the_first_answer_for_a_day_and_no_longer) {
  EXPECT_EQ(claim().state, State::fresh);
  finish();
  clock_.advance(24h);
  auto again = claim();
  ASSERT_EQ(again.state, State::kept);
  EXPECT_EQ(again.answer->status, 201);
  EXPECT_EQ(again.answer->content_type, "text/plain");
  EXPECT_EQ(again.answer->body, "done");
  clock_.advance(1s);
  EXPECT_EQ(claim().state, State::fresh);
}

TEST_P(Idempotency, tells_another_request_under_the_same_key_from_the_first) {
  claim();
  EXPECT_EQ(claim("b").state, State::different);
  finish();
  EXPECT_EQ(claim("b").state, State::different);
}

TEST_P(Idempotency, frees_the_key_of_a_call_that_was_given_up_and_soon_that_of_one_whose_process_died) {
  claim();
  EXPECT_EQ(claim().state, State::in_flight);
  wait(store_->abandon("key"));
  EXPECT_EQ(claim().state, State::fresh);
  clock_.advance(3min);
  EXPECT_EQ(claim().state, State::in_flight);
  clock_.advance(1s);
  EXPECT_EQ(claim().state, State::fresh);
}

TEST_P(Idempotency, answers_again_however_long_ago_a_dead_process_would_have_been_forgotten) {
  claim();
  finish();
  clock_.advance(1h);
  EXPECT_EQ(claim().state, State::kept);
}

INSTANTIATE_TEST_SUITE_P(Databases, Idempotency, testing::Values("sqlite", "postgres"),
                         [](const auto& p) { return p.param; });

}  // namespace
}  // namespace rb::service
