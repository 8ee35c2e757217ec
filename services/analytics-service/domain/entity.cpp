#include "domain/entity.hpp"

#include <array>
#include <string_view>

namespace rb::analytics {
namespace {

struct Row {
  std::string_view type;
  EntityKind kind;
  std::string_view field;  // that names it; "": the event itself is the thing
};

// Reminders say nothing that happened; balances are worked out from payments and lessons.
constexpr std::array kRows = std::to_array<Row>({
    {"lesson.created", EntityKind::lesson, "lesson_id"},
    {"lesson.rescheduled", EntityKind::lesson, "lesson_id"},
    {"lesson.updated", EntityKind::lesson, "lesson_id"},
    {"lesson.completed", EntityKind::lesson, "lesson_id"},
    {"lesson.cancelled", EntityKind::lesson, "lesson_id"},
    {"lesson.missed", EntityKind::lesson, "lesson_id"},
    {"homework.assigned", EntityKind::homework, "homework_id"},
    {"homework.submitted", EntityKind::homework, "homework_id"},
    {"homework.graded", EntityKind::homework, "homework_id"},
    {"homework.overdue", EntityKind::homework, "homework_id"},
    {"payment.processed", EntityKind::payment, "payment_id"},
    {"payment.failed", EntityKind::payment, "payment_id"},
    {"payment.refunded", EntityKind::payment, "payment_id"},
    {"material.uploaded", EntityKind::access, ""},
    {"material.shared", EntityKind::access, ""},
    {"material.accessed", EntityKind::access, ""},
    {"material.downloaded", EntityKind::access, ""},
    {"user.login", EntityKind::login, ""},
    {"user.registered", EntityKind::person, "user_id"},
    {"user.updated", EntityKind::person, "user_id"},
    {"user.profile_updated", EntityKind::person, "user_id"},
    {"user.deleted", EntityKind::person, "user_id"},
});

constexpr std::array<std::string_view, 6> kNames = {"lesson", "payment", "homework",
                                                    "access", "login",   "person"};

}  // namespace

std::optional<Entity> entity_of(const events::Event& event) {
  for (const auto& row : kRows)
    if (row.type == event.type)
      return Entity{row.kind, row.field.empty() ? event.source + '\n' + event.id : event.text(row.field)};
  return std::nullopt;
}

std::string key(const Entity& entity) {
  return std::string(kNames[static_cast<std::size_t>(entity.kind)]) + ':' + entity.id;
}

}  // namespace rb::analytics
