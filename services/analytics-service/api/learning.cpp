#include "api/learning.hpp"

#include "net/together.hpp"
#include "query/facts_for.hpp"
#include "query/tallies.hpp"

namespace rb::analytics {

json::Rules rules(const LessonsAnswer*) { return rules_of_previous(); }
json::Rules rules(const SubjectsAnswer*) { return {json::rule("previous_period").omit_null()}; }
json::Rules rules(const HomeworkAnswer*) { return rules_of_previous(); }

Task<Result<LessonsAnswer>> lesson_stats(db::QueryRunner read, const Asking& asking) {
  const auto& scope = asking.scope;
  auto [lessons, homework] = co_await net::together(lesson_tallies(read, scope), homework_for(read, scope));
  auto out = begun<LessonsAnswer>(asking);
  out.statistics = lesson_figures(lessons);
  out.completion_trends = completion_trends(lessons.days, scope.days);
  out.subject_performance = subject_performance(lessons.subjects);
  out.homework_analytics = homework_figures(tally(homework, scope).total);
  if (asking.before) out.previous = lesson_figures(co_await lesson_tallies(read, *asking.before));
  co_return out;
}

Task<Result<SubjectsAnswer>> subject_stats(db::QueryRunner read, const Asking& asking) {
  auto lessons = co_await lesson_tallies(read, asking.scope);
  auto out = begun<SubjectsAnswer>(asking);
  out.performance = subject_performance(lessons.subjects);
  out.trends = completion_trends(lessons.days, asking.scope.days);
  if (asking.before)
    out.comparison = subject_performance((co_await lesson_tallies(read, *asking.before)).subjects);
  co_return out;
}

Task<Result<HomeworkAnswer>> homework_stats(db::QueryRunner read, const Asking& asking) {
  auto homework = tally(co_await homework_for(read, asking.scope), asking.scope);
  auto out = begun<HomeworkAnswer>(asking);
  out.analytics = homework_figures(homework.total);
  out.completion_trends = homework_trends(homework, asking.scope.days);
  out.performance = homework_by_subject(homework);
  if (asking.before)
    out.previous = homework_figures(tally(co_await homework_for(read, *asking.before), *asking.before).total);
  co_return out;
}

}  // namespace rb::analytics
