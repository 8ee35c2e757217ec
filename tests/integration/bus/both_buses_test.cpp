// What every bus promises, over the embedded one and over a real RabbitMQ.
#include <algorithm>

#include "bus_fixture.hpp"
#include "testkit/servers.hpp"

namespace rb::bus {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Pair;
using testing::UnorderedElementsAre;

class EveryBus : public BusFixture, public testing::WithParamInterface<std::string> {
 protected:
  std::unique_ptr<EventBus> new_bus() {
    if (GetParam() == "embedded") return embedded_bus(deps());
    if (url_.empty()) url_ = testkit::fresh_rabbitmq_url();
    return new_rabbit_bus(with_url({}, url_).value());
  }

  // A bus with one consumer of queue q, which is bound to everything.
  Running start_with(Consumer consumer, int prefetch = 200, int max_batch = 100) {
    auto bus = new_bus();
    bus->consume({.name = "q", .binding_keys = {"#"}, .prefetch = prefetch, .max_batch = max_batch},
                 std::move(consumer));
    return start(std::move(bus));
  }
  Running start_again_with(Consumer consumer) {
    stop();
    return start_with(std::move(consumer));
  }

  std::string url_;
};

TEST_P(EveryBus, carries_a_message_into_every_queue_that_is_bound_for_it) {
  Log lessons, money, all;
  auto bus = new_bus();
  bus->consume({.name = "lessons", .binding_keys = {"lesson.#"}}, acknowledge_into(lessons));
  bus->consume({.name = "money", .binding_keys = {"payment.#", "payment.*"}}, acknowledge_into(money));
  bus->consume({.name = "all", .binding_keys = {"#"}}, acknowledge_into(all));
  auto running = start(std::move(bus));
  publish(*bus_, {{.routing_key = "lesson.created", .body = "lesson"},
                  {.routing_key = "payment.processed", .body = "payment"},
                  {.routing_key = "payment.balance.updated", .body = "three words"},
                  {.routing_key = "user.login", .body = "user"}});
  until([&] { return all.size() == 4 && money.size() == 2 && lessons.size() == 1; });
  EXPECT_THAT(lessons, ElementsAre("lesson"));
  EXPECT_THAT(money, ElementsAre("payment", "three words"));
  EXPECT_THAT(all, ElementsAre("lesson", "payment", "three words", "user"));
}

TEST_P(EveryBus, keeps_everything_a_message_says) {
  std::vector<Message> got;
  auto running = start_with([&](Batch batch) -> Task<> {
    for (auto& delivery : batch) {
      got.push_back(delivery->message());
      delivery->ack();
    }
    co_return;
  });
  Message sent{.routing_key = "lesson.created",
               .body = "{\"subject\":\"Физика 😀\"}",
               .content_type = "application/cloudevents+json",
               .message_id = "id-1",
               .timestamp = 1767323045,
               .headers = {{"service", "уроки"}, {"version", "2"}}};
  publish(*bus_, {sent});
  until([&] { return got.size() == 1; });
  EXPECT_EQ(got[0].routing_key, sent.routing_key);
  EXPECT_EQ(got[0].body, sent.body);
  EXPECT_EQ(got[0].content_type, sent.content_type);
  EXPECT_EQ(got[0].message_id, sent.message_id);
  EXPECT_EQ(got[0].timestamp, sent.timestamp);
  EXPECT_EQ(got[0].headers, sent.headers);
}

TEST_P(EveryBus, publishes_nothing_of_a_transaction_that_is_rolled_back) {
  Log got;
  auto running = start_with(acknowledge_into(got));
  EXPECT_THROW(wait(db_->transaction([&](db::Transaction& tx) -> Task<> {
                 bus_->publish(tx, {.routing_key = "lesson.created", .body = "undone"});
                 throw std::runtime_error("changed my mind");
                 co_return;
               })),
               std::runtime_error);
  publish(*bus_, {{.routing_key = "lesson.created", .body = "done"}});
  until([&] { return !got.empty(); });
  EXPECT_THAT(got, ElementsAre("done"));
}

TEST_P(EveryBus, keeps_the_order_of_publishing_and_the_size_of_batches) {
  Log got;
  std::size_t largest = 0;
  bool busy = false, overlapped = false;
  auto running = start_with(
      [&](Batch batch) -> Task<> {
        overlapped |= std::exchange(busy, true);
        largest = std::max(largest, batch.size());
        co_await net::sleep_for(loop_, clock_, Micros(100));
        for (auto& delivery : batch) {
          got.push_back(delivery->message().body);
          delivery->ack();
        }
        busy = false;
      },
      200, 30);
  for (int i = 0; i < 1000; i += 250) publish(*bus_, numbered(i, i + 250));
  until([&] { return got.size() == 1000; });
  EXPECT_EQ(got, numbers(0, 1000));
  EXPECT_LE(largest, 30U);
  EXPECT_FALSE(overlapped);
}

TEST_P(EveryBus, hands_out_no_more_than_the_prefetch_before_verdicts_come) {
  Batch held;
  auto running = start_with(
      [&](Batch batch) -> Task<> {
        std::ranges::move(batch, std::back_inserter(held));
        co_return;
      },
      10, 4);
  publish(*bus_, numbered(0, 30));
  until([&] { return held.size() == 10; });
  held.front()->ack();
  held.erase(held.begin());
  until([&] { return held.size() == 10; });
  EXPECT_EQ(held.back()->message().body, "10");
}

TEST_P(EveryBus, gives_back_what_got_no_verdict) {
  Log got;
  auto running = start_with([&, first = true](Batch batch) mutable -> Task<> {
    for (auto& delivery : batch) {
      got.push_back(delivery->message().body + (delivery->redelivered() ? "*" : ""));
      if (!std::exchange(first, false)) delivery->ack();
    }
    co_return;
  });
  publish(*bus_, numbered(0, 1));
  until([&] { return got.size() == 2; });
  EXPECT_THAT(got, ElementsAre("0", "0*"));
}

TEST_P(EveryBus, delivers_a_requeued_message_again) {
  Log got;
  auto running = start_with([&](Batch batch) -> Task<> {
    for (auto& delivery : batch) {
      got.push_back(delivery->message().body + (delivery->redelivered() ? "*" : ""));
      got.size() == 1 ? delivery->requeue() : delivery->ack();
    }
    co_return;
  });
  publish(*bus_, numbered(0, 1));
  until([&] { return got.size() == 2; });
  EXPECT_THAT(got, ElementsAre("0", "0*"));
}

TEST_P(EveryBus, writes_dead_letters_with_reason_and_first_routing_key) {
  std::vector<Message> dead;
  auto bus = new_bus();
  bus->consume({.name = "q", .binding_keys = {"lesson.#"}}, [](Batch batch) -> Task<> {
    for (auto& delivery : batch) delivery->dead("поле time: \"\xff\" is not a time");
    co_return;
  });
  bus->consume({.name = "q.dead"}, [&](Batch batch) -> Task<> {
    for (auto& delivery : batch) {
      dead.push_back(delivery->message());
      delivery->ack();
    }
    co_return;
  });
  auto running = start(std::move(bus));
  publish(*bus_,
          {{.routing_key = "lesson.created", .body = "poison", .message_id = "m", .headers = {{"a", "b"}}}});
  until([&] { return dead.size() == 1; });
  EXPECT_EQ(dead[0].body, "poison");
  EXPECT_EQ(dead[0].message_id, "m");
  EXPECT_THAT(dead[0].headers, Contains(Pair("a", "b")));
  EXPECT_THAT(dead[0].headers, Contains(Pair("x-reason", testing::HasSubstr("is not a time"))));
  EXPECT_THAT(dead[0].headers, Contains(Pair("x-routing-key", "lesson.created")));
}

TEST_P(EveryBus, takes_a_batch_back_when_the_consumer_throws_and_goes_on_after_a_pause) {
  Log got;
  int failures = 0;
  Time failed_at, again_at;
  auto running = start_with([&](Batch batch) -> Task<> {
    if (++failures <= 2) {
      failed_at = clock_.now();
      throw Unavailable("the database is away");
    }
    if (got.empty()) again_at = clock_.now();
    for (auto& delivery : batch) {
      got.push_back(delivery->message().body);
      delivery->ack();
    }
    co_return;
  });
  publish(*bus_, numbered(0, 50));
  until([&] { return failures > 0; });
  EXPECT_THAT(bus_->state().problem, testing::HasSubstr("the database is away"));
  until([&] { return got.size() == 50; });
  EXPECT_THAT(errors_, ElementsAre("the database is away", "the database is away"));
  EXPECT_GE(again_at - failed_at, Micros(250'000));
  EXPECT_EQ(bus_->state().problem, "");
  std::ranges::sort(got);
  auto expected = numbers(0, 50);
  std::ranges::sort(expected);
  EXPECT_EQ(got, expected);
}

TEST_P(EveryBus, ends_stop_only_after_the_consumer_and_delivers_the_rest_at_the_next_start) {
  Log got;
  net::Signal may_end(loop_);
  bool entered = false, stopped = false;
  auto running = start_with([&](Batch batch) -> Task<> {
    entered = true;
    co_await may_end.wait();
    batch.front()->ack();
  });
  publish(*bus_, numbered(0, 3));
  until([&] { return entered; });
  loop_.spawn("stop", [](EventBus& bus, bool& done) -> Task<> {
    co_await bus.stop();
    done = true;
  }(*bus_, stopped));
  wait(net::sleep_for(loop_, clock_, Micros(1000)));
  EXPECT_FALSE(stopped);
  may_end.notify();
  until([&] { return stopped; });

  auto again = start_again_with(acknowledge_into(got));
  publish(*bus_, {{.routing_key = "a", .body = "last"}});
  until([&] { return got.size() >= 3; });
  EXPECT_THAT(got, UnorderedElementsAre("1*", "2*", "last"));  // what is given back may change places
}

TEST_P(EveryBus, keeps_messages_that_are_published_while_nobody_consumes) {
  Log got;
  {
    auto first = start_with(acknowledge_into(got));
  }
  auto running = start(new_bus());
  publish(*bus_, numbered(0, 20));
  until([&] { return bus_->state().unpublished == 0; });
  auto again = start_again_with(acknowledge_into(got));
  until([&] { return got.size() == 20; });
}

TEST_P(EveryBus, wakes_listeners) {
  int woken = 0;
  auto bus = new_bus();
  bus->on_wake("q.delivery", [&] { ++woken; });
  auto running = start(std::move(bus));
  bus_->wake("q.delivery");
  EXPECT_EQ(woken, 1);
}

INSTANTIATE_TEST_SUITE_P(Buses, EveryBus, testing::Values("embedded", "rabbitmq"),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace rb::bus
