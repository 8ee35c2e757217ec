#include "templates/variables.hpp"

#include <algorithm>
#include <array>

namespace rb::notification::templates {
namespace {

constexpr std::array kVariables = std::to_array<Variable>({
    {"recipient.id", "", "номер читателя", "the reader's id"},
    {"recipient.name", "", "полное имя читателя; может быть пустым", "who reads; may be empty"},
    {"recipient.first_name", "", "имя читателя; может быть пустым", "the reader's first name; may be empty"},
    {"recipient.address_form", "", "«ты» или «вы»; «вы», если не сказано иначе",
     "ты or вы; вы when nobody said otherwise"},
    {"recipient.language", "", "язык читателя: ru, en", "the reader's language: ru, en"},
    {"recipient.timezone", "", "часовой пояс всех времён", "zone of all shown times"},
    {"recipient.role", "", "student, parent, tutor, admin", "student, parent, tutor, admin"},
    {"audience", "", "для кого текст: роль или any", "whom the text is for: a role, or any"},
    {"layout", "", "вид сообщения; текст начинается с {% extends layout %}",
     "the form of the message; a text begins with {% extends layout %}"},
    {"language", "", "язык, который заказал отправитель", "the language that the caller asked for"},
    {"school_name", "", "название школы, если задано", "the school's name, where it is set"},
    {"unsubscribe_url", "", "ссылка отписки; только в письмах", "the unsubscribe link; in mails only"},
    {"student.id", "", "номер ученика", "the student's id"},
    {"student.name", "", "полное имя ученика", "the student's name"},
    {"student.first_name", "", "имя ученика", "the student's first name"},
    {"students", "", "те, о ком сообщение; поля как у student", "those the message is about, as student"},
    {"tutor.id", "", "номер преподавателя", "the tutor's id"},
    {"tutor.name", "", "полное имя преподавателя", "the tutor's name"},
    {"tutor.first_name", "", "имя преподавателя", "the tutor's first name"},
    {"title", "", "заголовок, который дал отправитель", "the title that the caller gave"},
    {"message", "", "текст, который дал отправитель; в custom и system.notification есть всегда",
     "the text that the caller gave; always there in custom and system.notification"},
    {"lesson.id", "lesson", "номер урока", "the lesson's id"},
    {"lesson.subject", "lesson", "предмет", "subject"},
    {"lesson.topic", "lesson", "тема", "topic"},
    {"lesson.start_time", "lesson", "начало урока", "when it starts"},
    {"lesson.old_start_time", "lesson.rescheduled", "прежнее начало", "where it was before"},
    {"lesson.duration", "lesson", "длительность в минутах", "duration in minutes"},
    {"lesson.meet_link", "lesson", "ссылка на урок", "link to the lesson"},
    {"lesson.lesson_type", "lesson", "regular, trial, makeup, intensive",
     "regular, trial, makeup, intensive"},
    {"lesson.price", "lesson", "цена", "price"},
    {"lesson.currency", "lesson", "валюта цены", "currency of the price"},
    {"lesson.minutes_until", "lesson", "сколько целых минут осталось до начала",
     "whole minutes from sending to the start"},
    {"lesson.reason", "lesson", "причина", "the reason"},
    {"lesson.cancelled_by", "lesson", "tutor, student, parent, system", "tutor, student, parent, system"},
    {"lesson.charged", "lesson", "оплачивается ли: true, false или не сказано", "true, false, or not said"},
    {"lesson.goes_on", "lesson.cancelled", "true: отменены только некоторые места, группа встречается",
     "true: only some places were cancelled, the group meets"},
    {"lesson.rating", "lesson", "оценка урока, 1..5", "1..5"},
    {"lesson.attendance", "lesson", "attended, late, absent_excused, absent_unexcused",
     "attended, late, absent_excused, absent_unexcused"},
    {"lesson.completed_at", "lesson", "когда урок закончился", "when it was over"},
    {"time_until", "lesson", "слова отправителя о том, сколько осталось",
     "the producer's own words for the time left"},
    {"homework.id", "homework", "номер задания", "the homework's id"},
    {"homework.subject", "homework", "предмет", "subject"},
    {"homework.description", "homework", "задание", "the task"},
    {"homework.due_date", "homework", "срок", "when it is due"},
    {"homework.submitted_at", "homework", "когда сдано", "when it was handed in"},
    {"homework.grade", "homework", "оценка", "grade"},
    {"homework.grade_max", "homework", "высшая оценка", "the best grade"},
    {"homework.graded_at", "homework", "когда проверено", "when it was graded"},
    {"homework.feedback", "homework", "отзыв преподавателя", "what the tutor says of it"},
    {"homework.files", "homework", "файлы; у каждого name", "files, each with a name"},
    {"payment.id", "payment", "номер платежа", "the payment's id"},
    {"payment.amount", "payment", "сумма", "amount"},
    {"payment.currency", "payment", "валюта", "currency"},
    {"payment.payment_method", "payment", "card, sbp, cash, bank_transfer", "card, sbp, cash, bank_transfer"},
    {"payment.created_at", "payment", "когда принят, отклонён или возвращён",
     "when it was processed, failed or refunded"},
    {"payment.failure_reason", "payment", "почему не прошёл", "why it failed"},
    {"payment.description", "payment", "за что", "what it was for"},
    {"payment.receipt_url", "payment", "ссылка на чек", "link to the receipt"},
    {"balance.amount", "balance", "остаток в деньгах; отрицательный не показывают",
     "amount left; a negative one is never shown"},
    {"balance.currency", "balance", "валюта", "currency"},
    {"balance.lessons_left", "balance payment", "сколько уроков осталось", "how many lessons are left"},
    {"material.id", "material", "номер материала", "the material's id"},
    {"material.title", "material", "название", "title"},
    {"material.subject", "material", "предмет", "subject"},
    {"material.material_type", "material", "вид материала", "what kind it is"},
    {"material.url", "material", "ссылка", "link"},
    {"achievement.title", "achievement student", "название достижения или уровня", "what was achieved"},
    {"achievement.description", "achievement student", "за что", "what for"},
    {"achievement.level", "achievement student", "уровень", "level"},
    {"user.id", "user", "чья запись создана", "whose account it is"},
    {"user.name", "user", "полное имя", "the name"},
    {"user.first_name", "user", "имя", "the first name"},
    {"user.role", "user", "роль", "the role"},
    {"period", "digest", "daily, weekly", "daily, weekly"},
    {"items", "digest",
     "сообщения; у каждого icon, title, body; child там, где начинаются вести о другом ребёнке",
     "the messages, each with icon, title, body; child where news of another child begins"},
    {"more", "digest", "сколько сообщений только сосчитаны", "how many messages are only counted"},
    {"alert.title", "analytics.alert", "заголовок", "title"},
    {"alert.message", "analytics.alert", "что случилось", "what happened"},
    {"alert.value", "analytics.alert", "значение", "the value"},
    {"alert.threshold", "analytics.alert", "порог", "the threshold"},
    {"alert.url", "analytics.alert", "ссылка", "link"},
    {"report.id", "report", "номер отчёта", "the report's id"},
    {"report.title", "report", "название", "title"},
    {"report.report_type", "report", "lesson, payment, material_usage, user_activity, comprehensive",
     "lesson, payment, material_usage, user_activity, comprehensive"},
    {"report.format", "report", "pdf, excel, csv, html, json", "pdf, excel, csv, html, json"},
    {"report.start_date", "report", "начало периода", "first day"},
    {"report.end_date", "report", "конец периода", "last day"},
    {"report.download_url", "report", "ссылка на файл", "link to the file"},
    {"report.attached", "report", "true: файл приложен", "true: the file comes with the message"},
});

bool belongs(const Variable& variable, std::string_view type) {
  if (variable.where.empty()) return true;
  auto family = type.substr(0, type.find('.'));
  for (auto rest = variable.where; !rest.empty();) {
    auto word = rest.substr(0, rest.find(' '));
    rest.remove_prefix(std::min(rest.size(), word.size() + 1));
    if (word == type || word == family) return true;
  }
  return false;
}

// `inner` lies at `outer` or below it.
bool within(std::string_view inner, std::string_view outer) {
  return inner.starts_with(outer) && (inner.size() == outer.size() || inner[outer.size()] == '.');
}

}  // namespace

std::vector<Variable> variables_of(std::string_view type) {
  std::vector<Variable> out;
  std::ranges::copy_if(kVariables, std::back_inserter(out),
                       [&](const Variable& v) { return belongs(v, type); });
  return out;
}

void add_missing_objects(boost::json::object& context, std::string_view type) {
  for (const auto& variable : kVariables) {
    auto dot = variable.path.find('.');
    if (dot == std::string_view::npos || !belongs(variable, type)) continue;
    auto& object = context[variable.path.substr(0, dot)];
    if (object.is_null()) object.emplace_object();
  }
}

bool is_declared(std::string_view path, std::span<const Variable> variables) {
  return std::ranges::any_of(variables,
                             [&](const Variable& v) { return within(path, v.path) || within(v.path, path); });
}

}  // namespace rb::notification::templates
