#pragma once
// An analytics-service in this process: the same suite runs on SQLite with the embedded bus and on PostgreSQL
// with RabbitMQ. The clock stands still.
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <set>

#include "analytics-service/service.hpp"
#include "history.hpp"
#include "service/backends.hpp"
#include "testkit/process.hpp"

namespace rb::analytics {

class School : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override;
  void TearDown() override;

  bool embedded() const { return GetParam() == "embedded"; }

  void start();  // on the database and the broker of this test
  void stop();   // as SIGTERM would
  void restart() {
    stop();
    start();
  }

  // A program of ours, on the database and the broker of this test.
  std::unique_ptr<testkit::Process> program(std::vector<std::string> words,
                                            const testkit::Settings& settings = {});
  std::unique_ptr<testkit::Process> another();  // analytics-service as a program of its own, ready

  virtual void before_start() {}  // consumers of the test's own

  void publish(const std::vector<Told>& events);  // in one transaction
  // One event of the source /school, a minute after the last one.
  void happens(const std::string& id, const std::string& type, const std::string& data);
  void wait_for_events(std::size_t logged);  // until so many are in the log; a minute at most

  std::int64_t count(const std::string& sql);  // a statement with a column n
  std::set<std::string> logged();              // ids
  std::vector<std::string> differences();      // that verify() finds

  template <class T>
  T run(Task<T> task) {
    return loop_.run_until(std::move(task));
  }

  ManualClock clock_{Time(std::chrono::hours(24 * 365 * 57))};
  net::Loop loop_{
      [](const std::string& task, const std::string& what) { ADD_FAILURE() << task << ": " << what; }};
  std::map<std::string, std::string> environment_;
  std::unique_ptr<metrics::Registry> registry_;
  service::Backends backends_;
  std::unique_ptr<Service> service_;
  std::filesystem::path folder_;
  std::string another_port_;  // of the last one
  int told_ = 0;
};

}  // namespace rb::analytics
