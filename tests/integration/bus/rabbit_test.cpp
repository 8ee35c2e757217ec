// What holds for RabbitMQ only.
#include "bus/outbox.hpp"
#include "bus_fixture.hpp"
#include "management.hpp"
#include "testkit/servers.hpp"

namespace rb::bus {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class RabbitMq : public BusFixture {
 protected:
  RabbitSettings settings() const { return broker_.settings(); }

  std::unique_ptr<EventBus> bus_with(Log& log, RabbitSettings settings) {
    auto bus = new_rabbit_bus(std::move(settings));
    bus->consume({.name = "q", .binding_keys = {"lesson.#"}}, acknowledge_into(log));
    return bus;
  }
  Running start_with(Log& log, RabbitSettings settings) { return start(bus_with(log, std::move(settings))); }

  // What start() throws.
  std::string refusal(RabbitSettings settings) {
    Log log;
    auto bus = bus_with(log, std::move(settings));
    try {
      wait(bus->start());
    } catch (const Broken& e) {
      return e.what();
    }
    wait(bus->stop());
    return "";
  }
  std::string problem(RabbitSettings settings) {
    Log log;
    auto running = start_with(log, std::move(settings));
    EXPECT_FALSE(bus_->state().connected);
    return bus_->state().problem;
  }

