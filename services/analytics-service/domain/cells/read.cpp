#include "domain/cells/read.hpp"

#include "domain/cells/measure.hpp"

namespace rb::analytics {
namespace {

struct Shown {
  bool x = false, y = false;
};

Shown shown(Measure measure) {
  switch (measure) {
    case Measure::revenue:
    case Measure::transactions:
    case Measure::refunds:
    case Measure::refund_count:
    case Measure::logins:
      return {.y = true};
    case Measure::subject_lessons:
    case Measure::subject_rating:
    case Measure::subject_rating_count:
    case Measure::subject_uses:
    case Measure::failed:
    case Measure::tutor_lessons:
      return {.x = true};
    case Measure::method_revenue:
    case Measure::method_count:
    case Measure::tutor_pay:
    case Measure::tutor_pay_count:
    case Measure::tutor_net:
    case Measure::tutor_net_count:
      return {.x = true, .y = true};
    default:
      return {};
  }
}

class Reading {
 public:
  Reading(const Texts& texts, const Scope& scope) : texts_(texts), scope_(scope) {
    out_.lessons.days.resize(scope.days.count());
    out_.materials.days.resize(scope.days.count());
  }

  void trend(std::size_t day, const Counter& counter) {
    auto y = y_of(counter.key);
    auto value = counter.value;
    switch (measure_of(counter.key)) {
      case Measure::lessons:
        out_.lessons.total.lessons.add(static_cast<LessonStatus>(y), value);
        return out_.lessons.days[day].add(static_cast<LessonStatus>(y), value);
      case Measure::revenue:
        return money(day, y, {value, 0, 0});
      case Measure::transactions:
        return money(day, y, {0, 0, value});
      case Measure::refunds:
        return money(day, y, {0, value, 0});
      case Measure::refund_count:
        return money(day, y, {});
      case Measure::uses:
        out_.materials.total.add(static_cast<MaterialUse>(y), value);
        return out_.materials.days[day].add(static_cast<MaterialUse>(y), value);
      default:
        return;
    }
  }

  void sum(const Counter& counter) {
    auto x = x_of(counter.key), y = y_of(counter.key);
    auto value = counter.value;
    auto& lessons = out_.lessons.total;
    switch (measure_of(counter.key)) {
      case Measure::subject_lessons:
        return out_.lessons.subjects[word(x)].lessons.add(static_cast<LessonStatus>(y), value);
      case Measure::subject_rating:
        out_.lessons.subjects[word(x)].rating.total += value;
        return;
      case Measure::subject_rating_count:
        out_.lessons.subjects[word(x)].rating.count += value;
        return;
      case Measure::scheduled_ends:
        lessons.unmarked += value;
        return;
      case Measure::minutes:
        lessons.minutes += value;
        return;
      case Measure::completed_places:
        lessons.completed_places += value;
        return;
      case Measure::present_places:
        lessons.present_places += value;
        return;
      case Measure::missed_places:
        lessons.missed_places += value;
        return;
      case Measure::rating:
        lessons.rating.total += value;
        return;
      case Measure::rating_count:
        lessons.rating.count += value;
        return;
      case Measure::subject_uses:
        return out_.materials.subjects[word(x)].add(static_cast<MaterialUse>(y), value);
      default:
        return sum_money(measure_of(counter.key), x, y, value);
    }
  }

  SchoolTallies take() { return std::move(out_); }

 private:
  void sum_money(Measure measure, std::uint32_t x, std::uint32_t y, std::int64_t value) {
    auto& tutors = out_.money.tutors;
    switch (measure) {
      case Measure::failed:
        currency(x).failed += value;
        return;
      case Measure::method_revenue:
        currency(x).methods[word(y)].revenue += value;
        return;
      case Measure::method_count:
        currency(x).methods[word(y)].count += value;
        return;
      case Measure::tutor_lessons:
        tutors[word(x)].lessons += value;
        return;
      case Measure::tutor_pay:
        tutors[word(x)].currencies[word(y)].pay.total += value;
        return;
      case Measure::tutor_pay_count:
        tutors[word(x)].currencies[word(y)].pay.count += value;
        return;
      case Measure::tutor_net:
        tutors[word(x)].currencies[word(y)].net_revenue += value;
        return;
      case Measure::tutor_net_count:
        tutors[word(x)].currencies.try_emplace(word(y));
        return;
      default:
        return;
    }
  }

  void money(std::size_t day, std::uint32_t code, const RevenueTally& amount) {
    auto& tally = currency(code);
    tally.total += amount;
    tally.days[day] += amount;
  }
  CurrencyTally& currency(std::uint32_t code) {
    auto& tally = out_.money.payments[word(code)];
    tally.days.resize(scope_.days.count());
    return tally;
  }
  const std::string& word(std::uint32_t number) const { return texts_.at(number); }

