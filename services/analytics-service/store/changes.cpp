#include "store/changes.hpp"

namespace rb::analytics {
namespace {

class Collecting {
 public:
  void tutor(const std::string& id) { add("tutor", id); }
  void student(const std::string& id) { add("student", id); }
  void directory() { scopes_.emplace("directory", ""); }
  void school() { scopes_.emplace("school", ""); }
  Scopes take() { return std::move(scopes_); }

  void take(const Lesson& lesson) {
    tutor(lesson.tutor_id);
    for (const auto& place : lesson.places) student(place.student_id);
  }
  void take(const Payment& payment) {
    tutor(payment.tutor_id);
    student(payment.student_id);
    student(payment.payer_id);
  }
  void take(const Homework& homework) {
    tutor(homework.tutor_id);
    for (const auto& id : homework.student_ids) student(id);
    for (const auto& id : homework.submitted_by) student(id);
  }
  // Whether the user is a tutor or a student, an access does not say.
  void take(const Access& access) {
    tutor(access.tutor_id);
    tutor(access.user_id);
    student(access.user_id);
    student(access.student_id);
  }
  void take(const Person&) { directory(); }
  void take(const Login&) {}

 private:
  void add(std::string_view scope, const std::string& id) {
    if (!id.empty()) scopes_.emplace(scope, id);
  }
  Scopes scopes_;
};

}  // namespace

Scopes scopes_of(const Changes& changes) {
  Collecting out;
  each_fact(changes, [&out](const auto& fact, int) {
    out.school();
    out.take(fact);
  });
  return out.take();
}

}  // namespace rb::analytics
