#pragma once
// Facts as rows. Writing takes what was there before and what is there now; rows are found by what was
// before.
#include <map>
#include <string>
#include <vector>

#include "db/query_runner.hpp"
#include "store/changes.hpp"

namespace rb::analytics {

void write(db::Transaction& tx, const std::vector<Change<Lesson>>& changes);
void write(db::Transaction& tx, const std::vector<Change<Payment>>& changes);
void write(db::Transaction& tx, const std::vector<Change<Homework>>& changes);
void write(db::Transaction& tx, const std::vector<Change<Person>>& changes);
void write(db::Transaction& tx, const std::vector<LoneChange<Access>>& changes);
void write(db::Transaction& tx, const std::vector<LoneChange<Login>>& changes);
void write(db::Transaction& tx, const Changes& changes);
void clear_facts(db::Transaction& tx);

// From `from` on, before `until`.
struct Span {
  Time from, until;
  bool operator==(const Span&) const = default;
};
inline constexpr Span kAlways{Time::min(), Time::max()};

// Lessons with a place in the span, whole: all their places.
Task<std::vector<Lesson>> lessons_of_tutor(db::QueryRunner read, std::string tutor_id, Span span);
// The same with the places of these students only.
Task<std::vector<Lesson>> lessons_of_students(db::QueryRunner read, const std::vector<std::string>& ids,
                                              Span span);
// Payments with a part in the span, whole.
Task<std::vector<Payment>> payments_of_tutor(db::QueryRunner read, std::string tutor_id, Span span);
Task<std::vector<Payment>> payments_of_students(db::QueryRunner read, const std::vector<std::string>& ids,
                                                Span span);
Task<std::vector<Payment>> payments_of_payer(db::QueryRunner read, std::string payer_id, Span span);
// Homework assigned in the span; what was never assigned counts as assigned in 1970.
Task<std::vector<Homework>> homework_of_tutor(db::QueryRunner read, std::string tutor_id, Span span);
Task<std::vector<Homework>> homework_of_students(db::QueryRunner read, const std::vector<std::string>& ids,
                                                 Span span);
// With a due date, not handed in, not graded; nobody has said that it is overdue.
Task<std::vector<Homework>> open_homework_of_students(db::QueryRunner read,
                                                      const std::vector<std::string>& ids);
// Of the whole school.
Task<std::vector<Lesson>> lessons_of_school(db::QueryRunner read, Span span);
Task<std::vector<Lesson>> straddling_lessons(db::QueryRunner read, Span span);  // see domain/cells/count.hpp
Task<std::int64_t> count_not_ended(db::QueryRunner read, Span span, Time now);  // lessons still scheduled
Task<std::vector<Payment>> payments_of_school(db::QueryRunner read, Span span);
Task<std::vector<Homework>> homework_of_school(db::QueryRunner read, Span span);
Task<std::vector<Homework>> homework_submitted(db::QueryRunner read, Span span);  // handed in within it
// Uses of materials; the events' sources and ids are not told.
Task<std::vector<Access>> accesses_of_tutor(db::QueryRunner read, std::string tutor_id, Span span);
Task<std::vector<Access>> accesses_of_people(db::QueryRunner read, const std::vector<std::string>& ids,
                                             Span span);
Task<std::vector<Access>> accesses_of_school(db::QueryRunner read, Span span);
Task<std::vector<Login>> logins_between(db::QueryRunner read, Span span);

Task<std::vector<std::string>> students_of_tutor(db::QueryRunner read, std::string tutor_id);  // with a place
Task<std::vector<std::string>> students_of_school(db::QueryRunner read);  // and payers, some perhaps erased
// When each student's lessons from `now` on begin, in order.
Task<std::map<std::string, std::vector<Time>>> planned_lessons(db::QueryRunner read, Time now);
Task<bool> is_student_of_tutor(db::QueryRunner read, std::string student_id, std::string tutor_id);
Task<std::vector<Person>> people_of_school(db::QueryRunner read);                 // without their relations
Task<std::map<std::string, std::int64_t>> people_by_roles(db::QueryRunner read);  // how many have each role
Task<std::vector<Person>> people_by_ids(db::QueryRunner read, std::vector<std::string> ids);

}  // namespace rb::analytics
