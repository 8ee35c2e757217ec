#include "events/types.hpp"

#include <algorithm>
#include <array>
#include <ranges>
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

constexpr FieldRule in(std::string_view families, FieldRule rule) {
  rule.families = families;
  return rule;
}

// Who is meant and named may stand in any event.
constexpr std::array kFields = std::to_array<FieldRule>({
    in("lesson homework payment material", {"lesson_id", Kind::id}),
    in("homework", {"homework_id", Kind::id}),
    in("payment", {"payment_id", Kind::id}),
    in("material", {"material_id", Kind::id}),
    {"user_id", Kind::id},
    {"tutor_id", Kind::id},
    {"student_ids", Kind::ids},
    in("user", {"children_ids", Kind::ids}),
    in("user", {"tutor_ids", Kind::ids}),
    in("lesson", {"scheduled_at", Kind::moment}),
    in("lesson", {"old_scheduled_at", Kind::moment}),
    in("lesson", {"completed_at", Kind::moment}),
    in("lesson", {"cancelled_at", Kind::moment}),
    in("homework", {"submitted_at", Kind::moment}),
    in("homework", {"graded_at", Kind::moment}),
    in("payment", {"processed_at", Kind::moment}),
    in("payment", {"failed_at", Kind::moment}),
    in("payment", {"refunded_at", Kind::moment}),
    in("homework", {"due_date", Kind::day_or_moment}),
    in("lesson homework material", {"subject", Kind::text}),
    in("lesson", {"topic", Kind::text}),
    in("lesson", {"reason", Kind::text}),
    in("lesson", {"time_until", Kind::text}),
    in("lesson", {"meet_link", Kind::text}),
    in("homework payment achievement student", {"description", Kind::text}),
    in("payment", {"failure_reason", Kind::text}),
    in("payment", {"receipt_url", Kind::text}),
    in("material achievement student system analytics report", {"title", Kind::text}),
    in("system analytics report", {"message", Kind::text}),
    in("achievement student", {"level", Kind::text}),
    in("material", {"grade_class", Kind::text}),
    in("material", {"material_type", Kind::text}),
    in("material analytics", {"url", Kind::text}),
    in("user", {"platform", Kind::text}),
    in("user", {"full_name", Kind::text}),
    {"student_name", Kind::text},
    {"tutor_name", Kind::text},
    in("user", {"telegram_id", Kind::id}),
    in("user", {"email", Kind::text}),
    in("user", {"timezone", Kind::text}),
    in("homework", {"feedback", Kind::text}),
    in("consent", {"given_by", Kind::text}),
    in("consent", {"channel", Kind::text}),
    in("consent", {"text_version", Kind::text}),
    in("analytics", {"severity", Kind::text}),
    in("report", {"report_type", Kind::text}),
    in("report", {"download_url", Kind::text}),
    in("lesson", {"duration_minutes", Kind::integer, 1, 1440}),
    in("user", {"birth_year", Kind::integer, 1900, 2200}),
    in("balance payment", {"lessons_left", Kind::integer, -100000, 100000}),
    in("material", {"view_duration_seconds", Kind::number, 0, 1e9}),
    in("material", {"completion_percentage", Kind::number, 0, 100}),
    in("lesson", {"rating", Kind::number, 1, 5}),
    in("homework", {"grade", Kind::number, 0, 1e6}),
    in("homework", {"grade_max", Kind::number, 0.01, 1e6}),
    in("lesson", {"price", Kind::money}),
    in("lesson", {"tutor_pay", Kind::money}),
    in("payment balance", {"amount", Kind::money}),
    in("lesson payment balance", {"currency", Kind::currency}),
    in("lesson", {"charged", Kind::flag}),
    in("user", {"is_minor", Kind::flag}),
    {"silent", Kind::flag},
    in("homework", {"files", Kind::objects}),
    in("lesson", {"lesson_type", Kind::choice, 0, 0, "regular trial makeup intensive"}),
    in("lesson", {"attendance", Kind::choice, 0, 0, kAttendance}),
    in("lesson", {"cancelled_by", Kind::choice, 0, 0, "tutor student parent system"}),
    in("payment", {"payer_kind", Kind::choice, 0, 0, "individual company ip"}),
    in("payment", {"payment_method", Kind::text}),
    in("material", {"access_type", Kind::choice, 0, 0, "view download"}),
    in("user", {"language", Kind::choice, 0, 0, "ru en"}),
    in("user", {"address_form", Kind::choice, 0, 0, "ты вы"}),
    in("system", {"priority", Kind::choice, 0, 0, "urgent high normal low"}),
    in("consent system", {"purpose", Kind::text}),
    in("user system", {"role", Kind::choice, 0, 0, kRoles}),
    in("user", {"roles", Kind::choices, 0, 0, kRoles}),
    in("analytics", {"value", Kind::number, -1e15, 1e15}),
    in("analytics", {"threshold", Kind::number, -1e15, 1e15}),
    in("report", {"report_id", Kind::id}),
    in("report", {"format", Kind::text}),
    in("report", {"start_date", Kind::day_or_moment}),
    in("report", {"end_date", Kind::day_or_moment}),
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

bool FieldRule::belongs_to(std::string_view family) const {
  if (families.empty()) return true;
  return std::ranges::any_of(std::views::split(families, ' '),
                             [&](auto name) { return std::string_view(name) == family; });
}

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
