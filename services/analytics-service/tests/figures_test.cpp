// Folds and figures agree with the plain recomputation, whatever happened.
#include <gtest/gtest.h>

#include "domain/entity.hpp"
#include "domain/fold.hpp"
#include "domain/order.hpp"
#include "json/json.hpp"
#include "tests/histories.hpp"
#include "tests/recompute.hpp"

namespace rb::analytics {
namespace {

struct Facts {
  std::vector<Lesson> lessons;
  std::vector<Payment> payments;
  std::vector<Homework> homework;
  std::vector<Access> accesses;
  std::vector<Login> logins;
  std::vector<Person> people;
};

template <class Fact>
void put(std::vector<Fact>& facts, std::optional<Fact> fact) {
  if (fact) facts.push_back(std::move(*fact));
}

Facts facts_of(std::vector<events::Event> events) {
  put_in_order(events);
  auto same = [](const auto& a, const auto& b) { return a.source == b.source && a.id == b.id; };
  auto twice = std::ranges::unique(events, same);
  events.erase(twice.begin(), twice.end());
  std::map<Entity, std::vector<events::Event>> things;
  for (auto& event : events)
    if (auto entity = entity_of(event)) things[*entity].push_back(std::move(event));
  Facts out;
  for (const auto& [entity, told] : things) switch (entity.kind) {
      case EntityKind::lesson:
        put(out.lessons, fold_lesson(told));
        break;
      case EntityKind::payment:
        put(out.payments, fold_payment(told));
        break;
      case EntityKind::homework:
        put(out.homework, fold_homework(told));
        break;
      case EntityKind::access:
        put(out.accesses, fold_access(told));
        break;
      case EntityKind::login:
        put(out.logins, fold_login(told));
        break;
      case EntityKind::person:
        put(out.people, fold_person(told));
        break;
    }
  return out;
}

Answers answer(const Facts& facts, const Question& asked) {
  Scope scope(asked);
  auto active = activities_in(facts.lessons, facts.homework, facts.payments, facts.accesses, facts.logins);
  auto lessons = tally(facts.lessons, scope);
  auto payments = tally(facts.payments, scope);
  auto homework = tally(facts.homework, scope);
  auto materials = tally(facts.accesses, scope);
  auto earnings = tally_earnings(facts.lessons, facts.payments, scope);
  return {
      .lessons = lesson_figures(lessons),
      .completion_trends = completion_trends(lessons.days, scope.days),
      .subject_performance = subject_performance(lessons.subjects),
      .student_progress = student_progress(tally_progress(facts.lessons, facts.homework, scope), scope.days),
      .payments = payment_figures(payments, asked),
      .revenue_trends = revenue_trends(payments, scope),
      .tutor_earnings = tutor_earnings(earnings, chosen_currency(payments, asked)),
      .balances = balances(tally_balances(facts.lessons, facts.payments, asked), asked, kLowLessons),
      .homework = homework_figures(homework.total),
      .homework_trends = homework_trends(homework, scope.days),
      .homework_by_subject = homework_by_subject(homework),
      .materials = material_figures(materials),
      .popular_materials = popular_materials(accesses_by_material(facts.accesses, scope),
                                             material_titles(facts.accesses, scope), kPopular),
      .materials_by_subject = materials_by_subject(materials.subjects),
      .material_trends = material_trends(materials.days, scope.days),
      .users = user_figures(active, facts.people, facts.logins, scope),
  };
}

// The members that differ, as JSON: fast, then plain.
std::string difference(const Answers& fast, const Answers& plain) {
  auto a = json::write(fast).as_object(), b = json::write(plain).as_object();
  std::string out;
  for (const auto& [name, value] : a)
    if (value != b.at(name))
      out += std::string(name) + "\n  " + json::to_text(value) + "\n  " + json::to_text(b.at(name)) + "\n";
  return out;
}

std::string told(const std::vector<events::Event>& history) {
  std::string out;
  for (const auto& event : history) out += to_cloudevent(event) + "\n";
  return out;
}

TEST(Figures, agree_with_the_plain_recomputation_of_any_history) {
  EXPECT_TRUE(rc::check([] {
    auto history = *histories();
    auto asked = *questions();
    auto differ = difference(answer(facts_of(history), asked), recompute(history, asked));
    if (!differ.empty())
      RC_FAIL(differ + "asked: " + iso_date(asked.first) + ".." + iso_date(asked.last) + " " +
              std::string(asked.zone.name()) + "\n" + told(history));
  }));
}

TEST(Figures, do_not_depend_on_the_order_of_arrival) {
  EXPECT_TRUE(rc::check([] {
    auto history = *histories();
    auto asked = *questions();
    auto first = answer(facts_of(history), asked);
    std::ranges::reverse(history);
    RC_ASSERT(difference(answer(facts_of(history), asked), first) == "");
  }));
}

}  // namespace
}  // namespace rb::analytics
