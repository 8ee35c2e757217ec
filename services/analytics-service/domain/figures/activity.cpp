#include "domain/figures/activity.hpp"

#include "domain/figures/materials.hpp"
#include "domain/figures/standing.hpp"

namespace rb::analytics {
namespace {

void add(Activities& to, const std::string& user_id, Time at) {
  if (!user_id.empty()) to.push_back({user_id, at});
}

}  // namespace

void add_activity(Activities& to, const Lesson& lesson) {
  for (const auto& place : lesson.places)
    if (place.status == LessonStatus::completed) add(to, place.student_id, place.at);
  auto whole = standing(lesson);
  if (whole && whole->status == LessonStatus::completed) add(to, lesson.tutor_id, whole->at);
}

void add_activity(Activities& to, const Homework& homework) {
  if (!homework.submitted_at) return;
  for (const auto& id : homework.submitted_by) add(to, id, *homework.submitted_at);
}

void add_activity(Activities& to, const Payment& payment) {
  if (payment.processed) add(to, payment.payer_id, payment.processed->at);
}

void add_activity(Activities& to, const Access& access) {
  if (is_access(access.use)) add(to, access.user_id, access.at);
}

void add_activity(Activities& to, const Login& login) { add(to, login.user_id, login.at); }

}  // namespace rb::analytics
