#include "net/worker.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace rb::net {
namespace {

ErrorSink fail_test() {
  return [](const std::string& task, const std::string& what) { ADD_FAILURE() << task << ": " << what; };
}

TEST(Worker, brings_what_a_job_returns_back_to_the_loop) {
  Loop loop(fail_test());
  Worker worker(loop);
  auto here = std::this_thread::get_id();
  EXPECT_NE(loop.run_until(worker.run([] { return std::this_thread::get_id(); })), here);
  EXPECT_EQ(loop.run_until(worker.run([] { return std::make_unique<int>(7); })).operator*(), 7);
}

TEST(Worker, brings_what_a_job_throws_back_to_the_loop_and_goes_on) {
  Loop loop(fail_test());
  Worker worker(loop);
  EXPECT_THROW(loop.run_until(worker.run([] { throw std::runtime_error("x"); })), std::runtime_error);
  EXPECT_EQ(loop.run_until(worker.run([] { return 7; })), 7);
}

TEST(Worker, does_all_that_it_was_given_in_its_order_before_it_ends) {
  Loop loop(fail_test());
  std::string done;
  {
    Worker worker(loop);
    for (char c : {'a', 'b', 'c'}) worker.post([&done, c] { done += c; });
  }
  EXPECT_EQ(done, "abc");
}

}  // namespace
}  // namespace rb::net
