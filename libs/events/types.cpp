#include "events/types.hpp"

#include <array>
#include <string>
#include <unordered_map>

namespace rb::events {
namespace {

constexpr std::array kTypes = std::to_array<TypeRule>({
    {"lesson.created", "lesson_id tutor_id student_ids scheduled_at"},
    {"lesson.rescheduled", "lesson_id tutor_id student_ids scheduled_at"},
    {"lesson.updated", "lesson_id"},
    {"lesson.reminder", "lesson_id student_ids"},
    // Without completed_at it was at the event's own moment.
    {"lesson.completed", "lesson_id tutor_id student_ids"},
    {"lesson.cancelled", "lesson_id"},
    {"lesson.missed", "lesson_id"},
    {"homework.assigned", "homework_id student_ids"},
    {"homework.submitted", "homework_id student_ids"},
    {"homework.graded", "homework_id student_ids"},
    {"homework.overdue", "homework_id student_ids"},
    {"payment.processed", "payment_id amount"},
    {"payment.failed", "payment_id amount"},
    {"payment.refunded", "payment_id amount"},
    {"balance.low", "user_id amount"},
    {"balance.updated", "user_id amount"},
    {"material.uploaded", "material_id"},
    {"material.shared", "material_id"},
    {"material.accessed", "material_id"},
    {"material.downloaded", "material_id"},
    {"user.registered", "user_id"},
    {"user.updated", "user_id"},
    {"user.profile_updated", "user_id"},
    {"user.login", "user_id"},
    {"user.deleted", "user_id"},
    {"consent.given", "user_id purpose"},
    {"consent.withdrawn", "user_id purpose"},
    {"achievement.earned", "student_ids title"},
    {"student.level_up", "student_ids title"},
    {"system.notification", "user_id|role message"},
    {"analytics.alert", "message"},
    {"report.generated", "user_id"},
});

struct Alias {
  std::string_view from, to;
};

// lesson.attendance, lesson.deleted and lesson.updated need a look at their data: see normal.cpp.
constexpr std::array kTypeAliases = std::to_array<Alias>({
    {"homework.checked", "homework.graded"},
    {"payment.recorded", "payment.processed"},
    {"payment.completed", "payment.processed"},
    {"payment.balance.updated", "balance.updated"},
    {"material.file.uploaded", "material.uploaded"},
    {"material.file.downloaded", "material.downloaded"},
    {"lesson.scheduled", "lesson.created"},
    {"user.created", "user.registered"},
});

constexpr std::string_view kAttendance = "attended late absent_excused absent_unexcused";
constexpr std::string_view kRoles = "admin tutor parent student";

constexpr std::array kFields = std::to_array<FieldRule>({
    {"lesson_id", Kind::id},
    {"homework_id", Kind::id},
    {"payment_id", Kind::id},
    {"material_id", Kind::id},
    {"user_id", Kind::id},
    {"tutor_id", Kind::id},
    {"student_ids", Kind::ids},
    {"children_ids", Kind::ids},
    {"tutor_ids", Kind::ids},
    {"scheduled_at", Kind::moment},
    {"old_scheduled_at", Kind::moment},
    {"completed_at", Kind::moment},
    {"cancelled_at", Kind::moment},
    {"submitted_at", Kind::moment},
    {"graded_at", Kind::moment},
    {"processed_at", Kind::moment},
    {"failed_at", Kind::moment},
    {"refunded_at", Kind::moment},
    {"due_date", Kind::day_or_moment},
    {"subject", Kind::text},
    {"topic", Kind::text},
    {"reason", Kind::text},
    {"time_until", Kind::text},
    {"meet_link", Kind::text},
    {"description", Kind::text},
    {"failure_reason", Kind::text},
    {"receipt_url", Kind::text},
    {"title", Kind::text},
    {"message", Kind::text},
    {"level", Kind::text},
    {"grade_class", Kind::text},
    {"material_type", Kind::text},
    {"url", Kind::text},
    {"platform", Kind::text},
    {"full_name", Kind::text},
    {"student_name", Kind::text},
    {"tutor_name", Kind::text},
    {"telegram_id", Kind::id},
    {"email", Kind::text},
    {"timezone", Kind::text},
    {"feedback", Kind::text},
    {"given_by", Kind::text},
    {"channel", Kind::text},
    {"text_version", Kind::text},
    {"severity", Kind::text},
    {"report_type", Kind::text},
    {"download_url", Kind::text},
    {"duration_minutes", Kind::integer, 1, 1440},
    {"birth_year", Kind::integer, 1900, 2200},
    {"lessons_left", Kind::integer, -100000, 100000},
    {"view_duration_seconds", Kind::number, 0, 1e9},
    {"completion_percentage", Kind::number, 0, 100},
    {"rating", Kind::number, 1, 5},
    {"grade", Kind::number, 0, 1e6},
    {"grade_max", Kind::number, 0.01, 1e6},
    {"price", Kind::money},
    {"tutor_pay", Kind::money},
    {"amount", Kind::money},
    {"currency", Kind::currency},
    {"charged", Kind::flag},
    {"is_minor", Kind::flag},
    {"silent", Kind::flag},
    {"files", Kind::objects},
    {"lesson_type", Kind::choice, 0, 0, "regular trial makeup intensive"},
    {"attendance", Kind::choice, 0, 0, kAttendance},
    {"cancelled_by", Kind::choice, 0, 0, "tutor student parent system"},
    {"payer_kind", Kind::choice, 0, 0, "individual company ip"},
    {"payment_method", Kind::text},
    {"access_type", Kind::choice, 0, 0, "view download"},
    {"language", Kind::choice, 0, 0, "ru en"},
    {"address_form", Kind::choice, 0, 0, "ты вы"},
    {"priority", Kind::choice, 0, 0, "urgent high normal low"},
    {"purpose", Kind::text},
    {"role", Kind::choice, 0, 0, kRoles},
    {"roles", Kind::choices, 0, 0, kRoles},
    {"value", Kind::number, -1e15, 1e15, {}, "analytics"},
    {"threshold", Kind::number, -1e15, 1e15, {}, "analytics"},
    {"report_id", Kind::id, 0, 0, {}, "report"},
    {"format", Kind::text, 0, 0, {}, "report"},
    {"start_date", Kind::day_or_moment, 0, 0, {}, "report"},
    {"end_date", Kind::day_or_moment, 0, 0, {}, "report"},
});

// Flat names that other systems use.
constexpr std::array kFieldAliases = std::to_array<Alias>({
    {"student_id", "student_ids"},
    {"start_time", "scheduled_at"},
    {"date", "scheduled_at"},
    {"new_date", "scheduled_at"},
    {"original_date", "old_scheduled_at"},
    {"duration", "duration_minutes"},
    {"actual_duration_minutes", "duration_minutes"},
    {"room_url", "meet_link"},
    {"attendance_status", "attendance"},
    {"student_rating", "rating"},
    {"deadline", "due_date"},
    {"child_ids", "children_ids"},
    {"name", "full_name"},
});

// Names that mean something else inside a nested object; "id" becomes <object>_id by rule.
struct NestedAlias {
  std::string_view object, from, to;
};
constexpr std::array kNestedAliases = std::to_array<NestedAlias>({
    {"student", "name", "student_name"},
    {"student", "full_name", "student_name"},
    {"tutor", "name", "tutor_name"},
    {"tutor", "full_name", "tutor_name"},
    {"lesson", "title", "subject"},
    {"payment", "created_at", "processed_at"},
    {"payment", "payer_id", "user_id"},
    {"user", "name", "full_name"},
    {"material", "grade", "grade_class"},
});

// Every field of every event is looked up.
template <class Row>
class ByName {
 public:
  template <std::size_t N>
  ByName(const std::array<Row, N>& rows, std::string_view Row::* name) {
    for (const auto& row : rows) rows_.emplace(row.*name, &row);
  }
  const Row* find(std::string_view name) const {
    auto found = rows_.find(name);
    return found == rows_.end() ? nullptr : found->second;
  }

