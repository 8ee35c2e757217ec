// Lessons, and how students get on in them.
#include "tests/plain.hpp"

namespace rb::analytics::plain {
namespace {

struct Row {
  std::string status, subject;
  Date day;
  std::int64_t minutes;
  std::vector<Number> ratings;
  bool unmarked;
};

std::vector<Seat> in_scope(const Story& lesson, const Question& asked) {
  std::vector<Seat> out;
  if (!same_tutor(text(lesson, "tutor_id"), asked) || !same_subject(text(lesson, "subject"), asked))
    return out;
  for (const auto& seat : seats(lesson))
    if (same_student(seat.student, asked)) out.push_back(seat);
  return out;
}

std::int64_t minutes_of(const Story& lesson) {
  auto* event = last_with(lesson, "duration_minutes");
  return event == nullptr ? 60 : *event->integer("duration_minutes");
}

std::int64_t count(const std::vector<Row>& rows, std::string_view status) {
  return std::ranges::count(rows, status, &Row::status);
}

std::optional<double> completion(const std::vector<Row>& rows) {
  return rate(count(rows, "completed"),
              count(rows, "completed") + count(rows, "cancelled") + count(rows, "missed"));
}

std::vector<Row> rows_of(const History& history, const Question& asked) {
  std::vector<Row> rows;
  for (const auto& [id, lesson] : history.lessons) {
    auto scope = in_scope(lesson, asked);
    auto stand = whole(scope);
    if (!stand || !within(stand->at, asked)) continue;
    std::vector<Number> ratings;
    for (const auto& seat : scope)
      if (seat.status == "completed" && within(seat.at, asked) && seat.rating)
        ratings.push_back(*seat.rating);
    auto minutes = minutes_of(lesson);
    auto* planned = last_with(lesson, "scheduled_at");
    bool over =
        planned != nullptr && *planned->moment("scheduled_at") + std::chrono::minutes(minutes) < asked.now;
    rows.push_back({stand->status, shown(text(lesson, "subject")), date(stand->at, asked), minutes, ratings,
                    over && stand->status == "scheduled"});
  }
  return rows;
}

LessonFigures total(const std::vector<Row>& rows, const std::vector<Seat>& places) {
  LessonFigures out;
  out.total_lessons = static_cast<std::int64_t>(rows.size());
  out.completed_lessons = count(rows, "completed");
  out.cancelled_lessons = count(rows, "cancelled");
  out.missed_lessons = count(rows, "missed");
  out.scheduled_lessons = count(rows, "scheduled");
  out.unmarked_lessons = std::ranges::count(rows, true, &Row::unmarked);
  out.completion_rate = completion(rows);
  std::int64_t completed = 0, present = 0, missed = 0;
  std::vector<Number> ratings, minutes;
  std::set<std::string> students;
  for (const auto& seat : places) {
    if (seat.status == "missed") ++missed;
    if (seat.status != "completed") continue;
    ++completed;
    if (!seat.attendance.starts_with("absent")) ++present;
    if (seat.rating) ratings.push_back(*seat.rating);
    if (!seat.student.empty()) students.insert(seat.student);
  }
  Number hours;
  for (const auto& row : rows) {
    if (row.status != "completed") continue;
    minutes.push_back(row.minutes);
    hours += Number(row.minutes, 60);
  }
  out.attendance_rate = rate(present, completed + missed);
  out.average_rating = mean(ratings);
  out.average_duration = mean(minutes);
  out.total_hours = two(hours);
  out.unique_students = static_cast<std::int64_t>(students.size());
  return out;
}

template <class Keep>
std::vector<Row> only(const std::vector<Row>& rows, Keep keep) {
  std::vector<Row> out;
  std::ranges::copy_if(rows, std::back_inserter(out), keep);
  return out;
}

// What happened to one student between two days.
struct Progress {
  std::int64_t lessons = 0, assignments = 0, submitted = 0;
  Number hours;
  std::vector<Number> ratings, grades;
  std::optional<Time> last;
  bool any = false;
};

Progress progress(const History& history, const Question& asked, const std::string& student, Date from,
                  Date to) {
  Progress out;
  auto inside = [&](Time t) {
    auto day = date(t, asked);
    return within(t, asked) && from <= day && day <= to;
  };
  for (const auto& [id, lesson] : history.lessons)
    for (const auto& seat : in_scope(lesson, asked)) {
      if (seat.student != student || !inside(seat.at)) continue;
      out.any = true;
      if (seat.status != "completed") continue;
      ++out.lessons;
      out.hours += Number(minutes_of(lesson), 60);
      if (seat.rating) out.ratings.push_back(*seat.rating);
      if (!out.last || *out.last < seat.at) out.last = seat.at;
    }
  for (const auto& [id, story] : history.homework) {
    auto homework = assignment(story, asked);
    if (!homework.assigned || !inside(*homework.assigned) || !homework.students.contains(student)) continue;
    if (!same_tutor(homework.tutor, asked) || !same_subject(homework.subject, asked)) continue;
    out.any = true;
    ++out.assignments;
    bool alone = homework.students.size() == 1;
    if (homework.submitted && (alone || homework.submitters.contains(student))) ++out.submitted;
    if (homework.grade) out.grades.push_back(*homework.grade);
  }
  return out;
}

}  // namespace

void answer_lessons(const History& history, const Question& asked, Answers& out) {
  auto rows = rows_of(history, asked);
  std::vector<Seat> places;
  for (const auto& [id, lesson] : history.lessons)
    for (const auto& seat : in_scope(lesson, asked))
      if (within(seat.at, asked)) places.push_back(seat);
  out.lessons = total(rows, places);
  for (auto day : dates(asked)) {
    auto of_day = only(rows, [&](const Row& row) { return row.day == day; });
    out.completion_trends.push_back({written(day), count(of_day, "completed"), count(of_day, "cancelled"),
                                     count(of_day, "missed"), completion(of_day)});
  }
  std::set<std::string> subjects;
  for (const auto& row : rows) subjects.insert(row.subject);
  for (const auto& subject : subjects) {
    auto of_subject = only(rows, [&](const Row& row) { return row.subject == subject; });
    std::vector<Number> ratings;
    for (const auto& row : of_subject) ratings.insert(ratings.end(), row.ratings.begin(), row.ratings.end());
    out.subject_performance.push_back({subject, static_cast<std::int64_t>(of_subject.size()),
                                       count(of_subject, "completed"), completion(of_subject),
                                       mean(ratings)});
  }
}

void answer_progress(const History& history, const Question& asked, Answers& out) {
  std::set<std::string> students;
  for (const auto& [id, lesson] : history.lessons)
    for (const auto& seat : seats(lesson)) students.insert(seat.student);
  for (const auto& [id, story] : history.homework) students.merge(assignment(story, asked).students);
  students.erase("");
  for (const auto& student : students) {
    if (!same_student(student, asked)) continue;
    auto all = progress(history, asked, student, asked.first, asked.last);
    if (!all.any) continue;
    StudentProgress row;
    row.student_id = student;
    row.completed_lessons = all.lessons;
    row.total_hours = two(all.hours);
    row.average_rating = mean(all.ratings);
    row.average_grade = mean(all.grades);
    row.homework_completion_rate = rate(all.submitted, all.assignments);
    row.last_lesson_at = all.last;
    for (auto monday = week(asked.first); monday <= asked.last; monday += std::chrono::days(7)) {
      auto part = progress(history, asked, student, monday, monday + std::chrono::days(6));
      row.trend.push_back({written(monday), part.lessons, mean(part.ratings), mean(part.grades),
                           rate(part.submitted, part.assignments)});
    }
    out.student_progress.push_back(row);
  }
}

}  // namespace rb::analytics::plain
