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

bj::object with(bj::object data, bj::object more) {
  for (auto& [name, value] : more) data[name] = std::move(value);
  return data;
}

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

// One turn of the story.
struct DemoSchool::Turn {
  Scene scene;
  std::size_t step, student;
  Time now;
  const Pupil& pupil = kPupils.at(student);
  bool english = pupil.language == "en";

  std::string_view in(std::string_view russian, std::string_view other) const {
    return english ? other : russian;
  }
};

bj::object DemoSchool::next(Time now) {
  auto step = static_cast<std::size_t>(step_++);
  auto student = (step * 2 + step / kScript.size()) % kPupils.size();
  Turn turn{.scene = kScript.at(step % kScript.size()), .step = step, .student = student, .now = now};
  switch (turn.scene) {
    case Scene::created:
    case Scene::reminder:
    case Scene::completed:
    case Scene::moved:
    case Scene::cancelled:
    case Scene::missed:
      return lesson(turn);
    case Scene::assigned:
    case Scene::submitted:
    case Scene::graded:
    case Scene::overdue:
      return homework(turn);
    case Scene::paid:
    case Scene::failed:
    case Scene::refunded:
    case Scene::low:
      return money(turn);
    default:
      return news(turn);
  }
}

bj::object DemoSchool::lesson(const Turn& turn) {
  auto told = [&](std::string_view type, Time at, bj::object more = {}) {
    return event(type, turn.now, with(lesson_data(turn.student, at), std::move(more)));
  };
  auto now = turn.now;
  // After school: three to seven in the afternoon in Moscow.
  auto tomorrow = std::chrono::floor<days>(now) + days(1 + static_cast<int>(turn.step % 4)) +
                  hours(12 + static_cast<int>(turn.step % 5));
  switch (turn.scene) {
    case Scene::created:
      ++lessons_[turn.student];
      return told("lesson.created", tomorrow, {{"meet_link", "https://meet.example/room"}});
    case Scene::reminder:
      ++lessons_[turn.student];
      return told("lesson.reminder", now + minutes(45), {{"meet_link", "https://meet.example/room"}});
    case Scene::completed:
      return told("lesson.completed", now - hours(1), {{"completed_at", format_iso(now)}, {"rating", 5}});
    case Scene::moved:
      return told("lesson.rescheduled", tomorrow + hours(2), {{"old_scheduled_at", format_iso(tomorrow)}});
    case Scene::cancelled:
      return told("lesson.cancelled", tomorrow,
                  {{"cancelled_by", "parent"},
                   {"reason", turn.in(kReasons.at(turn.step % kReasons.size()), "A family trip")}});
    default:
      return told("lesson.missed", now - hours(1), {{"charged", true}});
  }
}

bj::object DemoSchool::homework(const Turn& turn) const {
  auto told = [&](std::string_view type, bj::object more) {
    bj::object data{{"homework_id", fmt::format("{}-hw-{}", run_, turn.pupil.id)},
                    {"student_id", turn.pupil.id},
                    {"tutor_id", turn.pupil.tutor},
                    {"subject", turn.pupil.subject}};
    return event(type, turn.now, with(std::move(data), std::move(more)));
  };
  auto now = format_iso(turn.now);
  auto hour = std::chrono::floor<hours>(turn.now);
  switch (turn.scene) {
    case Scene::assigned:
      return told("homework.assigned",
                  {{"description", turn.pupil.homework}, {"due_date", format_iso(hour + days(3))}});
    case Scene::submitted:
      return told("homework.submitted", {{"submitted_at", now}});
    case Scene::graded:
      return told("homework.graded",
                  {{"grade", 4 + static_cast<int>(turn.step % 2)}, {"grade_max", 5}, {"graded_at", now}});
    default:
      return told("homework.overdue", {{"due_date", format_iso(hour - days(1))}});
  }
}

bj::object DemoSchool::money(const Turn& turn) const {
  auto told = [&](std::string_view type, bj::object more) {
    bj::object data{{"payment_id", fmt::format("{}-pay-{}", run_, turn.step)},
                    {"user_id", turn.pupil.payer},
                    {"student_id", turn.pupil.id},
                    {"tutor_id", turn.pupil.tutor},
                    {"amount", turn.in("6400.00", "120.00")},
                    {"currency", turn.in("RUB", "EUR")},
                    {"payment_method", "card"}};
    return event(type, turn.now, with(std::move(data), std::move(more)));
  };
  auto now = format_iso(turn.now);
  switch (turn.scene) {
    case Scene::paid:
      return told("payment.processed",
                  {{"processed_at", now}, {"description", turn.in("4 занятия", "4 lessons of Russian")}});
    case Scene::failed:
      return told("payment.failed",
                  {{"failed_at", now},
                   {"failure_reason", turn.in("срок действия карты истёк", "the card has expired")}});
    case Scene::refunded:
      return told("payment.refunded", {{"refunded_at", now}});
    default:
      return event("balance.low", turn.now,
                   {{"user_id", turn.pupil.payer},
                    {"student_id", turn.pupil.id},
                    {"amount", turn.in("1600.00", "30.00")},
                    {"currency", turn.in("RUB", "EUR")},
                    {"lessons_left", 1}});
  }
}

bj::object DemoSchool::news(const Turn& turn) const {
  const auto& pupil = turn.pupil;
  switch (turn.scene) {
    case Scene::material:
      return event("material.shared", turn.now,
                   {{"material_id", fmt::format("{}-m-{}", run_, turn.step)},
                    {"student_id", pupil.id},
                    {"tutor_id", pupil.tutor},
                    {"title", pupil.material},
                    {"subject", pupil.subject},
                    {"material_type", "pdf"}});
    case Scene::achievement:
      return event("achievement.earned", turn.now,
                   {{"student_id", pupil.id},
                    {"title", turn.in("Десять занятий подряд", "Ten lessons in a row")},
                    {"description",
                     turn.in("Десять занятий без единого пропуска.", "Ten lessons without a single miss.")}});
    case Scene::level:
      return event(
          "student.level_up", turn.now,
          {{"student_id", pupil.id}, {"title", turn.in("Исследователь", "Explorer")}, {"level", "3"}});
    default:
      return event(
          "system.notification", turn.now,
          {{"user_id", pupil.payer},
           {"title", turn.in("Каникулы", "Winter holidays")},
           {"message", turn.in("С 30 декабря по 8 января занятий нет. Хорошего отдыха!",
                               "There are no lessons from 30 December to 8 January. Have a good rest!")}});
  }
}

}  // namespace rb::app
