#include "domain/figures/users.hpp"

#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "domain/figures/exact.hpp"

namespace rb::analytics {
namespace {

using ActivePeople = std::unordered_set<std::string_view>;

void add_windows(UserFigures& out, std::span<const Activity> activities, const Days& wide, Date last) {
  ActivePeople day, week, month;
  for (const auto& activity : activities) {
    auto index = wide.index(activity.at);
    if (!index) continue;
    auto age = last - wide.date(*index);
    if (age < std::chrono::days(0) || age >= kMonthDays) continue;
    month.insert(activity.user_id);
    if (age < kWeekDays) week.insert(activity.user_id);
    if (age == std::chrono::days(0)) day.insert(activity.user_id);
  }
  out.dau = static_cast<std::int64_t>(day.size());
  out.wau = static_cast<std::int64_t>(week.size());
  out.mau = static_cast<std::int64_t>(month.size());
}

// Weeks counted from the one with the period's first day.
class Weeks {
 public:
  Weeks(const Question& asked, const Days& wide)
      : first_(monday(asked.first)),
        count_(static_cast<std::size_t>((monday(asked.last) - first_) / kWeekDays + 1)),
        wide_(wide) {}

  std::size_t count() const { return count_; }
  Date date(std::size_t week) const { return first_ + week * kWeekDays; }
  std::optional<std::size_t> index(Time t) const {
    auto day = wide_.index(t);
    if (!day || wide_.date(*day) < first_) return std::nullopt;
    auto week = static_cast<std::size_t>((wide_.date(*day) - first_) / kWeekDays);
    return week < count_ ? std::optional(week) : std::nullopt;
  }

 private:
  Date first_;
  std::size_t count_;
  const Days& wide_;
};

std::vector<Cohort> retention(std::span<const Activity> activities, std::span<const Person> people,
                              const Weeks& weeks) {
  std::vector<std::vector<std::string_view>> registered(weeks.count()), active(weeks.count());
  for (const auto& person : people)
    if (auto week = person.registered_at ? weeks.index(*person.registered_at) : std::nullopt)
      registered[*week].push_back(person.id);
  std::vector<ActivePeople> known(weeks.count());
  for (const auto& activity : activities)
    if (auto week = weeks.index(activity.at)) known[*week].insert(activity.user_id);
  for (std::size_t week = 0; week < weeks.count(); ++week)
    active[week].assign(known[week].begin(), known[week].end());
  return cohorts(weeks.date(0), registered, active);
}

}  // namespace

UserTrends::UserTrends(const Days& days) : days_(days) {
  for (std::size_t day = 0; day < days.count(); ++day)
    out_.days.push_back({iso_date(days.date(day)), 0, 0, {}});
}

void UserTrends::add_logins(Time at, const std::string& role, std::int64_t count) {
  auto reading = days_.local(at);
  if (!reading) return;
  auto date = std::chrono::floor<std::chrono::days>(*reading);
  auto hour = std::chrono::floor<std::chrono::hours>(*reading - date).count();
  hours_[std::chrono::weekday(date).iso_encoding() - 1][static_cast<std::size_t>(hour)] += count;
  auto& day = out_.days[static_cast<std::size_t>((date - days_.date(0)).count())];
  day.login_count += count;
  day.logins_by_role[role] += count;
  out_.total_logins += count;
}

void UserTrends::add_registrations(Time at, std::int64_t count) {
  auto day = days_.index(at);
  if (!day) return;
  out_.new_users += count;
  out_.days[*day].new_users += count;
}

UserFigures UserTrends::figures() {
  for (std::size_t day = 0; day < hours_.size(); ++day)
    for (std::size_t hour = 0; hour < hours_[day].size(); ++hour)
      if (auto count = hours_[day][hour]; count > 0)
        out_.login_patterns.push_back(
            {static_cast<std::int64_t>(day + 1), static_cast<std::int64_t>(hour), count});
  return std::move(out_);
}

Days activity_days(const Question& asked) {
  auto first = std::min(monday(asked.first), asked.last - kMonthDays + std::chrono::days(1));
  return {first, monday(asked.last) + kWeekDays - std::chrono::days(1), asked.zone};
}

UserFigures user_figures(std::span<const Activity> activities, std::span<const Person> people,
                         std::span<const Login> logins, const Scope& scope) {
  UserTrends trends(scope.days);
  for (const auto& login : logins) trends.add_logins(login.at, or_unknown(login.role), 1);
  for (const auto& person : people)
    if (person.registered_at) trends.add_registrations(*person.registered_at, 1);
  auto out = trends.figures();
  for (const auto& person : people)
    for (const auto& role : person.roles) ++out.role_distribution[role];
  auto wide = activity_days(scope.asked);
  add_windows(out, activities, wide, scope.asked.last);
  out.retention = retention(activities, people, Weeks(scope.asked, wide));
  return out;
}

Cohort cohort(Date week, std::int64_t registered, std::span<const std::int64_t> active) {
  Cohort out{iso_date(week), registered, {}};
  for (std::size_t k = 0; k < active.size(); ++k)
    out.returned.push_back({static_cast<std::int64_t>(k), active[k], percent(active[k], registered)});
  return out;
}

}  // namespace rb::analytics
