// On a real Redis.
#include <gmock/gmock.h>

#include <algorithm>

#include "cache/cache.hpp"
#include "cache/testing.hpp"
#include "net/loop.hpp"
#include "testkit/servers.hpp"

namespace rb::cache {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

class RedisCache : public testing::Test {
 protected:
  void connect(RedisAddress address) { cache_ = redis_cache(loop_, std::move(address)); }

  template <class T>
  T run(Task<T> task) {
    return loop_.run_until(std::move(task));
  }

  // Asks until Redis is there, for at most a minute.
  bool comes() {
    for (int i = 0; i < 60; ++i)
      if (run(cache_->ping())) return true;
    return false;
  }

  net::Loop loop_{
      [](const std::string& task, const std::string& what) { ADD_FAILURE() << task << ": " << what; }};
  std::unique_ptr<Cache> cache_;
};

TEST_F(RedisCache, keeps_bytes_and_removes) {
  connect(address_of(testkit::fresh_redis_url()));
  ASSERT_TRUE(comes()) << cache_->state().problem;
  std::string value("a\0b\r\n\xFF", 6);
  run(cache_->set("k", value, 1h));
  EXPECT_EQ(run(cache_->get("k")), value);
  run(cache_->set("k", "", 1h));
  EXPECT_EQ(run(cache_->get("k")), "");
  run(cache_->remove("k"));
  EXPECT_EQ(run(cache_->get("k")), std::nullopt);
  EXPECT_EQ(cache_->state().hits, 2);
  EXPECT_EQ(cache_->state().misses, 1);
}

TEST_F(RedisCache, shares_what_it_keeps) {
  auto address = address_of(testkit::fresh_redis_url());
  connect(address);
  ASSERT_TRUE(comes());
  run(cache_->set("k", "v", 1h));
  connect(address);
  ASSERT_TRUE(comes());
  EXPECT_EQ(run(cache_->get("k")), "v");
}

TEST_F(RedisCache, answers_many_callers_at_once) {
  connect(address_of(testkit::fresh_redis_url()));
  ASSERT_TRUE(comes());
  int answered = 0;
  net::TaskGroup group(loop_);
  for (int i = 0; i < 500; ++i)
    group.spawn("ask", [](Cache& cache, std::string name, int& out) -> Task<> {
      co_await cache.set(name, name, 1h);
      out += co_await cache.get(name) == name ? 1 : 0;
    }(*cache_, std::to_string(i), answered));
  run(group.drained());
  EXPECT_EQ(answered, 500);
}

TEST_F(RedisCache, finds_nothing_while_redis_is_away_and_comes_back_with_it) {
  testkit::Servers servers;
  connect(address_of(servers.start("redis").at("REDIS_URL")));
  ASSERT_TRUE(comes());
  run(cache_->set("k", "v", 1h));
  servers.kill("redis");
  EXPECT_EQ(run(cache_->get("k")), std::nullopt);
  EXPECT_FALSE(cache_->state().connected);
  EXPECT_THAT(cache_->state().problem, HasSubstr("redis at 127.0.0.1:"));
  run(cache_->set("k", "w", 1h));
  EXPECT_EQ(run(cache_->take("n", {1, 1s}, {"a"})), std::nullopt);
  servers.start("redis");
  EXPECT_TRUE(comes());
  EXPECT_TRUE(cache_->state().connected);
  run(cache_->set("k", "w", 1h));
  EXPECT_EQ(run(cache_->get("k")), "w");
}

TEST_F(RedisCache, says_why_it_is_not_connected) {
  auto address = address_of(testkit::fresh_redis_url());
  address.user = "nobody";
  address.password = "wrong";
  connect(address);
  EXPECT_FALSE(run(cache_->ping()));
  EXPECT_THAT(cache_->state().problem, HasSubstr("WRONGPASS"));
  connect({.host = "127.0.0.1", .port = 1});
  EXPECT_FALSE(run(cache_->ping()));
  EXPECT_THAT(cache_->state().problem, HasSubstr("redis at 127.0.0.1:1: Connection refused"));
  connect({.host = "redis.invalid"});
  EXPECT_FALSE(run(cache_->ping()));
  EXPECT_THAT(cache_->state().problem, HasSubstr("unknown host redis.invalid"));
}

TEST_F(RedisCache, may_end_while_it_connects_or_waits_for_an_answer) {
  auto address = address_of(testkit::fresh_redis_url());
  connect(address);
  cache_.reset();
  connect(address);
  ASSERT_TRUE(comes());
  loop_.spawn("asker", [](std::unique_ptr<Cache>& cache) -> Task<> {
    EXPECT_EQ(co_await cache->get("k"), std::nullopt);
  }(cache_));
  loop_.post([&] { cache_.reset(); });
  loop_.run();
}

TEST_F(RedisCache, that_ends_while_its_host_is_looked_up_makes_no_connection) {
  auto address = address_of(testkit::fresh_redis_url());
  address.host = "localhost";
  connect(address);
  loop_.post([&] { cache_.reset(); });
  loop_.run();  // would not end
}

}  // namespace
}  // namespace rb::cache
