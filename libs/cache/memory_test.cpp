#include <gtest/gtest.h>

#include "cache/cache.hpp"
#include "net/loop.hpp"

namespace rb::cache {
namespace {

using namespace std::chrono_literals;

class MemoryCache : public testing::Test {
 protected:
  template <class T>
  T run(Task<T> task) {
    return loop_.run_until(std::move(task));
  }
  std::optional<std::string> get(const char* key) { return run(cache_->get(key)); }

  net::Loop loop_{
      [](const std::string& task, const std::string& what) { ADD_FAILURE() << task << ": " << what; }};
  ManualClock clock_{Time(0s)};
  std::unique_ptr<Cache> cache_ = memory_cache(clock_, 1000);
};

TEST_F(MemoryCache, forgets_a_value_when_its_time_is_over) {
  run(cache_->set("k", "v", 10s));
  clock_.advance(9s);
  EXPECT_EQ(get("k"), "v");
  clock_.advance(1s);
  EXPECT_EQ(get("k"), std::nullopt);
  EXPECT_EQ(cache_->state().bytes, 0);
}

TEST_F(MemoryCache, replaces_and_removes) {
  run(cache_->set("k", "one", 10s));
  run(cache_->set("k", "two", 20s));
  clock_.advance(15s);
  EXPECT_EQ(get("k"), "two");
  run(cache_->remove("k"));
  run(cache_->remove("other"));
  EXPECT_EQ(get("k"), std::nullopt);
}

TEST_F(MemoryCache, drops_what_was_used_longest_ago_when_it_is_full) {
  for (auto key : {"a", "b", "c"}) run(cache_->set(key, std::string(150, 'x'), 1h));
  EXPECT_TRUE(get("a"));
  run(cache_->set("d", std::string(150, 'x'), 1h));
  EXPECT_TRUE(get("a"));
  EXPECT_FALSE(get("b"));
  EXPECT_LE(cache_->state().bytes, 1000);
}

TEST_F(MemoryCache, does_not_keep_what_is_larger_than_itself_and_keeps_the_others) {
  run(cache_->set("other", "v", 1h));
  run(cache_->set("k", "small", 1h));
  run(cache_->set("k", std::string(2000, 'x'), 1h));
  EXPECT_FALSE(get("k"));
  EXPECT_TRUE(get("other"));
  EXPECT_LT(cache_->state().bytes, 300);
}

TEST_F(MemoryCache, counts_hits_and_misses) {
  run(cache_->set("k", "v", 1h));
  get("k");
  get("k");
  get("x");
  EXPECT_EQ(cache_->state().hits, 2);
  EXPECT_EQ(cache_->state().misses, 1);
  EXPECT_TRUE(run(cache_->ping()));
}

}  // namespace
}  // namespace rb::cache