  Management broker_{testkit::fresh_rabbitmq()};
};

TEST_F(RabbitMq, gets_durable_quorum_queues_and_short_wake_up_queues) {
  Log got;
  auto bus = bus_with(got, settings());
  bus->on_wake("q.delivery", [] {});
  auto running = start(std::move(bus));
  for (const auto* name : {"q", "q.dead", "q.delivery"}) {
    auto queue = broker_.queue(name);
    EXPECT_EQ(queue.at("type"), "quorum") << name;
    EXPECT_EQ(queue.at("durable"), true) << name;
  }
  EXPECT_EQ(broker_.queue("q.delivery").at("arguments").at("x-max-length"), 100);
}

TEST_F(RabbitMq, brings_what_others_publish_to_our_exchange_and_to_legacy_exchanges) {
  auto with_legacy = settings();
  with_legacy.legacy_exchanges = {"events", "analytics"};
  Log got;
  auto running = start_with(got, with_legacy);
  EXPECT_THAT(bus_->state().warnings, IsEmpty());
  broker_.publish("repitbot.events", "lesson.created", "canonical");
  broker_.publish("events", "lesson.file.uploaded", "legacy");
  broker_.publish("analytics", "lesson", "one word");
  broker_.publish("events", "payment.processed", "not bound");
  until([&] { return got.size() == 3; });
  EXPECT_THAT(got, testing::UnorderedElementsAre("canonical", "legacy", "one word"));
}

TEST_F(RabbitMq, uses_a_legacy_exchange_of_another_kind_as_it_is_with_a_warning) {
  broker_.declare_exchange("events", {{"type", "fanout"}, {"durable", false}});
  auto with_legacy = settings();
  with_legacy.legacy_exchanges = {"events", "analytics"};
  Log got;
  auto running = start_with(got, with_legacy);
  EXPECT_THAT(bus_->state().warnings, ElementsAre(HasSubstr("exchange events of LEGACY_EXCHANGES")));
  broker_.publish("events", "whatever", "fanned out");
  broker_.publish("analytics", "lesson.created", "bound");
  until([&] { return got.size() == 2; });
}

TEST_F(RabbitMq, stops_the_start_when_a_queue_of_ours_exists_otherwise_and_says_the_cure) {
  broker_.declare_queue("q", {{"durable", true}});
  auto said = refusal(settings());
  EXPECT_THAT(said, HasSubstr("rabbitmqctl -p " + settings().vhost + " delete_queue q --if-empty"));
  EXPECT_THAT(said, HasSubstr("x-queue-type"));
  broker_.delete_queue("q");
  EXPECT_EQ(refusal(settings()), "");
}

TEST_F(RabbitMq, stops_the_start_when_our_exchange_exists_otherwise) {
  broker_.declare_exchange("repitbot.events", {{"type", "direct"}, {"durable", true}});
  EXPECT_THAT(refusal(settings()), HasSubstr("rabbit_exchange:delete"));
}

TEST_F(RabbitMq, says_in_one_sentence_why_it_cannot_log_in) {
  auto wrong = settings();
  wrong.password = "guess";
  EXPECT_THAT(problem(wrong), HasSubstr("refuses user «" + wrong.user + "»: wrong name or password"));
  wrong = settings();
  wrong.vhost = "nowhere";
  EXPECT_THAT(problem(wrong), HasSubstr("has no virtual host «nowhere»"));
  wrong = settings();
  wrong.port = 1;
  EXPECT_EQ(problem(wrong), "RabbitMQ at 127.0.0.1:1 does not answer: nothing listens there");
}

TEST_F(RabbitMq, holds_dead_letters_where_others_see_them) {
  {
    auto bus = new_rabbit_bus(settings());
    bus->consume({.name = "q", .binding_keys = {"#"}}, [](Batch batch) -> Task<> {
      for (auto& delivery : batch) delivery->dead("no id");
      co_return;
    });
    auto running = start(std::move(bus));
    broker_.publish("repitbot.events", "lesson.created", "poison");
    boost::json::array dead;
    until([&] { return !(dead = broker_.take("q.dead")).empty(); });
    EXPECT_EQ(dead[0].at("payload"), "poison");
    EXPECT_EQ(dead[0].at("properties").at("headers").at("x-reason"), "no id");
  }
  Log got;
  auto again = start_with(got, settings());
  publish(*bus_, numbered(1, 2));
  until([&] { return !got.empty(); });
  EXPECT_THAT(got, ElementsAre("1"));
}

TEST_F(RabbitMq, lets_two_instances_relay_one_outbox_without_losing_anything) {
  Log got, other_got;
  auto other = bus_with(other_got, settings());
  auto running = start_with(got, settings());
  wait(other->start());
  for (int i = 0; i < 300; i += 10) publish(i % 20 == 0 ? *bus_ : *other, numbered(i, i + 10));
  until([&] { return got.size() + other_got.size() >= 300; });
  wait(other->stop());
  std::ranges::move(other_got, std::back_inserter(got));
  EXPECT_THAT(got, testing::UnorderedElementsAreArray(numbers(0, 300)));
}

TEST_F(RabbitMq, publishes_what_an_instance_left_behind_when_its_lease_is_over) {
  ManualClock clock(Time(1h));
  Deps manual{loop_, clock, *db_, [](const std::string&, const std::string&) {}};
  auto dead = rabbit_bus(manual, settings(), "test");
  auto alive = rabbit_bus(manual, settings(), "test");
  Log got;
  alive->consume({.name = "q", .binding_keys = {"#"}}, acknowledge_into(got));
  auto running = start(std::move(alive));
  publish(*dead, numbered(0, 3));
  clock.advance(manual.outbox_lease + 1s);
  until([&] { return got.size() == 3; });
}

TEST_F(RabbitMq, is_done_with_messages_that_no_queue_wants) {
  Log got;
  auto running = start_with(got, settings());
  publish(*bus_, {{.routing_key = "notification.sent", .body = "for nobody"}});
  publish(*bus_, numbered(0, 1));
  until([&] { return got.size() == 1 && bus_->state().unpublished == 0; });
}

TEST_F(RabbitMq, declares_a_queue_anew_that_somebody_deleted) {
  Log got;
  auto running = start_with(got, settings());
  broker_.delete_queue("q");
  publish(*bus_, numbered(0, 5));
  until([&] { return got.size() == 5; });
  EXPECT_THAT(errors_, testing::Not(IsEmpty()));
}

TEST_F(RabbitMq, passes_wake_ups_to_other_instances_but_few_of_many) {
  int here = 0, there = 0;
  auto first = new_rabbit_bus(settings()), second = new_rabbit_bus(settings());
  first->on_wake("q.delivery", [&] { ++here; });
  second->on_wake("q.delivery", [&] { ++there; });
  auto running = start(std::move(first));
  wait(second->start());
  until([&] {
    bus_->wake("q.delivery");
    return there > 0;
  });
  EXPECT_GT(here, there);
  wait(second->stop());
}

}  // namespace
}  // namespace rb::bus
