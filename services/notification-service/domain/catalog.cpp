#include "domain/catalog.hpp"

#include <algorithm>
#include <array>

namespace rb::notification {
namespace {

using enum Priority;

constexpr std::array kTypes = std::to_array<TypeInfo>({
    {"lesson.created", "Новое занятие", "New lesson", "student parent", normal},
    {"lesson.rescheduled", "Перенос занятия", "Lesson moved", "student parent tutor", high},
    {"lesson.reminder", "Напоминание о занятии", "Lesson reminder", "student parent tutor", high},
    {"lesson.completed", "Занятие прошло", "Lesson completed", "student parent", normal},
    {"lesson.cancelled", "Отмена занятия", "Lesson cancelled", "student parent tutor", high},
    {"lesson.missed", "Пропуск занятия", "Lesson missed", "student parent tutor", normal},
    {"homework.assigned", "Новое домашнее задание", "New homework", "student parent", normal},
    {"homework.submitted", "Домашнее задание сдано", "Homework handed in", "student parent tutor", normal},
    {"homework.graded", "Домашнее задание проверено", "Homework graded", "student parent", normal},
    {"homework.overdue", "Домашнее задание просрочено", "Homework overdue", "student parent", normal},
    {"payment.processed", "Оплата получена", "Payment received", "any tutor", normal},
    {"payment.failed", "Оплата не прошла", "Payment failed", "any tutor", high},
    {"payment.refunded", "Возврат оплаты", "Payment refunded", "any tutor", normal},
    {"balance.low", "Баланс заканчивается", "Balance is running low", "any", normal},
    {"material.uploaded", "Новый материал", "New material", "student parent", low},
    {"material.shared", "Новый материал", "Material shared", "student parent", low},
    {"user.registered", "Добро пожаловать", "Welcome", "student parent tutor admin", normal, false},
    {"achievement.earned", "Новое достижение", "Achievement", "student parent", low},
    {"student.level_up", "Новый уровень", "Level up", "student parent", low},
    {"system.notification", "Сообщение школы", "Message from the school", "any", normal},
    {"analytics.alert", "Сигнал аналитики", "Analytics alert", "any", high},
    {"report.generated", "Отчёт готов", "Report is ready", "any", normal},
    {"custom", "Сообщение", "Message", "any", normal},
    {"digest", "Сводка", "Digest", "any", low},
    {"report", "Отчёт", "Report", "any", normal},
});

struct Alias {
  std::string_view from, to;
};
constexpr std::array kAliases = std::to_array<Alias>({
    {"welcome", "user.registered"},
    {"welcome_message", "user.registered"},
    {"lesson_upcoming_reminder", "lesson.reminder"},
    {"lesson_starting_soon_reminder", "lesson.reminder"},
    {"homework_assignment", "homework.assigned"},
    {"payment_payment_received", "payment.processed"},
});

constexpr std::array<std::string_view, 4> kPriorities = {"urgent", "high", "normal", "low"};

}  // namespace

std::string_view to_string(Priority priority) { return kPriorities.at(static_cast<std::size_t>(priority)); }

std::span<const TypeInfo> notification_types() { return kTypes; }

const TypeInfo* find_notification_type(std::string_view type) {
  const auto* found = std::ranges::find(kTypes, type, &TypeInfo::type);
  return found == kTypes.end() ? nullptr : found;
}

std::string canonical_notification_type(std::string_view name) {
  const auto* alias = std::ranges::find(kAliases, name, &Alias::from);
  if (alias != kAliases.end()) return std::string(alias->to);
  for (const auto& info : kTypes) {
    auto underscored = std::string(info.type);
    std::ranges::replace(underscored, '.', '_');
    if (underscored == name) return std::string(info.type);
  }
  return std::string(name);
}

}  // namespace rb::notification
