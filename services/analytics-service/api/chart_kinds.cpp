#include "api/chart_kinds.hpp"

#include "api/money.hpp"
#include "query/facts_for.hpp"
#include "query/tallies.hpp"

namespace rb::analytics {
namespace {

using db::QueryRunner;

Task<Chart> completion(QueryRunner read, const Asking& asking, Manner manner) {
  const auto& scope = asking.scope;
  auto all = co_await lesson_tallies(std::move(read), scope);
  co_return completion_chart(lesson_figures(all), completion_trends(all.days, scope.days), manner);
}

Task<Chart> subjects(QueryRunner read, const Asking& asking, Manner manner) {
  auto all = co_await lesson_tallies(std::move(read), asking.scope);
  co_return subject_chart(subject_performance(all.subjects), manner);
}

// A topic is counted as a subject is: the same figures, with topics for names.
Task<Chart> topics(QueryRunner read, const Asking& asking, Manner manner) {
  auto scope = asking.scope;
  auto lessons = co_await lessons_for(std::move(read), scope);
  std::erase_if(lessons, [&](const Lesson& one) { return !scope.asked.of_subject(one.subject); });
  scope.asked.subject.reset();
  std::map<std::string, Time> first;
  for (auto& lesson : lessons) {
    lesson.subject = subject_name(lesson.topic);
    for (const auto& place : lesson.places) {
      auto [at, is_new] = first.emplace(lesson.subject, place.at);
      if (!is_new) at->second = std::min(at->second, place.at);
    }
  }
  auto found = subject_performance(tally(lessons, scope).subjects);
  std::ranges::sort(
      found, {}, [&first](const SubjectFigures& one) { return std::pair(first[one.subject], one.subject); });
  co_return topic_chart(found, manner);
}

Task<Chart> revenue(QueryRunner read, const Asking& asking, Manner manner) {
  auto all = co_await payment_tallies(std::move(read), asking.scope);
  co_return revenue_chart(revenue_trends(all, asking.scope), chosen_currency(all, asking.scope.asked),
                          manner);
}

Task<Chart> tutors(QueryRunner read, const Asking& asking, Manner manner) {
  const auto& scope = asking.scope;
  auto all = co_await money_tallies(read, scope);
  auto currency = chosen_currency(all.payments, scope.asked);
  std::vector<TutorTotal> totals;
  for (auto& one : co_await with_tutor_names(asking.people, tutor_earnings(all.tutors, currency))) {
    auto name = one.tutor_name.empty() ? one.tutor_id : one.tutor_name;
    totals.push_back({one.tutor_id, std::move(name), one.total_earnings});
  }
  co_return earnings_chart(totals, currency, manner);
}

Task<Chart> activity(QueryRunner read, const Asking& asking, Manner manner) {
  co_return activity_chart(co_await users_of_school(std::move(read), asking.scope), manner);
}

Task<Chart> retention(QueryRunner read, const Asking& asking, Manner manner) {
  auto users = co_await users_of_school(std::move(read), asking.scope);
  co_return retention_chart(users.retention, manner);
}

Task<Chart> materials(QueryRunner read, const Asking& asking, Manner manner) {
  auto accesses = co_await accesses_for(std::move(read), asking.scope);
  auto uses = accesses_by_material(accesses, asking.scope);
  auto all = popular_materials(uses, material_titles(accesses, asking.scope), uses.size());
  co_return material_chart(all, manner);
}

Task<Chart> everything(QueryRunner read, const Asking& asking, Manner manner) {
  const auto& scope = asking.scope;
  auto lessons = co_await lesson_tallies(read, scope);
  auto payments = co_await payment_tallies(read, scope);
  OverviewParts parts{.completion = completion_trends(lessons.days, scope.days),
                      .revenue = revenue_trends(payments, scope),
                      .currency = chosen_currency(payments, scope.asked),
                      .activity = {},
                      .of_school = sees_all(asking.viewer.role),
                      .subjects = subject_performance(lessons.subjects)};
  if (parts.of_school) {
    for (const auto& day : (co_await users_of_school(read, scope)).days)
      parts.activity.push_back({day.date, day.login_count});
  } else {
    auto uses = co_await material_tallies(read, scope);
    for (const auto& day : material_trends(uses.days, scope.days))
      parts.activity.push_back({day.date, day.views + day.downloads});
  }
  co_return overview_chart(parts, manner);
}

const std::vector<Role> kAll = {Role::admin, Role::service, Role::tutor, Role::parent, Role::student},
                        kTutors = {Role::admin, Role::service, Role::tutor},
                        kSchool = {Role::admin, Role::service};

}  // namespace

std::span<const NamedChart> named_charts() {
  static const std::vector<NamedChart> charts = {
      {.name = "lesson_completion",
       .path = "lessons/completion",
       .area = Area::lessons,
       .roles = kAll,
       .kinds = {"line", "bar"},
       .russian = "Занятия по дням: сколько проведено и какая это доля",
       .english = "Lessons by day: how many were held, and what part",
       .make = &completion},
      {.name = "subject_performance",
       .path = "subjects/performance",
       .area = Area::lessons,
       .roles = kAll,
       .kinds = {"bar", "pie", "scatter"},
       .russian = "Предметы: занятия и средние оценки",
       .english = "Subjects: lessons and average ratings",
       .make = &subjects},
      {.name = "student_progress",
       .path = "students/progress",
       .area = Area::lessons,
       .roles = kTutors,
       .kinds = {"bar"},
       .russian = "Успехи ученика по темам",
       .english = "A student's progress over topics",
       .of_student = true,
       .make = &topics},
      {.name = "revenue_trends",
       .path = "revenue/trends",
       .area = Area::payments,
       .roles = kTutors,
       .kinds = {"line", "bar"},
       .russian = "Поступления по дням",
       .english = "Revenue by day",
       .make = &revenue},
      {.name = "tutor_earnings",
       .path = "tutors/earnings",
       .area = Area::earnings,
       .roles = kTutors,
       .kinds = {"bar", "pie", "treemap"},
       .russian = "Доход по преподавателям",
       .english = "Earnings by tutor",
       .make = &tutors},
      {.name = "user_activity",
       .path = "users/activity",
       .area = Area::users,
       .roles = kSchool,
       .kinds = {"line", "heatmap"},
       .russian = "Входы по дням и часам",
       .english = "Logins by day and hour",
       .make = &activity},
      {.name = "user_retention",
       .path = "users/retention",
       .area = Area::users,
       .roles = kSchool,
       .kinds = {"heatmap"},
       .russian = "Кто возвращается через недели после регистрации",
       .english = "Who comes back weeks after registration",
       .make = &retention},
      {.name = "material_usage",
       .path = "materials/usage",
       .area = Area::materials,
       .roles = kAll,
       .kinds = {"bar", "pie", "treemap"},
       .russian = "Материалы, к которым обращаются чаще всего",
       .english = "The materials used most",
       .make = &materials},
      {.name = "dashboard_overview",
       .path = "dashboard/overview",
       .area = Area::lessons,
       .roles = kTutors,
       .kinds = {"combined"},
       .russian = "Занятия, поступления, активность и предметы вместе",
       .english = "Lessons, revenue, activity and subjects together",
       .make = &everything}};
  return charts;
}

}  // namespace rb::analytics
