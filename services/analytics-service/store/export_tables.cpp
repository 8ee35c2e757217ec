#include "store/export_tables.hpp"

#include <fmt/format.h>

#include <array>

#include "db/json_text.hpp"
#include "domain/facts.hpp"
#include "domain/figures/exact.hpp"
#include "events/event.hpp"
#include "rb/analytics/sql/export.sql.hpp"

namespace rb::analytics {
namespace {

using Kind = ColumnKind;

constexpr std::array<std::string_view, 4> kStatuses = {"scheduled", "completed", "cancelled", "missed"},
                                          kUses = {"upload", "share", "view", "download"};
constexpr std::array<std::string_view, 3> kParts = {"processed", "failed", "refunded"};

constexpr std::array kLessons = {
    ExportColumn{"lesson_id", "a group lesson has a row for each student", Kind::id},
    ExportColumn{"at", "the moment whose day counts in figures", Kind::moment},
    ExportColumn{"scheduled_at", "", Kind::moment},
    ExportColumn{"tutor_id", "", Kind::id},
    ExportColumn{"student_id", "", Kind::id},
    ExportColumn{"status", "scheduled, completed, cancelled or missed", Kind::choice, "", kStatuses},
    ExportColumn{"attendance", "as events say"},
    ExportColumn{"subject", ""},
    ExportColumn{"topic", ""},
    ExportColumn{"lesson_type", "", Kind::text, "type"},
    ExportColumn{"duration_minutes", "", Kind::integer, "minutes"},
    ExportColumn{"rating", "to two decimals", Kind::hundredths, "", {}, 1'000'000},
    ExportColumn{"charged", "whether the student pays", Kind::flag},
    ExportColumn{"price", "of this student, exact", Kind::money},
    ExportColumn{"price_currency", ""},
    ExportColumn{"tutor_pay", "of the lesson as a whole, exact", Kind::money, "pay"},
    ExportColumn{"tutor_pay_currency", "", Kind::text, "pay_currency"}};

constexpr std::array kPayments = {
    ExportColumn{"payment_id", "a payment has a row for each thing that happened to it", Kind::id},
    ExportColumn{"at", "when it happened", Kind::moment},
    ExportColumn{"status", "processed, failed or refunded", Kind::choice, "part", kParts},
    ExportColumn{"amount", "exact; of a refund what was given back", Kind::money},
    ExportColumn{"currency", "", Kind::text, "amount_currency"},
    ExportColumn{"payment_method", "", Kind::text, "method"},
    ExportColumn{"student_id", "", Kind::id},
    ExportColumn{"payer_id", "", Kind::id},
    ExportColumn{"tutor_id", "", Kind::id}};

constexpr std::array kHomework = {
    ExportColumn{"homework_id", "a group's has a row for each student", Kind::id},
    ExportColumn{"assigned_at", "", Kind::moment},
    ExportColumn{"tutor_id", "", Kind::id},
    ExportColumn{"student_id", "", Kind::id},
    ExportColumn{"lesson_id", "", Kind::id},
    ExportColumn{"subject", ""},
    ExportColumn{"description", ""},
    ExportColumn{"due_date", "when it is due by the end of a day", Kind::day, "due_day"},
    ExportColumn{"due_at", "when it is due at a moment", Kind::moment},
    ExportColumn{"submitted_at", "of the assignment: a group's counts once", Kind::moment},
    ExportColumn{
        "grade", "of the assignment, 5 the best, to two decimals", Kind::hundredths, "", {}, kGradeUnit},
    ExportColumn{"overdue", "whether an event said so", Kind::flag}};

constexpr std::array kMaterials = {
    ExportColumn{"material_id", "", Kind::id},
    ExportColumn{"at", "", Kind::moment},
    ExportColumn{"action", "upload, share, view or download", Kind::choice, "use", kUses},
    ExportColumn{"title", ""},
    ExportColumn{"subject", ""},
    ExportColumn{"user_id", "who did it", Kind::id},
    ExportColumn{"student_id", "", Kind::id},
    ExportColumn{"tutor_id", "", Kind::id}};

constexpr std::array kUsers = {ExportColumn{"user_id", "", Kind::id, "id"},
                               ExportColumn{"full_name", ""},
                               ExportColumn{"roles", "", Kind::list},
                               ExportColumn{"timezone", ""},
                               ExportColumn{"language", ""},
                               ExportColumn{"registered_at", "", Kind::moment},
                               ExportColumn{"children_ids", "of a parent", Kind::list, "children"},
                               ExportColumn{"tutor_ids", "of a student", Kind::list, "tutors"}};

constexpr std::array kEvents = {ExportColumn{"seq", "in the order of arrival", Kind::integer},
                                ExportColumn{"received_at", "", Kind::moment},
                                ExportColumn{"time", "when it happened", Kind::moment, "moment"},
                                ExportColumn{"source", ""},
                                ExportColumn{"id", ""},
                                ExportColumn{"type", ""},
                                ExportColumn{"data", "JSON in normal form", Kind::json}};

bool wants_lesson(const Scope& scope, const db::Rows& rows, std::size_t i) {
  const auto& asked = scope.asked;
  return asked.of_tutor(rows.text(i, "tutor_id")) && asked.of_student(rows.text(i, "student_id")) &&
         asked.of_subject(rows.text(i, "subject")) && scope.days.holds(rows.time(i, "at"));
}

bool wants_payment(const Scope& scope, const db::Rows& rows, std::size_t i) {
  const auto& asked = scope.asked;
  return asked.of_tutor(rows.text(i, "tutor_id")) && asked.of_student(rows.text(i, "student_id")) &&
         (asked.currency.empty() || asked.currency == rows.text(i, "amount_currency")) &&
         scope.days.holds(rows.time(i, "at"));
}

bool wants_homework(const Scope& scope, const db::Rows& rows, std::size_t i) {
  return !rows.is_null(i, "assigned_at") && wants_lesson(scope, rows, i);
}

// Whoever used it may be the student or the tutor that is asked about.
bool wants_use(const Scope& scope, const db::Rows& rows, std::size_t i) {
  const auto& asked = scope.asked;
  const auto& user = rows.text(i, "user_id");
  const auto& student = rows.text(i, "student_id");
  const auto& tutor = rows.text(i, "tutor_id");
  return asked.of_student(student.empty() ? user : student) && asked.of_tutor(tutor.empty() ? user : tutor) &&
         asked.of_subject(rows.text(i, "subject")) && scope.days.holds(rows.time(i, "at"));
}

bool wants_user(const Scope&, const db::Rows&, std::size_t) { return true; }

bool wants_event(const Scope& scope, const db::Rows& rows, std::size_t i) {
  return scope.days.holds(rows.time(i, "moment"));
}

db::Params lesson_key(Span span) {
  return {{"at", span.from}, {"tutor_id", ""}, {"lesson_id", ""}, {"student_id", ""}};
}
db::Params payment_key(Span span) {
  return {{"at", span.from}, {"tutor_id", ""}, {"payment_id", ""}, {"part", kBelowAll}};
}
db::Params homework_key(Span span) {
  return {{"at", span.from}, {"tutor_id", ""}, {"homework_id", ""}, {"student_id", ""}};
}
db::Params use_key(Span span) { return {{"at", span.from}, {"seq", kBelowAll}}; }
db::Params user_key(Span) { return {{"id", ""}}; }
db::Params event_key(Span) { return {{"seq", kBelowAll}}; }

constexpr std::array kTables = {
    ExportTable{"lessons", "Lessons, a row for each student", Area::lessons, kLessons, &wants_lesson,
                &sql::export_lessons_of_school, &sql::export_lessons_of_tutor,
                &sql::export_lessons_of_students, &lesson_key},
    ExportTable{"payments", "Payments, a row for each thing that happened to them", Area::payments, kPayments,
                &wants_payment, &sql::export_payments_of_school, &sql::export_payments_of_tutor,
                &sql::export_payments_of_students, &payment_key},
    ExportTable{"homework", "Homework by the day of assigning, a row for each student", Area::homework,
                kHomework, &wants_homework, &sql::export_homework_of_school, &sql::export_homework_of_tutor,
                &sql::export_homework_of_students, &homework_key},
    ExportTable{"materials", "Uses of materials", Area::materials, kMaterials, &wants_use,
                &sql::export_materials_of_school, &sql::export_materials_of_tutor,
                &sql::export_materials_of_students, &use_key},
    ExportTable{"users", "People: everyone, or those who registered in a period that is named", Area::users,
                kUsers, &wants_user, &sql::export_users, nullptr, nullptr, &user_key, false, true},
    ExportTable{"events", "The log of events, in the order of arrival", Area::users, kEvents, &wants_event,
                &sql::export_events, nullptr, nullptr, &event_key, false}};

ExportCell id_or_nothing(std::string id) {
  if (id.empty()) return std::monostate();
  return Id{std::move(id)};
}

ExportCell text_or_nothing(std::string text) {
  if (text.empty()) return std::monostate();
  return text;
}

ExportCell day_or_nothing(std::string day) {
  if (day.empty()) return std::monostate();
  return Day{std::move(day)};
}

ExportCell cell(const ExportColumn& column, const db::Rows& rows, std::size_t i, const Zone& zone) {
  auto source = column.source.empty() ? column.name : column.source;
  if (rows.is_null(i, source)) return std::monostate();
  switch (column.kind) {
    case Kind::id:
      return id_or_nothing(rows.text(i, source));
    case Kind::text:
      return text_or_nothing(rows.text(i, source));
    case Kind::moment:
      return moment_in(rows.time(i, source), zone);
    case Kind::day:
      return day_or_nothing(rows.text(i, source));
    case Kind::flag:
      return rows.boolean(i, source);
    case Kind::integer:
      return Number{std::to_string(rows.integer(i, source))};
    case Kind::money:
      return Amount{
          events::format_money(rows.integer(i, source), rows.text(i, std::string(source) + "_currency"))};
    case Kind::choice:
      return std::string(column.names[static_cast<std::size_t>(rows.integer(i, source))]);
    case Kind::hundredths:
      return Number{fmt::format("{}", rounded(rows.integer(i, source), column.unit))};
    case Kind::list:
      return db::read_json_list(rows.text(i, source));
    case Kind::json:
      return RawJson{rows.text(i, source)};
  }
  return std::monostate();
}

}  // namespace

std::span<const ExportTable> export_tables() { return kTables; }

Pages export_pages(db::QueryRunner read, const ExportTable& table, const Question& asked, Span span,
                   int page) {
  const auto* query = table.of_school;
  db::Params others = {{"until", span.until}};
  if (!table.in_time_order) others.push_back({"from", span.from});
  if (table.of_students != nullptr && asked.student_ids) {
    query = table.of_students;
    others.push_back({"ids", db::json_list(*asked.student_ids)});
  } else if (table.of_tutor != nullptr && !asked.tutor_id.empty()) {
    query = table.of_tutor;
    others.push_back({"asked_tutor", asked.tutor_id});
  }
  return {std::move(read), *query, table.key(span), page, std::move(others)};
}

std::vector<ExportCell> export_row(const ExportTable& table, const db::Rows& rows, std::size_t i,
                                   const Zone& zone) {
  std::vector<ExportCell> out;
  out.reserve(table.columns.size());
  for (const auto& column : table.columns) out.push_back(cell(column, rows, i, zone));
  return out;
}

}  // namespace rb::analytics
