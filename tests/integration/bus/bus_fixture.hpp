#pragma once
// A database, buses on it and a consumer that writes down what it gets.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "bus/embedded.hpp"
#include "bus/rabbit.hpp"
#include "db/open.hpp"

namespace rb::bus {

class BusFixture : public testing::Test {
 protected:
  void SetUp() override;
  void TearDown() override;

  std::unique_ptr<EventBus> new_rabbit_bus(RabbitSettings settings);
  Deps deps();

  // Stops and destroys bus_ before the locals die that its consumers write to.
  struct [[nodiscard]] Running {
    explicit Running(BusFixture& f) : fixture(f) {}
    ~Running() { fixture.stop(); }
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;
    BusFixture& fixture;
  };
  Running start(std::unique_ptr<EventBus> bus);  // it becomes bus_
  void stop();

  // What one consumer got: bodies, with `*` behind those that had been handed out before.
  using Log = std::vector<std::string>;
  static Consumer acknowledge_into(Log& log);

  void publish(EventBus& bus, std::vector<Message> messages);
  static std::vector<Message> numbered(int from, int to, const std::string& key = "lesson.created");
  static Log numbers(int from, int to);

  // Fails the test when `condition` does not come true in time.
  void until(const std::function<bool()>& condition,
             std::chrono::seconds patience = std::chrono::seconds(20));

  template <class T>
  T wait(Task<T> task) {
    return loop_.run_until(std::move(task));
  }

  net::Loop loop_{
      [](const std::string& task, const std::string& what) { ADD_FAILURE() << task << ": " << what; }};
  SystemClock clock_;
  std::filesystem::path folder_;
  std::unique_ptr<db::Database> db_;
  std::unique_ptr<EventBus> bus_;
  std::vector<std::string> errors_;  // what the buses reported
};

}  // namespace rb::bus
