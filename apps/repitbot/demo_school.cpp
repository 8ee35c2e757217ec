#include "demo_school.hpp"

#include <fmt/format.h>

#include <array>

#include "time/iso.hpp"

namespace rb::app {
namespace {

namespace bj = boost::json;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

struct Relative {
  int id;
  std::string_view name, telegram, email, language;
  bj::array children;
};

struct Pupil {
  int id, tutor;
  std::string_view name, form, telegram, email, language;
  bool minor;
  int payer;
  std::string_view subject, topic, homework, material;
};

constexpr std::array kPupils = std::to_array<Pupil>({
    {101, 7, "Аня Ким", "ты", "700000101", "", "ru", true, 201, "математика", "Квадратные уравнения",
     "№ 12, 14 и 17 на странице 48.\nРешения можно сфотографировать.", "Квадратные уравнения: конспект"},
    {102, 7, "Марк Лебедев", "ты", "700000102", "", "ru", true, 203, "физика", "Закон сохранения энергии",
     "Три задачи про маятник и график к последней.", "Формулы механики на одном листе"},
    {103, 8, "Софья Орлова", "вы", "", "sofya.orlova@example.com", "ru", false, 103, "английский язык",
     "Present Perfect", "Эссе на 200 слов: «Город, в который хочется вернуться».",
     "Present Perfect: таблица и примеры"},
    {104, 8, "Tom Miller", "", "700000104", "", "en", true, 204, "Russian", "Verbs of motion",
     "Read the story about Masha and the bear, then write five questions to it.", "Verbs of motion: the map"},
    {105, 7, "Тимур Алиев", "ты", "700000105", "", "ru", true, 205, "информатика", "Циклы в Python",
     "Программа, которая рисует ёлочку из звёздочек. Высоту вводит пользователь.",
     "Шпаргалка: циклы и списки"},
});

std::vector<Relative> relatives() {
  return {{201, "Ольга Ким", "", "olga.kim@example.com", "ru", {101}},
          {202, "Виктор Ким", "700000202", "", "ru", {101}},
          {203, "Наталья Лебедева", "700000203", "", "ru", {102}},
          {204, "Kate Miller", "", "kate.miller@example.com", "en", {104}},
          {205, "Зарина Алиева", "700000205", "zarina.alieva@example.com", "ru", {105}}};
}

enum class Scene {
  created,
  reminder,
  completed,
  assigned,
  submitted,
  graded,
  paid,
  cancelled,
  achievement,
  low,
  moved,
  material,
  missed,
  failed,
  overdue,
  level,
  refunded,
  message
};

// The first eight come at once.
constexpr std::array kScript = std::to_array<Scene>(
    {Scene::created,   Scene::reminder,  Scene::paid,        Scene::moved,      Scene::graded,
     Scene::assigned,  Scene::completed, Scene::achievement, Scene::cancelled,  Scene::submitted,
     Scene::low,       Scene::material,  Scene::created,     Scene::missed,     Scene::level,
     Scene::assigned,  Scene::paid,      Scene::reminder,    Scene::overdue,    Scene::failed,
     Scene::completed, Scene::graded,    Scene::message,     Scene::refunded,   Scene::moved,
     Scene::material,  Scene::submitted, Scene::cancelled,   Scene::achievement});

constexpr std::array<std::string_view, 3> kReasons = {"Заболело горло", "Школьная экскурсия",
                                                      "Перенос из-за олимпиады"};

}  // namespace

DemoSchool::DemoSchool(Time start) : run_(std::to_string(to_micros(start) / 1'000'000)) {}

std::string DemoSchool::reader_on_both_channels() { return "205"; }

bj::object DemoSchool::event(std::string_view type, Time now, bj::object data) const {
  return {{"specversion", "1.0"},    {"id", fmt::format("{}-{}-{}", run_, type, step_)},
          {"source", "/demo"},       {"type", type},
          {"time", format_iso(now)}, {"data", std::move(data)}};
}

bj::array DemoSchool::people() const {
  bj::array out;
  auto now = from_micros(std::stoll(run_) * 1'000'000);
  auto add = [&](int id, bj::object data) {
    data["user_id"] = id;
    // A welcome for three of them is enough to see what it looks like.
    bool welcome = id == 7 || id == 101 || id == 204;
    auto made = event(welcome ? "user.registered" : "user.updated", now, std::move(data));
    made["id"] = fmt::format("{}-person-{}", run_, id);
    out.push_back(std::move(made));
  };
  for (const auto& pupil : kPupils) {
    bj::object data{{"full_name", pupil.name},
                    {"role", "student"},
                    {"language", pupil.language},
                    {"is_minor", pupil.minor},
                    {"tutor_ids", {pupil.tutor}}};
    if (!pupil.form.empty()) data["address_form"] = pupil.form;
    if (!pupil.telegram.empty()) data["telegram_id"] = pupil.telegram;
    if (!pupil.email.empty()) data["email"] = pupil.email;
    add(pupil.id, std::move(data));
  }
  for (auto& one : relatives()) {
    bj::object data{{"full_name", one.name},
                    {"role", "parent"},
                    {"language", one.language},
                    {"children_ids", one.children}};
    if (!one.telegram.empty()) data["telegram_id"] = one.telegram;
    if (!one.email.empty()) data["email"] = one.email;
    add(one.id, std::move(data));
  }
  add(7, {{"full_name", "Иван Петров"}, {"role", "tutor"}, {"telegram_id", "700000007"}});
  add(8, {{"full_name", "Елена Соколова"}, {"role", "tutor"}, {"email", "elena.sokolova@example.com"}});
  return out;
}

bj::object DemoSchool::lesson_data(std::size_t student, Time scheduled_at) const {
  const auto& pupil = kPupils.at(student);
  auto number = lessons_.contains(student) ? lessons_.at(student) : 0;
  return {{"lesson_id", fmt::format("{}-{}-{}", run_, pupil.id, number)},
          {"tutor_id", pupil.tutor},
          {"student_id", pupil.id},
          {"subject", pupil.subject},
          {"topic", pupil.topic},
          {"duration_minutes", 60},
          {"scheduled_at", format_iso(scheduled_at)}};
}

bj::object DemoSchool::next(Time now) {
  auto step = static_cast<std::size_t>(step_++);
  auto scene = kScript.at(step % kScript.size());
  auto student = (step * 2 + step / kScript.size()) % kPupils.size();
  const auto& pupil = kPupils.at(student);
  auto hour = std::chrono::floor<hours>(now);
  // After school: three to seven in the afternoon in Moscow.
  auto tomorrow = std::chrono::floor<days>(now) + days(1 + static_cast<int>(step % 4)) +
                  hours(12 + static_cast<int>(step % 5));

  auto lesson = [&](std::string_view type, Time at, bj::object more = {}) {
    auto data = lesson_data(student, at);
    for (auto& [name, value] : more) data[name] = value;
    return event(type, now, std::move(data));
  };
  auto homework = [&](std::string_view type, bj::object more = {}) {
    bj::object data{{"homework_id", fmt::format("{}-hw-{}", run_, pupil.id)},
                    {"student_id", pupil.id},
                    {"tutor_id", pupil.tutor},
                    {"subject", pupil.subject}};
    for (auto& [name, value] : more) data[name] = value;
    return event(type, now, std::move(data));
  };
  auto payment = [&](std::string_view type, bj::object more) {
    bj::object data{{"payment_id", fmt::format("{}-pay-{}", run_, step)},
                    {"user_id", pupil.payer},
                    {"student_id", pupil.id},
                    {"tutor_id", pupil.tutor},
                    {"amount", pupil.language == "en" ? "120.00" : "6400.00"},
                    {"currency", pupil.language == "en" ? "EUR" : "RUB"},
                    {"payment_method", "card"}};
    for (auto& [name, value] : more) data[name] = value;
    return event(type, now, std::move(data));
  };
  bool english = pupil.language == "en";
  switch (scene) {
    case Scene::created:
      ++lessons_[student];
      return lesson("lesson.created", tomorrow, {{"meet_link", "https://meet.example/room"}});
    case Scene::reminder:
      ++lessons_[student];
      return lesson("lesson.reminder", now + minutes(45), {{"meet_link", "https://meet.example/room"}});
    case Scene::completed:
      return lesson("lesson.completed", now - hours(1), {{"completed_at", format_iso(now)}, {"rating", 5}});
    case Scene::moved:
      return lesson("lesson.rescheduled", tomorrow + hours(2), {{"old_scheduled_at", format_iso(tomorrow)}});
    case Scene::cancelled:
      return lesson("lesson.cancelled", tomorrow,
                    {{"cancelled_by", "parent"},
                     {"reason", english ? "A family trip" : kReasons.at(step % kReasons.size())}});
    case Scene::missed:
      return lesson("lesson.missed", now - hours(1), {{"charged", true}});
    case Scene::assigned:
      return homework("homework.assigned",
                      {{"description", pupil.homework}, {"due_date", format_iso(hour + days(3))}});
    case Scene::submitted:
      return homework("homework.submitted", {{"submitted_at", format_iso(now)}});
    case Scene::graded:
      return homework(
          "homework.graded",
          {{"grade", 4 + static_cast<int>(step % 2)}, {"grade_max", 5}, {"graded_at", format_iso(now)}});
    case Scene::overdue:
      return homework("homework.overdue", {{"due_date", format_iso(hour - days(1))}});
    case Scene::paid:
      return payment("payment.processed", {{"processed_at", format_iso(now)},
                                           {"description", english ? "4 lessons of Russian" : "4 занятия"}});
    case Scene::failed:
      return payment("payment.failed",
                     {{"failed_at", format_iso(now)},
                      {"failure_reason", english ? "the card has expired" : "срок действия карты истёк"}});
    case Scene::refunded:
      return payment("payment.refunded", {{"refunded_at", format_iso(now)}});
    case Scene::low:
      return event("balance.low", now,
                   {{"user_id", pupil.payer},
                    {"student_id", pupil.id},
                    {"amount", english ? "30.00" : "1600.00"},
                    {"currency", english ? "EUR" : "RUB"},
                    {"lessons_left", 1}});
    case Scene::material:
      return event("material.shared", now,
                   {{"material_id", fmt::format("{}-m-{}", run_, step)},
                    {"student_id", pupil.id},
                    {"tutor_id", pupil.tutor},
                    {"title", pupil.material},
                    {"subject", pupil.subject},
                    {"material_type", "pdf"}});
    case Scene::achievement:
      return event("achievement.earned", now,
                   {{"student_id", pupil.id},
                    {"title", english ? "Ten lessons in a row" : "Десять занятий подряд"},
                    {"description", english ? "Ten lessons without a single miss."
                                            : "Десять занятий без единого пропуска."}});
    case Scene::level:
      return event(
          "student.level_up", now,
          {{"student_id", pupil.id}, {"title", english ? "Explorer" : "Исследователь"}, {"level", "3"}});
    case Scene::message:
      return event(
          "system.notification", now,
          {{"user_id", pupil.payer},
           {"title", english ? "Winter holidays" : "Каникулы"},
           {"message", english ? "There are no lessons from 30 December to 8 January. Have a good rest!"
                               : "С 30 декабря по 8 января занятий нет. Хорошего отдыха!"}});
  }
  return {};
}

}  // namespace rb::app
