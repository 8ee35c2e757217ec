// Two processes that keep one limit: through a cache that they share, and without it.
#include "jobs/shared_limits.hpp"

#include <gtest/gtest.h>

#include "net/loop.hpp"

namespace rb::notification {
namespace {

using namespace std::chrono_literals;

// Telegram lets a chat have one message a second; of two processes each takes every second one.
constexpr auto kUntilAChatIsFree = 2s;

// A cache that can be away.
class Unreliable final : public cache::Cache {
 public:
  explicit Unreliable(const Clock& clock) : real_(cache::memory_cache(clock, 1000)) {}
  bool away = false;

  Task<std::optional<std::string>> get(std::string) override { co_return std::nullopt; }
  Task<> set(std::string, std::string, cache::Ttl) override { co_return; }
  Task<> remove(std::string) override { co_return; }
  Task<std::optional<Places>> take(std::string key, Pace pace, std::vector<std::string> calls) override {
    if (away) co_return std::nullopt;
    co_return co_await real_->take(std::move(key), pace, std::move(calls));
  }
  Task<> give_back(std::string key, Pace pace, std::string call, bool made) override {
    if (!away) co_await real_->give_back(std::move(key), pace, std::move(call), made);
  }
  Task<> close(std::string key, Micros time) override {
    if (!away) co_await real_->close(std::move(key), time);
  }
  bool shared() const override { return true; }
  Task<bool> ping() override { co_return !away; }
  State state() const override { return {}; }

 private:
  std::unique_ptr<cache::Cache> real_;
};

class TwoProcesses : public testing::Test {
 protected:
  struct Process {
    Process(TwoProcesses& all, std::string name)
        : limits(all.clock_, &all.cache_, peers, "telegram", std::move(name), telegram_paces({})) {}
    Peers peers{.live = 2};
    SharedLimits limits;
  };

  void settle(bool sharing = true) {
    for (auto* process : {&a_, &b_}) process->peers = {2, sharing, sharing};
  }
  template <class T>
  T run(Task<T> task) {
    return loop_.run_until(std::move(task));
  }
  bool passes(Process& process, const std::string& to) {
    auto call = std::to_string(++calls_);
    if (run(process.limits.take(to, call))) return false;
    run(process.limits.done(to, call, true));
    return true;
  }
  int flood(Process& process, int calls = 50) {
    int sent = 0;
    for (int i = 0; i < calls; ++i) sent += passes(process, std::to_string(++chats_));
    return sent;
  }

  net::Loop loop_{
      [](const std::string& task, const std::string& what) { ADD_FAILURE() << task << ": " << what; }};
  ManualClock clock_{Time(1000s)};
  Unreliable cache_{clock_};
  Process a_{*this, "a"}, b_{*this, "b"};
  int calls_ = 0, chats_ = 0;
};

TEST_F(TwoProcesses, with_a_cache_let_one_of_them_have_all_that_the_other_leaves) {
  settle();
  EXPECT_EQ(flood(a_, 20), 20);
  EXPECT_EQ(flood(b_), 10);
  EXPECT_EQ(flood(a_), 0);
  clock_.advance(1s);
  EXPECT_EQ(flood(b_), 30);
}

TEST_F(TwoProcesses, with_a_cache_share_a_chat_and_its_pauses) {
  settle();
  EXPECT_TRUE(passes(a_, "7"));
  EXPECT_TRUE(passes(b_, "7"));
  EXPECT_TRUE(passes(a_, "7"));
  EXPECT_FALSE(passes(b_, "7"));
  run(a_.limits.pause("8", 5s));
  EXPECT_FALSE(passes(b_, "8"));
  EXPECT_TRUE(passes(b_, "9"));
  run(a_.limits.pause("9", 5s));  // the second at once: all
  EXPECT_FALSE(passes(b_, "10"));
  clock_.advance(5s);
  EXPECT_TRUE(passes(b_, "10"));
}

TEST_F(TwoProcesses, without_a_cache_take_half_each) {
  clock_.advance(1s);
  EXPECT_EQ(flood(a_) + flood(b_), 0);  // a process that joins waits until the others know
  clock_.advance(kUntilAChatIsFree);
  EXPECT_EQ(flood(a_), 15);
  EXPECT_EQ(flood(b_), 15);
}

TEST_F(TwoProcesses, that_lose_the_cache_take_half_each_once_what_was_used_is_over) {
  settle();
  EXPECT_EQ(flood(a_, 25), 25);
  cache_.away = true;
  EXPECT_EQ(flood(a_), 0);
  EXPECT_FALSE(a_.peers.sharing);
  EXPECT_EQ(flood(b_), 0);
  clock_.advance(kUntilAChatIsFree);
  EXPECT_EQ(flood(a_), 15);
  EXPECT_EQ(flood(b_), 15);
}

TEST_F(TwoProcesses, of_which_one_has_not_settled_keep_half_and_the_whole) {
  settle();
  EXPECT_EQ(flood(b_, 20), 20);
  a_.peers.settled = false;
  clock_.advance(1s);
  flood(a_);
  clock_.advance(kUntilAChatIsFree);
  EXPECT_EQ(flood(a_), 15);
  EXPECT_EQ(flood(b_), 15);
}

TEST_F(TwoProcesses, reserve_before_they_claim_and_give_back_what_they_did_not_need) {
  settle();
  EXPECT_EQ(run(a_.limits.reserve(20)), 20);
  EXPECT_EQ(run(b_.limits.reserve(20)), 10);
  EXPECT_EQ(b_.limits.available(clock_.now(), 20), 0);
  run(a_.limits.keep({"a1", "a2", "a3"}));
  run(b_.limits.keep({"b1"}));
  run(a_.limits.leave("a3"));
  EXPECT_EQ(flood(b_), 27);  // all but a1, a2 and its own b1
  for (auto call : {"a1", "a2"}) EXPECT_FALSE(run(a_.limits.take(call, call))) << call;
  EXPECT_FALSE(run(b_.limits.take("b1", "b1")));
  EXPECT_EQ(flood(a_), 0);
}

TEST_F(TwoProcesses, leave_the_places_of_claimed_messages_alone) {
  clock_.advance(1s);
  flood(a_);
  clock_.advance(kUntilAChatIsFree);
  EXPECT_EQ(run(a_.limits.reserve(10)), 10);
  run(a_.limits.keep({"x", "y"}));
  a_.limits.keep_one("z");
  EXPECT_EQ(a_.limits.available(clock_.now(), 100), 12);
  EXPECT_EQ(flood(a_), 12);
  EXPECT_FALSE(run(a_.limits.take("7", "x")));
  run(a_.limits.leave("y"));
  EXPECT_EQ(flood(a_), 1);
  EXPECT_FALSE(run(a_.limits.take("8", "z")));
  EXPECT_EQ(flood(a_), 0);
}

TEST(OneProcess, keeps_its_limit_over_the_loss_of_the_cache) {
  net::Loop loop([](const std::string&, const std::string&) {});
  ManualClock clock{Time(1000s)};
  Unreliable cache(clock);
  Peers peers{1, true, true};
  SharedLimits limits(clock, &cache, peers, "telegram", "a", telegram_paces({}));
  auto flood = [&] {
    int sent = 0;
    for (int i = 0; i < 50; ++i) sent += !loop.run_until(limits.take(std::to_string(i), std::to_string(i)));
    return sent;
  };
  EXPECT_EQ(flood(), 30);
  cache.away = true;
  EXPECT_EQ(flood(), 0);
}

}  // namespace
}  // namespace rb::notification
