#include <algorithm>
#include <cmath>
#include <set>

#include "domain/merge.hpp"

namespace rb::analytics {
namespace {

struct Said {
  const events::Event* event;
  std::vector<std::string> students;  // none: it is about the whole lesson

  bool about(const std::string& student) const {
    return students.empty() || std::ranges::find(students, student) != students.end();
  }
};

// An event's currency is that of the money it tells; with no money, of all that others tell.
class LessonMoney {
 public:
  explicit LessonMoney(std::string_view field) : field_(field) {}

  void take(const events::Event& event) {
    if (event.has(field_)) amount_ = event.text(field_);
    if (!event.has("currency")) return;
    any_currency_ = event.text("currency");
    bool of_other = event.has("price") || event.has("tutor_pay");
    if (event.has(field_) || !of_other) currency_ = any_currency_;
  }

  // nullopt: never told, or more decimals than its currency has.
  std::optional<Money> told() const {
    std::string currency = "RUB";
    if (!any_currency_.empty()) currency = any_currency_;
    if (!currency_.empty()) currency = currency_;
    auto minor = amount_.empty() ? std::nullopt : events::parse_money(amount_, currency);
    return minor ? std::optional(Money{*minor, currency}) : std::nullopt;
  }

 private:
  std::string_view field_;
  std::string amount_, currency_, any_currency_;
};

std::optional<LessonStatus> status_said(std::string_view type) {
  if (type == "lesson.created" || type == "lesson.rescheduled") return LessonStatus::scheduled;
  if (type == "lesson.completed") return LessonStatus::completed;
  if (type == "lesson.cancelled") return LessonStatus::cancelled;
  if (type == "lesson.missed") return LessonStatus::missed;
  return std::nullopt;
}

bool is_charged(const Place& place, bool cancelled_with_charge) {
  switch (place.status) {
    case LessonStatus::completed:
      return true;
    case LessonStatus::missed:
      return place.attendance == "absent_unexcused";
    case LessonStatus::cancelled:
      return cancelled_with_charge;
    case LessonStatus::scheduled:
      return false;
  }
  return false;
}

// What the events about this student say; nullopt when none of them decides what became of the lesson.
std::optional<Place> place_of(const std::string& student, const std::vector<Said>& all,
                              const Lesson& lesson) {
  Place place;
  place.student_id = student;
  const events::Event *decided = nullptr, *last = nullptr;
  std::optional<Time> completed_at;
  bool charged = false;
  LessonMoney price("price");
  for (const auto& said : all) {
    if (!said.about(student)) continue;
    const auto& event = *said.event;
    last = &event;
    if (auto status = status_said(event.type)) {
      place.status = *status;
      decided = &event;
    }
    if (auto moment = event.moment("completed_at")) completed_at = moment;
    if (event.has("attendance")) place.attendance = event.text("attendance");
    if (auto rating = event.number("rating")) place.rating = std::llround(*rating * 1e6);
    price.take(event);
    if (event.has("charged")) charged = event.flag("charged");
  }
  if (decided == nullptr) return std::nullopt;
  bool completed = place.status == LessonStatus::completed;
  place.at = completed ? completed_at.value_or(decided->time) : lesson.scheduled_at.value_or(last->time);
  place.price = price.told();
  place.charged = is_charged(place, charged);
  return place;
}

}  // namespace

std::optional<Lesson> fold_lesson(Events ordered) {
  if (ordered.empty()) return std::nullopt;
  std::vector<Said> all;
  std::set<std::string> students;
  Lesson lesson;
  LessonMoney pay("tutor_pay");
  for (const auto& event : ordered) {
    if (event.type == "lesson.reminder") continue;
    auto& said = all.emplace_back(&event, event.list("student_ids"));
    students.insert(said.students.begin(), said.students.end());
    lesson.id = event.text("lesson_id");
    for (auto [field, to] : {std::pair("tutor_id", &lesson.tutor_id),
                             {"subject", &lesson.subject},
                             {"topic", &lesson.topic},
                             {"lesson_type", &lesson.type}})
      if (event.has(field)) *to = event.text(field);
    if (auto moment = event.moment("scheduled_at")) lesson.scheduled_at = moment;
    if (auto minutes = event.integer("duration_minutes")) lesson.minutes = static_cast<int>(*minutes);
    pay.take(event);
  }
  lesson.tutor_pay = pay.told();
  if (students.empty()) students.insert("");
  for (const auto& student : students)
    if (auto place = place_of(student, all, lesson)) lesson.places.push_back(std::move(*place));
  if (lesson.places.empty()) return std::nullopt;
  return lesson;
}

}  // namespace rb::analytics
