#pragma once
// Who uses the school's services, how often, and who stays. Of the whole school: a question's tutor, student
// and subject change nothing here. Pure. Definitions: docs/metrics.md.
#include <array>
#include <boost/describe.hpp>
#include <map>
#include <span>
#include <unordered_map>

#include "domain/figures/activity.hpp"
#include "domain/figures/days.hpp"

namespace rb::analytics {

struct LoginPattern {
  std::int64_t day_of_week = 1;  // 1: Monday … 7: Sunday
  std::int64_t hour = 0;
  std::int64_t login_count = 0;
  bool operator==(const LoginPattern&) const = default;
};
BOOST_DESCRIBE_STRUCT(LoginPattern, (), (day_of_week, hour, login_count))

struct UserDay {
  std::string date;
  std::int64_t login_count = 0, new_users = 0;
  std::map<std::string, std::int64_t> logins_by_role;  // «unknown»: not told
  bool operator==(const UserDay&) const = default;
};
BOOST_DESCRIBE_STRUCT(UserDay, (), (date, login_count, new_users, logins_by_role))

struct Return {  // in week k after the one of registration
  std::int64_t week = 0, active = 0;
  std::optional<double> rate;  // of those registered
  bool operator==(const Return&) const = default;
};
BOOST_DESCRIBE_STRUCT(Return, (), (week, active, rate))

struct Cohort {
  std::string week;  // the Monday of registration
  std::int64_t registered = 0;
  std::vector<Return> returned;
  bool operator==(const Cohort&) const = default;
};
BOOST_DESCRIBE_STRUCT(Cohort, (), (week, registered, returned))

struct UserFigures {
  std::int64_t dau = 0, wau = 0, mau = 0;  // of the last day and the 7 and 30 days that end with it
  std::int64_t new_users = 0, total_logins = 0;
  std::vector<UserDay> days;
  std::vector<LoginPattern> login_patterns;               // hours with a login, in order
  std::map<std::string, std::int64_t> role_distribution;  // of all known people
  std::vector<Cohort> retention;  // every week that has a day in the period, whole, to the last of them
  bool operator==(const UserFigures&) const = default;
};
BOOST_DESCRIBE_STRUCT(UserFigures, (),
                      (dau, wau, mau, new_users, total_logins, days, login_patterns, role_distribution,
                       retention))

// The days whose activities and registrations the figures need: more than the period.
Days activity_days(const Question& asked);

// `people`: all known; `activities` and `logins`: any, those outside do not count.
UserFigures user_figures(std::span<const Activity> activities, std::span<const Person> people,
                         std::span<const Login> logins, const Scope& scope);

// The parts, for whoever counts people by other means.
inline constexpr std::chrono::days kWeekDays(7), kMonthDays(30);

class UserTrends {
 public:
  explicit UserTrends(const Days& days);
  void add_logins(Time at, const std::string& role, std::int64_t count);
  void add_registrations(Time at, std::int64_t count);
  UserFigures figures();  // what these tell

 private:
  const Days& days_;
  UserFigures out_;
  std::array<std::array<std::int64_t, 24>, 7> hours_{};  // by weekday
};

Cohort cohort(Date week, std::int64_t registered, std::span<const std::int64_t> active);

// Who registered in each of some weeks, and who was active: ids in any form.
template <class Id>
std::vector<Cohort> cohorts(Date first, const std::vector<std::vector<Id>>& registered,
                            const std::vector<std::vector<Id>>& active) {
  std::unordered_map<Id, std::size_t> joined;
  for (std::size_t week = 0; week < registered.size(); ++week)
    for (const auto& id : registered[week]) joined[id] = week;
  std::vector<std::vector<std::int64_t>> returned;
  for (std::size_t week = 0; week < active.size(); ++week) returned.emplace_back(active.size() - week);
  for (std::size_t week = 0; week < active.size(); ++week)
    for (const auto& id : active[week])
      if (auto from = joined.find(id); from != joined.end() && from->second <= week)
        ++returned[from->second][week - from->second];
  std::vector<Cohort> out;
  for (std::size_t week = 0; week < active.size(); ++week)
    out.push_back(cohort(first + week * kWeekDays, std::ssize(registered[week]), returned[week]));
  return out;
}

}  // namespace rb::analytics
