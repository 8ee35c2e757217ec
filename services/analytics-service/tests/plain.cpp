#include "tests/plain.hpp"

#include <fmt/format.h>

#include <cmath>

#include "time/iso.hpp"

namespace rb::analytics {

Answers recompute(std::vector<events::Event> events, const Question& asked) {
  auto history = plain::read_history(std::move(events));
  Answers out;
  plain::answer_lessons(history, asked, out);
  plain::answer_progress(history, asked, out);
  plain::answer_money(history, asked, out);
  plain::answer_balances(history, asked, out);
  plain::answer_homework(history, asked, out);
  plain::answer_materials(history, asked, out);
  plain::answer_users(history, asked, out);
  return out;
}

namespace plain {

History read_history(std::vector<Event> events) {
  std::ranges::sort(events, [](const Event& a, const Event& b) {
    if (a.time != b.time) return a.time < b.time;
    return a.id != b.id ? a.id < b.id : a.source < b.source;
  });
  History out;
  std::set<std::pair<std::string, std::string>> seen;
  for (const auto& event : events) {
    if (!seen.insert({event.source, event.id}).second || event.type == "lesson.reminder") continue;
    if (event.family() == "lesson") out.lessons[event.text("lesson_id")].push_back(event);
    if (event.family() == "payment") out.payments[event.text("payment_id")].push_back(event);
    if (event.family() == "homework") out.homework[event.text("homework_id")].push_back(event);
    if (event.family() == "material") out.materials.push_back(event);
    if (event.type == "user.login") {
      out.logins.push_back(event);
    } else if (event.family() == "user") {
      out.people[event.text("user_id")].push_back(event);
    }
  }
  return out;
}

std::vector<Seat> seats(const Story& lesson) {
  std::set<std::string> students;
  for (const auto& event : lesson)
    for (const auto& student : event.list("student_ids")) students.insert(student);
  if (students.empty()) students.insert("");
  auto scheduled = last_with(lesson, "scheduled_at");
  std::vector<Seat> out;
  for (const auto& student : students) {
    Story about;
    for (const auto& event : lesson) {
      auto named = event.list("student_ids");
      if (named.empty() || std::ranges::count(named, student) > 0) about.push_back(event);
    }
    Seat seat;
    seat.student = student;
    Time decided;
    for (const auto& event : about) {
      if (event.type == "lesson.updated") continue;
      bool planned = event.type == "lesson.created" || event.type == "lesson.rescheduled";
      seat.status = planned ? "scheduled" : event.type.substr(std::string_view("lesson.").size());
      decided = event.time;
    }
    if (seat.status.empty()) continue;
    auto completed = last_with(about, "completed_at");
    seat.at = about.back().time;
    if (scheduled != nullptr) seat.at = *scheduled->moment("scheduled_at");
    if (seat.status == "completed")
      seat.at = completed != nullptr ? *completed->moment("completed_at") : decided;
    seat.attendance = text(about, "attendance");
    if (auto* rated = last_with(about, "rating")) seat.rating = number(*rated->number("rating"));
    seat.price = lesson_money(about, "price", "tutor_pay");
    auto* charged = last_with(about, "charged");
    seat.charged = seat.status == "completed" ||
                   (seat.status == "missed" && seat.attendance == "absent_unexcused") ||
                   (seat.status == "cancelled" && charged != nullptr && charged->flag("charged"));
    out.push_back(seat);
  }
  return out;
}

std::optional<Whole> whole(const std::vector<Seat>& seats) {
  for (const char* status : {"completed", "missed", "cancelled", "scheduled"}) {
    std::optional<Whole> out;
    for (const auto& seat : seats)
      if (seat.status == status && (!out || seat.at < out->at)) out = Whole{status, seat.at};
    if (out) return out;
  }
  return std::nullopt;
}

const Event* last_with(const Story& story, std::string_view field) {
  const Event* out = nullptr;
  for (const auto& event : story)
    if (event.has(field)) out = &event;
  return out;
}

const Event* last_of(const Story& story, std::string_view type) {
  const Event* out = nullptr;
  for (const auto& event : story)
    if (event.type == type) out = &event;
  return out;
}

std::string text(const Story& story, std::string_view field, const std::string& otherwise) {
  auto* event = last_with(story, field);
  return event == nullptr ? otherwise : event->text(field);
}

std::string student_of(const Event& event) {
  auto named = event.list("student_ids");
  return named.empty() ? "" : named[0];
}

Number number(double value) { return Number(std::llround(value * 1'000'000), 1'000'000); }

std::pair<std::string, std::int64_t> money(const Event& event, std::string_view field) {
  return {event.has("currency") ? event.text("currency") : "RUB", *event.minor(field)};
}

std::optional<std::pair<std::string, std::int64_t>> lesson_money(const Story& story, std::string_view field,
                                                                 std::string_view other) {
  auto* event = last_with(story, field);
  if (event == nullptr) return std::nullopt;
  Story of_it;  // whose currency is not that of the other money alone
  for (const auto& each : story)
    if (each.has(field) || !each.has(other)) of_it.push_back(each);
  auto code = text(of_it, "currency", text(story, "currency", "RUB"));
  auto minor = events::parse_money(event->text(field), code);
  if (!minor) return std::nullopt;
  return std::pair(code, *minor);
}

Date date(Time t, const Question& asked) {
  return std::chrono::floor<std::chrono::days>(asked.zone.to_local(t));
}

bool within(Time t, const Question& asked) {
  auto day = date(t, asked);
  return asked.first <= day && day <= asked.last;
}

std::string written(Date date) { return format_iso(Time(LocalTime(date).time_since_epoch())).substr(0, 10); }

std::vector<Date> dates(const Question& asked) {
  std::vector<Date> out;
  for (auto day = asked.first; day <= asked.last; day += std::chrono::days(1)) out.push_back(day);
  return out;
}

Date week(Date date) {
  while (std::chrono::weekday(date) != std::chrono::Monday) date -= std::chrono::days(1);
  return date;
}

bool same_tutor(const std::string& id, const Question& asked) {
  return asked.tutor_id.empty() || asked.tutor_id == id;
}

bool same_student(const std::string& id, const Question& asked) {
  return !asked.student_ids || std::ranges::count(*asked.student_ids, id) > 0;
}

bool same_subject(const std::string& subject, const Question& asked) {
  return !asked.subject || *asked.subject == shown(subject);
}

std::string shown(const std::string& subject) { return subject.empty() ? "—" : subject; }

double two(const Number& number) {
  Number hundred = abs(number) * 100 + Number(1, 2);
  auto whole =
      static_cast<std::int64_t>(boost::multiprecision::cpp_int(numerator(hundred) / denominator(hundred)));
  auto text = fmt::format("{}{}.{:02}", number < 0 ? "-" : "", whole / 100, whole % 100);
  return whole == 0 ? 0 : std::stod(text);
}

std::optional<double> rate(std::int64_t part, std::int64_t whole) {
  return whole == 0 ? std::nullopt : std::optional(two(Number(100 * part, whole)));
}

std::optional<double> mean(const std::vector<Number>& numbers) {
  if (numbers.empty()) return std::nullopt;
  Number sum;
  for (const auto& each : numbers) sum += each;
  return two(sum / numbers.size());
}

double major(std::int64_t minor, const std::string& currency) {
  return std::stod(events::format_money(minor, currency));
}

}  // namespace plain
}  // namespace rb::analytics
