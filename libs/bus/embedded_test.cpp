// What only the embedded bus promises; what both buses promise is tested in tests/integration.
#include "bus/embedded.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "db/open.hpp"
#include "db/testing.hpp"
#include "rb/bus/sql/embedded.sql.hpp"

namespace rb::bus {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr db::Query kCount{"count", "select count(*) as n from bus_message", "", {}};

class EmbeddedBus : public testing::Test {
 protected:
  void SetUp() override {
    auto pattern = (std::filesystem::temp_directory_path() / "bus-test-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    open();
  }
  void TearDown() override {
    if (bus_) stop();
    close();
    std::filesystem::remove_all(folder_);
  }

  void open() {
    db_ = wait(db::open(loop_, {.url = "sqlite:///" + folder_.string() + "/test.sqlite3"}));
    bus_ = embedded_bus(deps());
  }
  void close() {
    bus_.reset();
    wait(db_->close());
    db_.reset();
  }
  void stop() { wait(bus_->stop()); }
  Deps deps() {
    return {loop_, clock_, *db_, [](const std::string&, const std::string&) {}};
  }

  // A consumer that acknowledges and keeps the bodies.
  void consume(QueueSpec queue) {
    bus_->consume(std::move(queue), [this](Batch batch) -> Task<> {
      for (auto& delivery : batch) {
        got_.push_back(delivery->message().body + (delivery->redelivered() ? "*" : ""));
        delivery->ack();
      }
      changed_.notify();
      co_return;
    });
  }
  void publish(const std::string& key, std::vector<std::string> bodies) {
    wait(db_->transaction([&](db::Transaction& tx) -> Task<> {
      for (const auto& body : bodies) bus_->publish(tx, {.routing_key = key, .body = body});
      co_return;
    }));
  }
  void until_got(std::size_t count) {
    auto wait_for = [](EmbeddedBus& test, std::size_t n) -> Task<> {
      auto deadline = test.clock_.now() + 10s;
      while (test.got_.size() < n && co_await test.changed_.wait_until(test.clock_, deadline)) {
      }
    };
    wait(wait_for(*this, count));
    ASSERT_GE(got_.size(), count);
  }
  std::int64_t rows() { return wait(db_->read(kCount, {})).integer(0, "n"); }

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
  std::vector<std::string> got_;
  net::Signal changed_{loop_};
};

TEST_F(EmbeddedBus, keeps_messages_for_a_queue_whose_consumer_comes_with_the_next_start) {
  consume({.name = "q", .binding_keys = {"lesson.#"}});
  wait(bus_->start());
  stop();
  close();
  open();
  wait(bus_->start());
  publish("lesson.created", {"kept"});
  publish("payment.processed", {"unwanted"});
  EXPECT_EQ(rows(), 1);
  stop();
  close();
  open();
  consume({.name = "q", .binding_keys = {"lesson.#"}});
  wait(bus_->start());
  until_got(1);
  EXPECT_THAT(got_, ElementsAre("kept*"));
}

TEST_F(EmbeddedBus, forgets_binding_keys_that_the_consumer_no_longer_wants) {
  consume({.name = "q", .binding_keys = {"lesson.#", "payment.#"}});
  wait(bus_->start());
  stop();
  close();
  open();
  consume({.name = "q", .binding_keys = {"lesson.#"}});
  wait(bus_->start());
  publish("payment.processed", {"unwanted"});
  EXPECT_EQ(rows(), 0);
}

TEST_F(EmbeddedBus, deletes_acknowledged_messages_at_the_latest_when_it_stops) {
  consume({.name = "q", .binding_keys = {"#"}});
  wait(bus_->start());
  publish("a", {"1", "2", "3"});
  until_got(3);
  stop();
  EXPECT_EQ(rows(), 0);
}

TEST_F(EmbeddedBus, hands_over_more_than_it_keeps_in_memory_in_order) {
  consume({.name = "q", .binding_keys = {"#"}, .prefetch = 50, .max_batch = 7});
  wait(bus_->start());
  std::vector<std::string> bodies;
  for (int i = 0; i < 3000; ++i) bodies.push_back(std::to_string(i));
  publish("a", bodies);
  until_got(3000);
  EXPECT_EQ(got_, bodies);
}

TEST_F(EmbeddedBus, refuses_a_file_that_another_bus_works_on) {
  wait(bus_->start());
  auto second = embedded_bus(deps());
  try {
    wait(second->start());
    FAIL() << "started";
  } catch (const Broken& e) {
    EXPECT_THAT(e.what(), HasSubstr("process " + std::to_string(getpid())));
  }
  stop();
  wait(second->start());
  wait(second->stop());
}

TEST_F(EmbeddedBus, has_statements_that_the_database_understands) {
  wait(migrate_embedded(*db_, clock_));
  EXPECT_THAT(wait(db::refused(*db_, sql::embedded_queries)), IsEmpty());
}

TEST_F(EmbeddedBus, wakes_listeners_of_the_topic_at_once) {
  int woken = 0;
  bus_->on_wake("delivery", [&] { ++woken; });
  bus_->wake("delivery");
  bus_->wake("other");
  EXPECT_EQ(woken, 1);
}

}  // namespace
}  // namespace rb::bus
