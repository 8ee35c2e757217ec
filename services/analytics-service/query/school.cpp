#include "query/school.hpp"

#include "domain/figures/standing.hpp"
#include "store/cells.hpp"
#include "store/facts.hpp"

namespace rb::analytics {
namespace {

bool is_school(const Question& asked) {
  return asked.tutor_id.empty() && !asked.student_ids && !asked.subject;
}

// What has to be read for some covers, and for the trends of a period.
class Needed {
 public:
  explicit Needed(const Days& trends)
      : days_{slot_of(trends.begin()).day, slot_of(trends.end() - Micros(1)).day} {}

  void add(const Cover& cover) {
    for (const auto& [slot, times] : cover) {
      if (slot.quarter < kQuarters) {
        quarters_.insert(slot);
        continue;
      }
      days_.first = std::min(days_.first, slot.day);
      days_.last = std::max(days_.last, slot.day);
    }
  }
  void add(const UserCovers& covers) {
    for (const auto* window : {&covers.day, &covers.week, &covers.month}) add(*window);
    for (const auto& week : covers.weeks) add(week);
  }
  Task<Cells> read(db::QueryRunner read) const {
    return read_cells(std::move(read), days_, {quarters_.begin(), quarters_.end()});
  }

 private:
  DaySpan days_;
  std::set<Slot> quarters_;
};

// Ratings of places in another quarter-hour than their lessons: cells leave them out.
void add_straddling(std::map<std::string, SubjectTally>& subjects, const std::vector<Lesson>& lessons,
                    const Days& days) {
  for (const auto& lesson : lessons) {
    auto whole = standing(lesson);
    if (!whole || !days.holds(whole->at)) continue;
    for (const auto& place : lesson.places)
      if (place.status == LessonStatus::completed && place.rating && straddles(place, whole->at) &&
          days.holds(place.at))
        subjects[subject_name(lesson.subject)].rating.add(*place.rating);
  }
}

// Of lessons, what is not in cells.
Task<> complete(LessonTallies& lessons, db::QueryRunner read, const Scope& scope) {
  Span span{scope.days.begin(), scope.days.end()};
  add_straddling(lessons.subjects, co_await straddling_lessons(read, span), scope.days);
  for (const auto& stretch : scope.days.stretches())
    lessons.total.unmarked -= co_await count_not_ended(read, {stretch.from, stretch.until}, scope.asked.now);
}

}  // namespace

Task<std::optional<SchoolTallies>> tallies_by_cells(db::QueryRunner read, const Scope& scope) {
  auto period = is_school(scope.asked) ? cover(scope.days) : std::nullopt;
  if (!period) co_return std::nullopt;
  Needed needed(scope.days);
  needed.add(*period);
  auto cells = co_await needed.read(read);
  auto out = read_tallies(cells, *period, co_await read_texts(read, numbers_shown(cells)), scope);
  co_await complete(out.lessons, read, scope);
  co_return out;
}

Task<std::optional<UserFigures>> users_by_cells(db::QueryRunner read, const Scope& scope) {
  auto covers = cover(scope.days) ? cover_users(scope.asked) : std::nullopt;
  if (!covers) co_return std::nullopt;
  Needed needed(scope.days);
  needed.add(*covers);
  auto cells = co_await needed.read(read);
  auto out = read_users(cells, *covers, co_await read_texts(read, numbers_shown(cells)), scope);
  out.role_distribution = co_await people_by_roles(read);
  co_return out;
}

Task<std::optional<SchoolFigures>> school_by_cells(db::QueryRunner read, const Scope& scope) {
  auto period = is_school(scope.asked) ? cover(scope.days) : std::nullopt;
  auto covers = period ? cover_users(scope.asked) : std::nullopt;
  if (!covers) co_return std::nullopt;
  covers->weeks.clear();
  Needed needed(scope.days);
  needed.add(*period);
  needed.add(*covers);
  auto cells = co_await needed.read(read);
  auto texts = co_await read_texts(read, numbers_shown(cells));
  SchoolFigures out{read_tallies(cells, *period, texts, scope), read_users(cells, *covers, texts, scope)};
  co_await complete(out.tallies.lessons, read, scope);
  co_return out;
}

}  // namespace rb::analytics
