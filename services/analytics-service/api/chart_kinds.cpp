#include "api/chart_kinds.hpp"

#include "api/money.hpp"
#include "query/facts_for.hpp"
#include "query/tallies.hpp"

namespace rb::analytics {
namespace {

using db::QueryRunner;

bool is_school(const Asking& asking) {
  return asking.viewer.role == Role::admin || asking.viewer.role == Role::service;
}

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
  for (auto& one : co_await with_names(asking.people, tutor_earnings(all.tutors, currency))) {
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
                      .of_school = is_school(asking),
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
  static const std::vector<NamedChart> charts = {{"lesson_completion",
                                                  "lessons/completion",
                                                  Area::lessons,
                                                  kAll,
                                                  {"line", "bar"},
                                                  "Занятия по дням: сколько проведено и какая это доля",
                                                  "Lessons by day: how many were held, and what part",
                                                  false,
                                                  &completion},
                                                 {"subject_performance",
                                                  "subjects/performance",
                                                  Area::lessons,
                                                  kAll,
                                                  {"bar", "pie", "scatter"},
                                                  "Предметы: занятия и средние оценки",
                                                  "Subjects: lessons and average ratings",
                                                  false,
                                                  &subjects},
                                                 {"student_progress",
                                                  "students/progress",
                                                  Area::lessons,
                                                  kTutors,
                                                  {"bar"},
                                                  "Успехи ученика по темам",
                                                  "A student's progress over topics",
                                                  true,
                                                  &topics},
                                                 {"revenue_trends",
                                                  "revenue/trends",
                                                  Area::payments,
                                                  kTutors,
                                                  {"line", "bar"},
                                                  "Поступления по дням",
                                                  "Revenue by day",
                                                  false,
                                                  &revenue},
                                                 {"tutor_earnings",
                                                  "tutors/earnings",
                                                  Area::earnings,
                                                  kTutors,
                                                  {"bar", "pie", "treemap"},
                                                  "Доход по преподавателям",
                                                  "Earnings by tutor",
                                                  false,
                                                  &tutors},
                                                 {"user_activity",
                                                  "users/activity",
                                                  Area::users,
                                                  kSchool,
                                                  {"line", "heatmap"},
                                                  "Входы по дням и часам",
                                                  "Logins by day and hour",
                                                  false,
                                                  &activity},
                                                 {"user_retention",
                                                  "users/retention",
                                                  Area::users,
                                                  kSchool,
                                                  {"heatmap"},
                                                  "Кто возвращается через недели после регистрации",
                                                  "Who comes back weeks after registration",
                                                  false,
                                                  &retention},
                                                 {"material_usage",
                                                  "materials/usage",
                                                  Area::materials,
                                                  kAll,
                                                  {"bar", "pie", "treemap"},
                                                  "Материалы, к которым обращаются чаще всего",
                                                  "The materials used most",
                                                  false,
                                                  &materials},
                                                 {"dashboard_overview",
                                                  "dashboard/overview",
                                                  Area::lessons,
                                                  kTutors,
                                                  {"combined"},
                                                  "Занятия, поступления, активность и предметы вместе",
                                                  "Lessons, revenue, activity and subjects together",
                                                  false,
                                                  &everything}};
  return charts;
}

}  // namespace rb::analytics
