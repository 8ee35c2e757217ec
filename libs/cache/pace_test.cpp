// Paces that several keep together: the same suite in memory and on a real Redis.
#include <gtest/gtest.h>

#include "cache/cache.hpp"
#include "cache/testing.hpp"
#include "net/loop.hpp"
#include "testkit/servers.hpp"

namespace rb::cache {
namespace {

using namespace std::chrono_literals;

class SharedPace : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (GetParam() == "memory") {
      cache_ = memory_cache(clock_, 1000);
      return;
    }
    cache_ = redis_cache(loop_, address_of(testkit::fresh_redis_url()));
    for (int i = 0; i < 60 && !run(cache_->ping()); ++i) continue;
  }

  template <class T>
  T run(Task<T> task) {
    return loop_.run_until(std::move(task));
  }
  Cache::Places take(const Pace& pace, std::vector<std::string> calls, const char* key = "k") {
    return run(cache_->take(key, pace, std::move(calls))).value();
  }
  void end(const Pace& pace, const char* call, bool made = true) {
    run(cache_->give_back("k", pace, call, made));
  }
  void sleep(Micros time) { run(net::sleep_for(loop_, clock_, time)); }

  net::Loop loop_{
      [](const std::string& task, const std::string& what) { ADD_FAILURE() << task << ": " << what; }};
  SystemClock clock_;
  std::unique_ptr<Cache> cache_;
};

// So long that the test's own time does not matter.
constexpr Pace kWindow{3, 1h, Pace::Kind::window};

bool near(Micros is, Micros should) { return is <= should && is > should - 1min; }

TEST_P(SharedPace, gives_places_as_far_as_there_are_some) {
  EXPECT_EQ(take(kWindow, {"a", "b"}).taken, 2);
  auto more = take(kWindow, {"c", "d"});
  EXPECT_EQ(more.taken, 1);
  EXPECT_TRUE(near(more.wait, 1h));
  EXPECT_EQ(take(kWindow, {"a"}, "another").taken, 1);
}

TEST_P(SharedPace, has_a_place_busy_for_a_span_after_its_answer_and_free_when_it_was_not_used) {
  take(kWindow, {"a", "b", "c"});
  end(kWindow, "a");
  end(kWindow, "b");
  EXPECT_TRUE(near(take(kWindow, {"d"}).wait, 1h));
  end(kWindow, "c", false);
  EXPECT_EQ(take(kWindow, {"d"}).taken, 1);
}

constexpr Micros kMoment = 20ms;

TEST_P(SharedPace, lets_the_next_call_pass_when_the_span_is_over) {
  constexpr Pace kQuick{1, kMoment, Pace::Kind::window};
  take(kQuick, {"a"});
  end(kQuick, "a");
  sleep(2 * kMoment);
  EXPECT_EQ(take(kQuick, {"b"}).taken, 1);
}

TEST_P(SharedPace,
       gets_the_places_of_a_bucket_back_one_after_the_other_and_those_of_a_window_each_for_itself) {
  for (auto kind : {Pace::Kind::bucket, Pace::Kind::window}) {
    auto key = kind == Pace::Kind::bucket ? "bucket" : "window";
    Pace slow{2, 1h, kind}, quick{2, kMoment, kind};
    take(slow, {"a", "b"}, key);
    run(cache_->give_back(key, slow, "a", true));
    run(cache_->give_back(key, quick, "b", true));
    sleep(2 * kMoment);
    EXPECT_EQ(take(slow, {"c", "d"}, key).taken, kind == Pace::Kind::bucket ? 0 : 1);
  }
}

TEST_P(SharedPace, gives_nothing_while_it_is_closed) {
  take(kWindow, {"a"});
  run(cache_->close("k", 2h));
  run(cache_->close("k", 1h));
  auto refused = take(kWindow, {"b"});
  EXPECT_EQ(refused.taken, 0);
  EXPECT_TRUE(near(refused.wait, 2h));
  run(cache_->close("short", kMoment));
  sleep(2 * kMoment);
  EXPECT_EQ(take(kWindow, {"b"}, "short").taken, 1);
}

INSTANTIATE_TEST_SUITE_P(Everywhere, SharedPace, testing::Values("memory", "redis"),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace rb::cache