  const Texts& texts_;
  const Scope& scope_;
  SchoolTallies out_;
};

template <class Take>
void each_trend(const Cells& cells, Take take) {
  for (const auto& [slot, cell] : cells) {
    if (slot.quarter != kTrends) continue;
    for (const auto& counter : cell.counters())
      take(begin_of({slot.day, static_cast<int>(x_of(counter.key))}), counter);
  }
}

using CountedPeople = std::vector<std::uint32_t>;

CountedPeople people(const Cells& cells, const Cover& cover, Measure measure) {
  std::vector<std::int64_t> times;  // by number
  for (const auto& [slot, sign] : cover) {
    auto found = cells.find(slot);
    if (found == cells.end()) continue;
    const auto& counters = found->second.counters();
    for (auto one = std::ranges::lower_bound(counters, key_of(measure), {}, &Counter::key);
         one != counters.end() && measure_of(one->key) == measure; ++one) {
      auto number = x_of(one->key);
      if (number >= times.size()) times.resize(number + 1);
      times[number] += sign * one->value;
    }
  }
  CountedPeople out;
  for (std::uint32_t number = 0; number < times.size(); ++number)
    if (times[number] > 0) out.push_back(number);
  return out;
}

}  // namespace

std::vector<std::uint32_t> numbers_shown(const Cells& cells) {
  std::vector<bool> seen;
  auto see = [&seen](std::uint32_t number) {
    if (number >= seen.size()) seen.resize(number + 1);
    seen[number] = true;
  };
  for (const auto& [slot, cell] : cells)
    for (const auto& counter : cell.counters()) {
      if (counter.key >= key_of(Measure::students)) break;  // people: their ids are not shown
      auto [x, y] = shown(measure_of(counter.key));
      if (x) see(x_of(counter.key));
      if (y) see(y_of(counter.key));
    }
  std::vector<std::uint32_t> out;
  for (std::uint32_t number = 0; number < seen.size(); ++number)
    if (seen[number]) out.push_back(number);
  return out;
}

SchoolTallies read_tallies(const Cells& cells, const Cover& period, const Texts& texts, const Scope& scope) {
  Reading reading(texts, scope);
  each_trend(cells, [&](Time at, const Counter& counter) {
    if (auto day = scope.days.index(at)) reading.trend(*day, counter);
  });
  for (const auto& counter : sum(cells, period, key_of(Measure::students)).counters()) reading.sum(counter);
  auto out = reading.take();
  out.lessons.unique_students = std::ssize(people(cells, period, Measure::students));
  out.materials.unique_users = std::ssize(people(cells, period, Measure::readers));
  return out;
}

std::optional<UserCovers> cover_users(const Question& asked) {
  UserCovers out;
  auto days = [&](Date first, Date last) { return cover(Days(first, last, asked.zone)); };
  auto window = [&](std::chrono::days length) {
    return days(asked.last - length + std::chrono::days(1), asked.last);
  };
  auto day = window(std::chrono::days(1)), week = window(kWeekDays), month = window(kMonthDays);
  if (!day || !week || !month) return std::nullopt;
  out = {std::move(*day), std::move(*week), std::move(*month), {}};
  for (auto first = monday(asked.first); first <= asked.last; first += kWeekDays) {
    auto whole = days(first, first + kWeekDays - std::chrono::days(1));
    if (!whole) return std::nullopt;
    out.weeks.push_back(std::move(*whole));
  }
  return out;
}

UserFigures read_users(const Cells& cells, const UserCovers& covers, const Texts& texts, const Scope& scope) {
  UserTrends trends(scope.days);
  each_trend(cells, [&](Time at, const Counter& counter) {
    if (measure_of(counter.key) == Measure::logins)
      trends.add_logins(at, texts.at(y_of(counter.key)), counter.value);
    if (measure_of(counter.key) == Measure::registrations) trends.add_registrations(at, counter.value);
  });
  auto out = trends.figures();
  out.dau = std::ssize(people(cells, covers.day, Measure::active));
  out.wau = std::ssize(people(cells, covers.week, Measure::active));
  out.mau = std::ssize(people(cells, covers.month, Measure::active));
  std::vector<CountedPeople> registered, active;
  for (const auto& week : covers.weeks) {
    registered.push_back(people(cells, week, Measure::registered));
    active.push_back(people(cells, week, Measure::active));
  }
  out.retention = cohorts(monday(scope.asked.first), registered, active);
  return out;
}

}  // namespace rb::analytics
