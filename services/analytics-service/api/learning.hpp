#pragma once
// /api/v1/analytics: lessons, subjects and homework.
#include "api/answers.hpp"
#include "domain/figures/homework.hpp"
#include "domain/figures/lessons.hpp"

namespace rb::analytics {

struct LessonsAnswer {
  Period period;
  LessonFigures statistics;
  std::vector<CompletionDay> completion_trends;
  std::vector<SubjectFigures> subject_performance;
  HomeworkFigures homework_analytics;
  std::optional<Period> previous_period;
  std::optional<LessonFigures> previous;
};
BOOST_DESCRIBE_STRUCT(LessonsAnswer, (),
                      (period, statistics, completion_trends, subject_performance, homework_analytics,
                       previous_period, previous))
json::Rules rules(const LessonsAnswer*);
Task<Result<LessonsAnswer>> lesson_stats(db::QueryRunner read, const Asking& asking);
inline constexpr Figures kLessonStats{
    &lesson_stats, Area::lessons, {.lesson_ends = true, .homework_dues = true}};

struct SubjectsAnswer {
  Period period;
  std::vector<SubjectFigures> performance;
  std::vector<CompletionDay> trends;
  std::optional<Period> previous_period;
  std::vector<SubjectFigures> comparison;  // the period before
};
BOOST_DESCRIBE_STRUCT(SubjectsAnswer, (), (period, performance, trends, previous_period, comparison))
json::Rules rules(const SubjectsAnswer*);
Task<Result<SubjectsAnswer>> subject_stats(db::QueryRunner read, const Asking& asking);
inline constexpr Figures kSubjectStats{&subject_stats, Area::lessons};

struct HomeworkAnswer {
  Period period;
  HomeworkFigures analytics;
  std::vector<HomeworkDay> completion_trends;
  std::vector<HomeworkSubject> performance;
  std::optional<Period> previous_period;
  std::optional<HomeworkFigures> previous;
};
BOOST_DESCRIBE_STRUCT(HomeworkAnswer, (),
                      (period, analytics, completion_trends, performance, previous_period, previous))
json::Rules rules(const HomeworkAnswer*);
Task<Result<HomeworkAnswer>> homework_stats(db::QueryRunner read, const Asking& asking);
inline constexpr Figures kHomeworkStats{&homework_stats, Area::homework, {.homework_dues = true}};

}  // namespace rb::analytics
