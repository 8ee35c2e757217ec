#include "query/school.hpp"

#include "domain/figures/standing.hpp"
#include "net/together.hpp"
#include "store/cells.hpp"
#include "store/facts.hpp"

namespace rb::analytics {
namespace {

// nullopt: the question is not about the whole school, or cells cannot tell.
std::optional<Cover> cover_school(const Scope& scope) {
  const auto& asked = scope.asked;
  bool is_school = asked.tutor_id.empty() && !asked.student_ids && !asked.subject;
  return is_school ? cover(scope.days) : std::nullopt;
}

constexpr int kMostTries = 3;

struct NamedCells {
  Cells cells;
  Texts texts;
};

// What has to be read for some covers, and for the trends of a period.
class Needed {
 public:
  template <class... Covers>
  explicit Needed(const Days& trends, const Covers&... covers)
      : days_{slot_of(trends.begin()).day, slot_of(trends.end() - Micros(1)).day} {
    (add(covers), ...);
  }

  // Anew when somebody has been erased between the two statements.
  Task<NamedCells> read(db::QueryRunner read) const {
    NamedCells out;
    for (int tries = 0; tries < kMostTries; ++tries) {
      out.cells = co_await read_cells(read, days_, {quarters_.begin(), quarters_.end()});
      auto shown = numbers_shown(out.cells);
      out.texts = co_await read_texts(read, shown);
      if (out.texts.size() == shown.size()) co_return out;
    }
    throw Broken("cells of analytics_cells count by numbers that analytics_names does not know");
  }

 private:
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

Task<std::int64_t> count_not_ended_in(db::QueryRunner read, const Scope& scope) {
  std::int64_t out = 0;
  for (const auto& stretch : scope.days.stretches())
    out += co_await count_not_ended(read, {stretch.from, stretch.until}, scope.asked.now);
  co_return out;
}

// Of lessons, what is not in cells.
struct BesideCells {
  std::vector<Lesson> straddling;
  std::int64_t not_ended = 0;
};

Task<BesideCells> beside_cells(db::QueryRunner read, const Scope& scope) {
  Span span{scope.days.begin(), scope.days.end()};
  auto [straddling, not_ended] =
      co_await net::together(straddling_lessons(read, span), count_not_ended_in(read, scope));
  co_return BesideCells{std::move(straddling), not_ended};
}

SchoolTallies whole_tallies(const NamedCells& named, const BesideCells& beside, const Cover& period,
                            const Scope& scope) {
  auto out = read_tallies(named.cells, period, named.texts, scope);
  add_straddling(out.lessons.subjects, beside.straddling, scope.days);
  out.lessons.total.unmarked -= beside.not_ended;
  return out;
}

}  // namespace

Task<std::optional<SchoolTallies>> tallies_by_cells(db::QueryRunner read, const Scope& scope) {
  auto period = cover_school(scope);
  if (!period) co_return std::nullopt;
  Needed needed(scope.days, *period);
  auto [named, beside] = co_await net::together(needed.read(read), beside_cells(read, scope));
  co_return whole_tallies(named, beside, *period, scope);
}

Task<std::optional<UserFigures>> users_by_cells(db::QueryRunner read, const Scope& scope) {
  auto covers = cover(scope.days) ? cover_users(scope.asked) : std::nullopt;
  if (!covers) co_return std::nullopt;
  Needed needed(scope.days, *covers);
  auto [named, roles] = co_await net::together(needed.read(read), people_by_roles(read));
  auto out = read_users(named.cells, *covers, named.texts, scope);
  out.role_distribution = std::move(roles);
  co_return out;
}

Task<std::optional<SchoolFigures>> school_by_cells(db::QueryRunner read, const Scope& scope) {
  auto period = cover_school(scope);
  auto covers = period ? cover_users(scope.asked) : std::nullopt;
  if (!covers) co_return std::nullopt;
  covers->weeks.clear();
  Needed needed(scope.days, *period, *covers);
  auto [named, beside] = co_await net::together(needed.read(read), beside_cells(read, scope));
  co_return SchoolFigures{whole_tallies(named, beside, *period, scope),
                          read_users(named.cells, *covers, named.texts, scope)};
}

}  // namespace rb::analytics