 private:
  std::unordered_map<std::string_view, const Row*> rows_;
};

}  // namespace

std::span<const TypeRule> types() { return kTypes; }

const TypeRule* find_type(std::string_view type) {
  static const ByName kByName(kTypes, &TypeRule::type);
  return kByName.find(type);
}

std::string_view canonical_type(std::string_view alias) {
  static const ByName kByName(kTypeAliases, &Alias::from);
  const auto* found = kByName.find(alias);
  return found == nullptr ? alias : found->to;
}

const FieldRule* find_field(std::string_view name) {
  static const ByName kByName(kFields, &FieldRule::name);
  return kByName.find(name);
}

std::string_view canonical_field(std::string_view object, std::string_view name) {
  if (!object.empty()) {
    for (const auto& alias : kNestedAliases)
      if (alias.object == object && alias.from == name) return alias.to;
    if (name == "id") {
      for (std::string_view id :
           {"lesson_id", "homework_id", "payment_id", "material_id", "user_id", "tutor_id"})
        if (id.starts_with(object) && id.size() == object.size() + 3) return id;
      if (object == "student") return "student_ids";
      return name;
    }
    if (object == "student" || object == "tutor") return {};  // their other details come with user.* events
  }
  static const ByName kByName(kFieldAliases, &Alias::from);
  const auto* found = kByName.find(name);
  return found == nullptr ? name : found->to;
}

}  // namespace rb::events
