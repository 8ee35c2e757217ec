#include "domain/figures/users.hpp"

#include <array>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "domain/figures/exact.hpp"

namespace rb::analytics {
namespace {

constexpr std::chrono::days kWeek(7), kMonth(30);

using People = std::unordered_set<std::string_view>;

void add_logins(UserFigures& out, std::span<const Login> logins, const Days& days) {
  std::array<std::array<std::int64_t, 24>, 7> hours{};
  for (const auto& login : logins) {
    auto reading = days.local(login.at);
    if (!reading) continue;
    auto date = std::chrono::floor<std::chrono::days>(*reading);
    auto hour = std::chrono::floor<std::chrono::hours>(*reading - date).count();
    ++hours[std::chrono::weekday(date).iso_encoding() - 1][static_cast<std::size_t>(hour)];
    auto& day = out.days[static_cast<std::size_t>((date - days.date(0)).count())];
    ++day.login_count;
    ++day.logins_by_role[login.role.empty() ? "unknown" : login.role];
    ++out.total_logins;
  }
  for (std::size_t day = 0; day < hours.size(); ++day)
    for (std::size_t hour = 0; hour < hours[day].size(); ++hour)
      if (auto count = hours[day][hour]; count > 0)
        out.login_patterns.push_back(
            {static_cast<std::int64_t>(day + 1), static_cast<std::int64_t>(hour), count});
}

void add_people(UserFigures& out, std::span<const Person> people, const Days& days) {
  for (const auto& person : people) {
    for (const auto& role : person.roles) ++out.role_distribution[role];
    auto day = person.registered_at ? days.index(*person.registered_at) : std::nullopt;
    if (!day) continue;
    ++out.new_users;
    ++out.days[*day].new_users;
  }
}

void add_windows(UserFigures& out, std::span<const Activity> activities, const Days& wide, Date last) {
  People day, week, month;
  for (const auto& activity : activities) {
    auto index = wide.index(activity.at);
    if (!index) continue;
    auto age = last - wide.date(*index);
    if (age < std::chrono::days(0) || age >= kMonth) continue;
    month.insert(activity.user_id);
    if (age < kWeek) week.insert(activity.user_id);
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
        count_(static_cast<std::size_t>((monday(asked.last) - first_) / kWeek + 1)),
        wide_(wide) {}

  std::size_t count() const { return count_; }
  Date date(std::size_t week) const { return first_ + week * kWeek; }
  std::optional<std::size_t> index(Time t) const {
    auto day = wide_.index(t);
    if (!day || wide_.date(*day) < first_) return std::nullopt;
    auto week = static_cast<std::size_t>((wide_.date(*day) - first_) / kWeek);
    return week < count_ ? std::optional(week) : std::nullopt;
  }

 private:
  Date first_;
  std::size_t count_;
  const Days& wide_;
};

std::vector<Cohort> retention(std::span<const Activity> activities, std::span<const Person> people,
                              const Weeks& weeks) {
  std::unordered_map<std::string_view, std::size_t> joined;
  std::vector<std::int64_t> registered(weeks.count());
  for (const auto& person : people) {
    auto week = person.registered_at ? weeks.index(*person.registered_at) : std::nullopt;
    if (!week) continue;
    joined[person.id] = *week;
    ++registered[*week];
  }
  std::vector<People> active(weeks.count());
  for (const auto& activity : activities)
    if (joined.contains(activity.user_id))
      if (auto week = weeks.index(activity.at)) active[*week].insert(activity.user_id);

  std::vector<std::vector<std::int64_t>> returned;
  for (std::size_t week = 0; week < weeks.count(); ++week) returned.emplace_back(weeks.count() - week);
  for (std::size_t week = 0; week < weeks.count(); ++week)
    for (auto id : active[week])
      if (auto from = joined[id]; from <= week) ++returned[from][week - from];
  std::vector<Cohort> out;
  for (std::size_t week = 0; week < weeks.count(); ++week)
    out.push_back(cohort(weeks.date(week), registered[week], returned[week]));
  return out;
}

}  // namespace

Days activity_days(const Question& asked) {
  auto first = std::min(monday(asked.first), asked.last - kMonth + std::chrono::days(1));
  return {first, monday(asked.last) + kWeek - std::chrono::days(1), asked.zone};
}

UserFigures user_figures(std::span<const Activity> activities, std::span<const Person> people,
                         std::span<const Login> logins, const Scope& scope) {
  UserFigures out;
  for (std::size_t day = 0; day < scope.days.count(); ++day)
    out.days.push_back({iso_date(scope.days.date(day)), 0, 0, {}});
  add_logins(out, logins, scope.days);
  add_people(out, people, scope.days);
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
