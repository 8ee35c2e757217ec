#include "db/json_text.hpp"
#include "rb/analytics/sql/homework.sql.hpp"
#include "store/fact_rows.hpp"

namespace rb::analytics {
namespace {

void add_key(RowsText& rows, const Homework& homework, const std::string& student) {
  rows.row()
      .text("tutor_id", homework.tutor_id)
      .time("at", homework.assigned_at.value_or(Time()))
      .text("homework_id", homework.id)
      .text("student_id", student);
}

void add_row(RowsText& rows, const Homework& homework, const std::string& student) {
  add_key(rows, homework, student);
  rows.text("student_ids", db::json_list(homework.student_ids))
      .text("lesson_id", homework.lesson_id)
      .text("subject", homework.subject)
      .text("description", homework.description)
      .time("assigned_at", homework.assigned_at)
      .time("submitted_at", homework.submitted_at)
      .text("submitted_by", db::json_list(homework.submitted_by))
      .number("grade", homework.grade)
      .flag("overdue", homework.overdue);
  if (!homework.due) return;
  rows.time("due_at", homework.due->moment);
  if (!homework.due->day.empty()) rows.text("due_day", homework.due->day);
}

template <class Each>
void for_each_student(const Homework& homework, Each each) {
  if (homework.student_ids.empty()) each(std::string());
  for (const auto& student : homework.student_ids) each(student);
}

std::optional<Due> due_from(const db::Rows& rows, std::size_t i) {
  if (rows.is_null(i, "due_day") && rows.is_null(i, "due_at")) return std::nullopt;
  return Due{rows.text_or(i, "due_day"), rows.maybe_time(i, "due_at")};
}

Homework homework_from(const db::Rows& rows, std::size_t i) {
  Homework homework;
  homework.id = rows.text(i, "homework_id");
  homework.tutor_id = rows.text(i, "tutor_id");
  homework.lesson_id = rows.text(i, "lesson_id");
  homework.subject = rows.text(i, "subject");
  homework.description = rows.text(i, "description");
  homework.student_ids = db::read_json_list(rows.text(i, "student_ids"));
  homework.assigned_at = rows.maybe_time(i, "assigned_at");
  homework.due = due_from(rows, i);
  homework.submitted_at = rows.maybe_time(i, "submitted_at");
  homework.submitted_by = db::read_json_list(rows.text(i, "submitted_by"));
  homework.grade = rows.maybe_integer(i, "grade");
  homework.overdue = rows.boolean(i, "overdue");
  return homework;
}

Task<std::vector<Homework>> read_homework(db::QueryRunner read, const db::Query& query, db::Params whose,
                                          Span span) {
  auto rows = co_await rows_in(read, query, std::move(whose), span);
  co_return different_facts(rows, "homework_id", &homework_from);
}

}  // namespace

void write(db::Transaction& tx, const std::vector<Change<Homework>>& changes) {
  RowsText keys, rows;
  for (const auto& [before, after] : changes) {
    if (before) for_each_student(*before, [&](const auto& student) { add_key(keys, *before, student); });
    if (after) for_each_student(*after, [&](const auto& student) { add_row(rows, *after, student); });
  }
  post(tx, sql::delete_homework, keys);
  post(tx, sql::insert_homework, rows);
}

Task<std::vector<Homework>> homework_of_tutor(db::QueryRunner read, std::string tutor_id, Span span) {
  return read_homework(std::move(read), sql::homework_of_tutor, {{"tutor_id", std::move(tutor_id)}}, span);
}

Task<std::vector<Homework>> homework_of_students(db::QueryRunner read, const std::vector<std::string>& ids,
                                                 Span span) {
  return read_homework(std::move(read), sql::homework_of_students, {{"ids", db::json_list(ids)}}, span);
}

Task<std::vector<Homework>> open_homework_of_students(db::QueryRunner read,
                                                      const std::vector<std::string>& ids) {
  return read_homework(std::move(read), sql::open_homework_of_students, {{"ids", db::json_list(ids)}},
                       kAlways);
}

Task<std::vector<Homework>> homework_of_school(db::QueryRunner read, Span span) {
  return read_homework(std::move(read), sql::homework_of_school, {}, span);
}

Task<std::vector<Homework>> homework_submitted(db::QueryRunner read, Span span) {
  return read_homework(std::move(read), sql::homework_submitted, {}, span);
}

Task<StoredById<Homework>> all_homework(db::QueryRunner read) {
  return all_by_id(std::move(read), sql::homework_after,
                   {{"tutor_id", ""}, {"at", kBelowAll}, {"homework_id", ""}, {"student_id", ""}},
                   &homework_from);
}

std::size_t rows_of(const Homework& homework) {
  return std::max<std::size_t>(1, homework.student_ids.size());
}

}  // namespace rb::analytics
