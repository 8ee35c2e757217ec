#include "service/consumer.hpp"

#include <gmock/gmock.h>

#include "testkit/databases.hpp"

namespace rb::service {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr auto kTable = R"(create table t_dead_letters (
    id text primary key, queue text not null, reason text not null, routing_key text not null,
    message_id text not null, headers text not null, body text not null, received_at bigint not null))";

// A delivery that writes its verdict down.
class Told final : public bus::Delivery {
 public:
  Told(bus::Message message, std::string& verdicts) : verdicts_(verdicts) { message_ = std::move(message); }
  void ack() override { verdicts_ += 'a'; }
  void dead(std::string) override { verdicts_ += 'd'; }
  void requeue() override { verdicts_ += 'r'; }

 private:
  std::string& verdicts_;
};

class Consumer : public testkit::DatabaseTest {
 protected:
  void SetUp() override {
    testkit::DatabaseTest::SetUp();
    wait(db_->script(kTable));
    consumer_.emplace(EventConsumer::Deps{"q", Zone::utc(), clock_, *db_, tables_, metrics_},
                      [this](std::vector<events::Event> events) { return work(std::move(events)); });
  }

  static bus::Message cancelled(const std::string& lesson) {
    return {.routing_key = "lesson.cancelled",
            .body = R"({"lesson_id":")" + lesson + R"("})",
            .message_id = lesson};
  }

  // The verdicts about these messages, in their order.
  std::string consume(std::vector<bus::Message> messages) {
    std::string verdicts;
    bus::Batch batch;
    for (auto& message : messages) batch.push_back(std::make_unique<Told>(std::move(message), verdicts));
    wait(consumer_->consume(std::move(batch)));
    return verdicts;
  }

  std::vector<DeadLetter> letters() {
    return wait(dead_letters(db::reading(*db_), tables_, std::nullopt, 10));
  }

  Task<std::vector<bool>> work(std::vector<events::Event> events) {
    for (const auto& event : events)
      if (event.text("lesson_id") == poison_) throw std::runtime_error("cannot work on it");
    if (away_) throw Unavailable("the database is away");
    for (const auto& event : events) done_.push_back(event.text("lesson_id"));
    co_return std::vector<bool>(events.size(), true);
  }

  SystemClock clock_;
  Tables tables_{"t"};
  metrics::Registry registry_;
  metrics::EventMetrics metrics_{registry_, "test"};
  std::vector<std::string> done_;
  std::string poison_ = "none";
  bool away_ = false;
  std::optional<EventConsumer> consumer_;
};

TEST_P(Consumer, buries_only_the_event_that_cannot_be_worked_on) {
  poison_ = "2";
  EXPECT_EQ(consume({cancelled("1"), cancelled("2"), cancelled("3")}), "ada");
  EXPECT_THAT(done_, ElementsAre("1", "3"));
  ASSERT_EQ(letters().size(), 1U);
  EXPECT_EQ(letters()[0].reason, "could not be worked on: cannot work on it");
}

TEST_P(Consumer, gives_the_batch_back_while_the_database_is_away) {
  away_ = true;
  EXPECT_THROW(consume({cancelled("1")}), Unavailable);
  EXPECT_TRUE(letters().empty());
}

TEST_P(Consumer, takes_an_event_that_comes_twice_in_a_batch_once) {
  EXPECT_EQ(consume({cancelled("1"), cancelled("1")}), "aa");
  EXPECT_THAT(done_, ElementsAre("1"));
}

TEST_P(Consumer, is_not_held_up_by_bytes_that_no_database_can_keep) {
  auto broken = cancelled("1");
  broken.body = std::string("{\"lesson_id\":\"\xD0\0\"}", 18);
  broken.message_id = "m\xFF";
  broken.headers = {{"x", "\xFF"}};
  EXPECT_EQ(consume({broken, cancelled("2")}), "da");
  ASSERT_EQ(letters().size(), 1U);
  EXPECT_THAT(letters()[0].reason, HasSubstr("not valid JSON"));
  EXPECT_EQ(letters()[0].message.body, R"({"lesson_id":"??"})");
  EXPECT_EQ(letters()[0].message.message_id, "m?");
}

INSTANTIATE_TEST_SUITE_P(Databases, Consumer, testing::Values("sqlite", "postgres"),
                         [](const auto& p) { return p.param; });

}  // namespace
}  // namespace rb::service
