// What only the embedded bus promises.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bus_fixture.hpp"
#include "db/testing.hpp"
#include "rb/bus/sql/embedded.sql.hpp"

namespace rb::bus {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr db::Query kCount{"count", "select count(*) as n from bus_message", "", {}};

class EmbeddedBus : public BusFixture {
 protected:
  Running start_with(QueueSpec queue, Log& log) {
    auto bus = embedded_bus(deps());
    bus->consume(std::move(queue), acknowledge_into(log));
    return start(std::move(bus));
  }
  std::int64_t rows() { return wait(db_->read(kCount, {})).integer(0, "n"); }
};

TEST_F(EmbeddedBus, keeps_messages_for_a_queue_whose_consumer_comes_with_the_next_start) {
  Log got;
  {
    auto first = start_with({.name = "q", .binding_keys = {"lesson.#"}}, got);
  }
  {
    auto without_consumer = start(embedded_bus(deps()));
    publish(*bus_, {{.routing_key = "lesson.created", .body = "kept"},
                    {.routing_key = "payment.processed", .body = "unwanted"}});
    EXPECT_EQ(rows(), 1);
  }
  auto again = start_with({.name = "q", .binding_keys = {"lesson.#"}}, got);
  until([&] { return !got.empty(); });
  EXPECT_THAT(got, ElementsAre("kept*"));
}

TEST_F(EmbeddedBus, forgets_binding_keys_that_the_consumer_no_longer_wants) {
  Log got;
  {
    auto first = start_with({.name = "q", .binding_keys = {"lesson.#", "payment.#"}}, got);
  }
  auto again = start_with({.name = "q", .binding_keys = {"lesson.#"}}, got);
  publish(*bus_, {{.routing_key = "payment.processed", .body = "unwanted"}});
  EXPECT_EQ(rows(), 0);
}

TEST_F(EmbeddedBus, deletes_acknowledged_messages_at_the_latest_when_it_stops) {
  Log got;
  auto running = start_with({.name = "q", .binding_keys = {"#"}}, got);
  publish(*bus_, numbered(0, 3));
  until([&] { return got.size() == 3; });
  stop();
  EXPECT_EQ(rows(), 0);
}

TEST_F(EmbeddedBus, hands_over_more_than_it_keeps_in_memory_in_order) {
  Log got;
  auto running = start_with({.name = "q", .binding_keys = {"#"}, .prefetch = 50, .max_batch = 7}, got);
  publish(*bus_, numbered(0, 3000));
  until([&] { return got.size() == 3000; });
  EXPECT_EQ(got, numbers(0, 3000));
}

TEST_F(EmbeddedBus, refuses_a_file_that_another_bus_works_on) {
  auto second = embedded_bus(deps());
  {
    auto running = start(embedded_bus(deps()));
    try {
      wait(second->start());
      FAIL() << "started";
    } catch (const Broken& e) {
      EXPECT_THAT(e.what(), HasSubstr("process " + std::to_string(getpid())));
    }
  }
  auto running = start(std::move(second));
  EXPECT_TRUE(bus_->state().connected);
}

TEST_F(EmbeddedBus, has_statements_that_the_database_understands) {
  wait(migrate_embedded(*db_, clock_));
  EXPECT_THAT(wait(db::refused(*db_, sql::embedded_queries)), IsEmpty());
}

}  // namespace
}  // namespace rb::bus
