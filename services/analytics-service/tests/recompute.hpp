#pragma once
// Every figure from the raw events in the plainest way: for tests of the fast one, with which it shares the
// shape of the answers and nothing else. Slow. Pure. Definitions: docs/metrics.md.
#include <boost/describe.hpp>

#include "domain/figures/balances.hpp"
#include "domain/figures/earnings.hpp"
#include "domain/figures/homework.hpp"
#include "domain/figures/lessons.hpp"
#include "domain/figures/materials.hpp"
#include "domain/figures/payments.hpp"
#include "domain/figures/progress.hpp"
#include "domain/figures/users.hpp"
#include "events/event.hpp"

namespace rb::analytics {

struct Answers {
  LessonFigures lessons;
  std::vector<CompletionDay> completion_trends;
  std::vector<SubjectFigures> subject_performance;
  std::vector<StudentProgress> student_progress;
  PaymentFigures payments;
  std::vector<RevenueDay> revenue_trends;
  std::vector<TutorEarnings> tutor_earnings;
  std::vector<Balance> balances;
  HomeworkFigures homework;
  std::vector<HomeworkDay> homework_trends;
  std::vector<HomeworkSubject> homework_by_subject;
  MaterialFigures materials;
  std::vector<PopularMaterial> popular_materials;
  std::vector<MaterialSubject> materials_by_subject;
  std::vector<MaterialDay> material_trends;
  UserFigures users;
};
BOOST_DESCRIBE_STRUCT(Answers, (),
                      (lessons, completion_trends, subject_performance, student_progress, payments,
                       revenue_trends, tutor_earnings, balances, homework, homework_trends,
                       homework_by_subject, materials, popular_materials, materials_by_subject,
                       material_trends, users))

inline constexpr std::size_t kPopular = 10;
inline constexpr std::int64_t kLowLessons = 1;

// In any order, some told twice.
Answers recompute(std::vector<events::Event> events, const Question& asked);

}  // namespace rb::analytics
