// Stopping channels, limits that instances share, and who comes first.
#include <gmock/gmock.h>

#include <utility>

#include "faulty_database.hpp"
#include "school.hpp"
#include "store/channels.hpp"
#include "store/counters.hpp"
#include "store/messages.hpp"
#include "store/people.hpp"
#include "store/story.hpp"

namespace rb::notification {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

class LimitsOfDelivery : public School {
 protected:
  // As the API does, without HTTP; or as another instance does.
  void pause_telegram(std::optional<Time> until = std::nullopt, bool here = true) {
    run(save_pause(*backends_.database, Channel::telegram, {clock_.now(), "9", "the test wants it", until}));
    if (here) service_->runtime().pauses = run(load_pauses(reading(*backends_.database)));
  }
  void resume_telegram() {
    run(remove_pause(*backends_.database, Channel::telegram));
    service_->runtime().pauses = run(load_pauses(reading(*backends_.database)));
  }
  void homework(int number) {
    happens("homework.assigned", R"("student_id":2,"homework_id":)" + std::to_string(number) +
                                     R"(,"description":"задача )" + std::to_string(number) + "\"");
  }
  void add_students(int number) {
    Directory directory;
    std::vector<std::string> ids;
    for (int i = 100; i < 100 + number; ++i) {
      Person student{.id = std::to_string(i), .roles = {Audience::student}};
      student.addresses = {{Channel::telegram, std::to_string(chat_of(i)), false, ""}};
      ids.push_back(student.id);
      directory.add(std::move(student));
    }
    run(backends_.database->transaction([&](db::Transaction& tx) -> Task<> {
      save_people(tx, directory, ids, clock_.now());
      co_return;
    }));
  }
  std::int64_t count(const std::string& status) {
    for (const auto& size : run(queue_sizes(reading(*backends_.database))))
      if (size.status == status) return size.amount;
    return 0;
  }
  std::vector<std::string> states(const std::string& user) {
    std::vector<std::string> out;
    for (const auto& m : messages_of_user(user))
      if (m.type == "homework.assigned") out.push_back(m.status);
    return out;
  }
};

TEST_P(LimitsOfDelivery, a_paused_channel_keeps_what_it_should_send_in_order) {
  pause_telegram();
  homework(1);
  homework(2);
  settle();
  EXPECT_THAT(states("2"), ElementsAre("pending", "pending"));
  wait_for_status("4", "delivered");  // mail goes on
  EXPECT_TRUE(bot_->messages().empty());
  resume_telegram();
  settle();
  auto came = texts(chat_of(2));
  ASSERT_EQ(came.size(), 2U);
  EXPECT_THAT(came[0], testing::HasSubstr("задача 1"));
  EXPECT_THAT(came[1], testing::HasSubstr("задача 2"));
}

TEST_P(LimitsOfDelivery, a_pause_outlives_a_restart_and_ends_by_itself) {
  pause_telegram(clock_.now() + 1h);
  restart();
  homework(1);
  settle();
  EXPECT_THAT(states("2"), ElementsAre("pending"));
  advance(1h);
  wait_for_status("2", "delivered");
}

TEST_P(LimitsOfDelivery, a_new_message_queues_behind_older_ones) {
  pause_telegram();
  homework(1);
  settle();
  resume_telegram();  // nobody has looked yet: there are free hands, and one who waits
  homework(2);
  settle();
  auto came = texts(chat_of(2));
  ASSERT_EQ(came.size(), 2U);
  EXPECT_THAT(came[0], testing::HasSubstr("задача 1"));
}

TEST_P(LimitsOfDelivery, no_more_messages_are_leased_than_may_be_sent_now) {
  add_students(70);
  clock_.advance(2s);  // the welcomes before have given their places back
  bot_->set({{"latency_ms", 3000}});
  happens("system.notification", R"("role":"student","message":"Завтра школа закрыта")");
  EXPECT_EQ(count("sending"), 30);
  EXPECT_EQ(count("pending"), 41);
  bot_->set({{"latency_ms", 0}});
  until(
      [&] {
        clock_.advance(500ms);
        return bot_->messages().size() == 71;
      },
      "all have come");
}

class LimitsOverFailures : public LimitsOfDelivery {
 protected:
  db::Database& database() override {
    faulty_ = std::make_unique<FaultyDatabase>(*backends_.database);
    return *faulty_;
  }
  std::unique_ptr<FaultyDatabase> faulty_;
};

TEST_P(LimitsOverFailures, messages_that_were_claimed_in_vain_take_nobodys_place) {
  add_students(70);
  pause_telegram();
  happens("system.notification", R"("role":"student","message":"Завтра школа закрыта")");
  bool refused = false;
  faulty_->before = [&](std::string_view statement) {
    if (statement == "people_by_ids" && !std::exchange(refused, true))
      throw Unavailable("the test wants it so");
  };
  resume_telegram();
  until(
      [&] {
        clock_.advance(500ms);
        return bot_->messages().size() == 71;
      },
      "all have come");
  EXPECT_TRUE(refused);
  faulty_->before = [](std::string_view) {};
}

TEST_P(LimitsOverFailures, a_message_whose_lease_is_about_to_end_is_left_to_its_next_worker) {
  Preferences wish;
  wish.timing["*"].min_interval_minutes = 1;
  run(backends_.database->transaction([&](db::Transaction& tx) -> Task<> {
    save_preferences(tx, "2", wish, clock_.now());
    co_return;
  }));
  bool slow = false;
  faulty_->before = [&](std::string_view statement) {
    if (statement == "renew_leases" && slow) throw Unavailable("the test wants it so");
    if (statement == "last_of_types" && !std::exchange(slow, true)) clock_.advance(25s);  // of 30
  };
  homework(1);
  until([&] { return slow; }, "it is looked at");
  settle();
  EXPECT_TRUE(texts(chat_of(2)).empty());
  faulty_->before = [](std::string_view) {};
  auto came = [&] {
    clock_.advance(500ms);
    return texts(chat_of(2)).size() == 1;
  };
  until(came, "it comes");
  auto attempts = run(attempts_of(reading(*backends_.database), messages_of_user("2").front().id));
  EXPECT_EQ(attempts.front().outcome, "interrupted");
}

using LimitsOfInstances = LimitsOfDelivery;  // several on one database

TEST_P(LimitsOfInstances, a_pause_of_another_instance_is_known_without_being_told) {
  pause_telegram(std::nullopt, false);
  auto seen = [&] {
    advance(100ms);
    return service_->runtime().pause(Channel::telegram, clock_.now()) != nullptr;
  };
  until(seen, "it is seen");
  homework(1);
  settle();
  EXPECT_THAT(states("2"), ElementsAre("pending"));
}

INSTANTIATE_TEST_SUITE_P(Backends, LimitsOfDelivery, testing::Values("embedded", "distributed"),
                         [](const auto& info) { return info.param; });
INSTANTIATE_TEST_SUITE_P(Backends, LimitsOverFailures, testing::Values("embedded", "distributed"),
                         [](const auto& info) { return info.param; });
INSTANTIATE_TEST_SUITE_P(Backends, LimitsOfInstances, testing::Values("distributed"),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace rb::notification
