// Whatever the order and the size of the batches in which events come: the facts are those of all events in
// order.
#include <gmock/gmock.h>

#include <algorithm>
#include <random>

#include "analytics-service/tools.hpp"
#include "domain/entity.hpp"
#include "domain/fold.hpp"
#include "domain/order.hpp"
#include "school.hpp"
#include "store/all_facts.hpp"

namespace rb::analytics {
namespace {

class Facts : public School {
 protected:
  void SetUp() override {
    School::SetUp();
    random_.seed(static_cast<unsigned>(testing::UnitTest::GetInstance()->random_seed()) + 7);
  }

  // Some of them twice, in any order, in batches of any size, with a restart between.
  void tell(std::vector<Told> events) {
    auto all = events;
    std::ranges::shuffle(events, random_);
    events.resize(events.size() / 10);
    all.insert(all.end(), events.begin(), events.end());
    std::ranges::shuffle(all, random_);
    auto next = all.begin();
    for (bool restarted = false; next != all.end();) {
      auto size = std::uniform_int_distribution<std::ptrdiff_t>(1, 300)(random_);
      auto end = next + std::min(size, all.end() - next);
      publish({next, end});
      next = end;
      bool is_half_told = next - all.begin() > std::ssize(all) / 2;
      if (is_half_told && !std::exchange(restarted, true)) restart();
    }
  }

  template <class Fact>
  static void expect_folded(const std::vector<Told>& told, EntityKind kind,
                            std::optional<Fact> (*fold)(Events), const StoredById<Fact>& stored) {
    std::map<std::string, std::vector<events::Event>> histories;
    for (const auto& one : told) {
      auto event = understood(one);
      auto entity = entity_of(event);
      if (entity && entity->kind == kind) histories[entity->id].push_back(std::move(event));
    }
    std::size_t facts = 0;
    for (auto& [id, history] : histories) {
      put_in_order(history);
      auto folded = fold(history);
      facts += folded.has_value();
      auto found = stored.find(id);
      ASSERT_EQ(folded.has_value(), found != stored.end()) << id;
      if (folded) EXPECT_EQ(*folded, found->second.fact) << id;
    }
    EXPECT_EQ(facts, stored.size());
    EXPECT_GT(facts, 20U);
  }

  std::mt19937 random_;
};

TEST_P(Facts, are_those_of_all_events_in_order_however_they_come) {
  auto history = random_history(random_(), 3000);
  tell(history);
  wait_for_events(history.size());
  EXPECT_EQ(logged().size(), history.size());
  auto read = db::reading(*backends_.database);
  expect_folded<Lesson>(history, EntityKind::lesson, &fold_lesson, run(all_lessons(read)));
  expect_folded<Payment>(history, EntityKind::payment, &fold_payment, run(all_payments(read)));
  expect_folded<Homework>(history, EntityKind::homework, &fold_homework, run(all_homework(read)));
  expect_folded<Person>(history, EntityKind::person, &fold_person, run(all_people(read)));
  EXPECT_EQ(differences(), std::vector<std::string>{});
}

TEST_P(Facts, that_somebody_has_changed_by_hand_are_found) {
  happens("1", "lesson.created",
          R"("lesson_id":7,"tutor_id":1,"student_id":2,"scheduled_at":"2026-01-06T10:00:00Z")");
  happens("2", "user.login", R"("user_id":2)");
  happens("3", "payment.processed", R"("payment_id":9,"amount":100,"student_id":2)");
  happens("4", "user.registered", R"("user_id":2,"full_name":"Аня Ким")");
  wait_for_events(4);
  EXPECT_EQ(differences(), std::vector<std::string>{});
  run(
      backends_.database->script("update analytics_places set minutes = 61; delete from analytics_payments;"
                                 "update analytics_logins set user_id = '3'; delete from analytics_people"));
  auto found = differences();
  ASSERT_EQ(found.size(), 4U);
  EXPECT_EQ(found[1], "lesson:7: the events say something else");
  EXPECT_EQ(found[2], "payment:9: the fact is missing");
}

TEST_P(Facts, come_to_what_the_cells_say_or_it_is_told_and_they_can_be_counted_anew) {
  happens("1", "lesson.completed",
          R"("lesson_id":7,"tutor_id":1,"student_id":2,"completed_at":"2026-01-06T10:00:00Z")");
  happens("2", "user.login", R"("user_id":2)");
  wait_for_events(2);
  run(backends_.database->script("update analytics_cells set counters = '' where quarter = 40"));
  auto found = differences();
  EXPECT_THAT(found, testing::Contains(testing::StartsWith("cell ")));
  run(rebuild(*backends_.database));
  EXPECT_EQ(differences(), std::vector<std::string>{});
}

TEST_P(Facts, of_another_programs_rules_are_made_anew_at_the_start) {
  happens("1", "payment.processed", R"("payment_id":9,"amount":100,"student_id":2)");
  happens("2", "user.login", R"("user_id":2)");
  wait_for_events(2);
  run(
      backends_.database->script("update analytics_ingest set counting = counting - 1;"
                                 "delete from analytics_cells; update analytics_payments set processed = 1"));
  restart();
  EXPECT_EQ(count("select processed as n from analytics_payments"), 10000);
  EXPECT_EQ(differences(), std::vector<std::string>{});
}

TEST_P(Facts, of_an_event_that_comes_again_later_stay_as_they_are) {
  happens("1", "payment.processed", R"("payment_id":9,"amount":100,"student_id":2)");
  wait_for_events(1);
  auto before = count("select version as n from analytics_versions where scope = 'student'");
  happens("1", "payment.processed", R"("payment_id":9,"amount":500,"student_id":2)");
  happens("2", "user.login", R"("user_id":2)");
  wait_for_events(2);
  EXPECT_EQ(count("select processed as n from analytics_payments"), 10000);
  EXPECT_EQ(count("select version as n from analytics_versions where scope = 'student'"), before);
}

INSTANTIATE_TEST_SUITE_P(Backends, Facts, testing::Values("embedded", "distributed"),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace rb::analytics
