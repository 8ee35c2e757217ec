#include <gtest/gtest.h>

#include <stdexcept>

#include "net/latch.hpp"
#include "net/loop.hpp"
#include "net/together.hpp"

namespace rb::net {
namespace {

using namespace std::chrono_literals;

ErrorSink fail_test() {
  return [](const std::string& task, const std::string& what) { ADD_FAILURE() << task << ": " << what; };
}

TEST(Loop, tells_the_error_sink_which_task_failed) {
  std::string seen;
  Loop loop([&](const std::string& task, const std::string& what) { seen = task + ": " + what; });
  loop.spawn("relay", []() -> Task<> {
    throw std::runtime_error("no route");
    co_return;
  }());
  loop.run();
  EXPECT_EQ(seen, "relay: no route");
}

TEST(Loop, returns_the_result_of_a_task_or_throws_its_exception) {
  Loop loop(fail_test());
  EXPECT_EQ(loop.run_until([]() -> Task<int> { co_return 7; }()), 7);
  EXPECT_THROW(loop.run_until([]() -> Task<int> {
    throw std::runtime_error("x");
    co_return 1;
  }()),
               std::runtime_error);
}

TEST(Sleep, ends_when_a_manual_clock_reaches_the_time) {
  Loop loop(fail_test());
  ManualClock clock(Time(0s));
  bool woken = false;
  loop.spawn("sleeper", [](Loop& l, ManualClock& c, bool& done) -> Task<> {
    co_await sleep_until(l, c, Time(10s));
    done = true;
  }(loop, clock, woken));
  loop.post([&] { clock.set(Time(9s)); });
  loop.post([&] {
    loop.post([&] {
      EXPECT_FALSE(woken);
      clock.set(Time(10s));
    });
  });
  loop.run();
  EXPECT_TRUE(woken);
}

TEST(Signal, wakes_a_later_waiter_too) {
  Loop loop(fail_test());
  Signal signal(loop);
  signal.notify();
  ManualClock clock(Time(0s));
  EXPECT_TRUE(loop.run_until(signal.wait_until(clock, Time(1h))));
  clock.advance(2h);
  EXPECT_FALSE(loop.run_until(signal.wait_until(clock, Time(1h))));
}

TEST(Signal, may_end_with_the_loop_while_a_task_waits_for_it) {
  std::weak_ptr<Signal> seen;
  {
    Loop loop(fail_test());
    auto signal = std::make_shared<Signal>(loop);
    seen = signal;
    loop.spawn("waits", [](std::shared_ptr<Signal> s) -> Task<> { co_await s->wait(); }(std::move(signal)));
    loop.post([&] { loop.stop(); });
    loop.run();
  }
  EXPECT_TRUE(seen.expired());
}

TEST(Together, runs_tasks_beside_each_other_and_gives_their_results_in_order) {
  Loop loop(fail_test());
  Latch second_is_there(loop);
  auto waits = [](Latch& latch) -> Task<int> {
    co_await latch.wait();
    co_return 1;
  };
  auto wakes = [](Latch& latch) -> Task<std::string> {
    latch.open();
    co_return "two";
  };
  EXPECT_EQ(loop.run_until(together(waits(second_is_there), wakes(second_is_there))),
            std::tuple(1, std::string("two")));
}

TEST(Together, throws_the_first_failure_when_all_have_ended) {
  Loop loop(fail_test());
  Latch go(loop);
  bool ended = false;
  auto fails = [](std::string what) -> Task<int> {
    throw std::runtime_error(what);
    co_return 0;
  };
  auto waits = [](Latch& latch, bool& done) -> Task<int> {
    co_await latch.wait();
    done = true;
    co_return 0;
  };
  auto all = [&]() -> Task<std::string> {
    try {
      co_await together(fails("one"), waits(go, ended), fails("two"));
    } catch (const std::runtime_error& failure) {
      co_return failure.what() + std::string(ended ? ", all ended" : ", one still runs");
    }
    co_return "no failure";
  };
  loop.post([&] { loop.post([&] { go.open(); }); });
  EXPECT_EQ(loop.run_until(all()), "one, all ended");
}

TEST(TaskGroup, drains_when_the_last_task_has_ended_or_failed) {
  Loop loop([](const std::string&, const std::string&) {});
  TaskGroup group(loop);
  Signal go(loop);
  group.spawn("waits", [](Signal& s) -> Task<> { co_await s.wait(); }(go));
  group.spawn("fails", []() -> Task<> {
    throw std::runtime_error("x");
    co_return;
  }());
  loop.post([&] { go.notify(); });
  loop.run_until(group.drained());
  EXPECT_EQ(group.running(), 0U);
}

}  // namespace
}  // namespace rb::net
