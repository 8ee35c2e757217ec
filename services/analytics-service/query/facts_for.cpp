#include "query/facts_for.hpp"

namespace rb::analytics {
namespace {

Span span_of(const Scope& scope) { return {scope.days.begin(), scope.days.end()}; }

// A family has fewer rows than a tutor, and a tutor fewer than the school.
template <class Fact>
Task<std::vector<Fact>> narrowest(db::QueryRunner read, const Scope& scope,
                                  Task<std::vector<Fact>> (*of_students)(db::QueryRunner,
                                                                         const std::vector<std::string>&,
                                                                         Span),
                                  Task<std::vector<Fact>> (*of_tutor)(db::QueryRunner, std::string, Span),
                                  Task<std::vector<Fact>> (*of_school)(db::QueryRunner, Span)) {
  const auto& asked = scope.asked;
  if (asked.student_ids) return of_students(std::move(read), *asked.student_ids, span_of(scope));
  if (!asked.tutor_id.empty()) return of_tutor(std::move(read), asked.tutor_id, span_of(scope));
  return of_school(std::move(read), span_of(scope));
}

}  // namespace

Task<std::vector<Lesson>> lessons_for(db::QueryRunner read, const Scope& scope) {
  return narrowest(std::move(read), scope, &lessons_of_students, &lessons_of_tutor, &lessons_of_school);
}

Task<std::vector<Payment>> payments_for(db::QueryRunner read, const Scope& scope) {
  return narrowest(std::move(read), scope, &payments_of_students, &payments_of_tutor, &payments_of_school);
}

Task<std::vector<Homework>> homework_for(db::QueryRunner read, const Scope& scope) {
  return narrowest(std::move(read), scope, &homework_of_students, &homework_of_tutor, &homework_of_school);
}

Task<std::vector<Access>> accesses_for(db::QueryRunner read, const Scope& scope) {
  return narrowest(std::move(read), scope, &accesses_of_people, &accesses_of_tutor, &accesses_of_school);
}

}  // namespace rb::analytics
