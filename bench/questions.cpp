#include "questions.hpp"

#include <fmt/format.h>

#include <array>

#include "analytics_setup.hpp"
#include "auth/jwt.hpp"
#include "time/iso.hpp"

namespace rb::bench {
namespace {

constexpr int kPeople = 200;  // who ask for themselves
constexpr int kPeriods = 40;  // of the school: 30 days each, ending a day earlier each time
constexpr int kPeriodDays = 30;

// Figures of today differ by the zone only.
const std::array<std::string_view, 24> kZones = {
    "Europe/Kaliningrad", "Europe/Moscow",    "Europe/Samara",       "Asia/Yekaterinburg", "Asia/Omsk",
    "Asia/Novosibirsk",   "Asia/Krasnoyarsk", "Asia/Irkutsk",        "Asia/Yakutsk",       "Asia/Vladivostok",
    "Asia/Magadan",       "Asia/Kamchatka",   "Europe/London",       "Europe/Berlin",      "Europe/Helsinki",
    "Asia/Tbilisi",       "Asia/Tashkent",    "Asia/Almaty",         "Asia/Kolkata",       "Asia/Tokyo",
    "America/New_York",   "America/Chicago",  "America/Los_Angeles", "Australia/Sydney"};

std::string token(auth::Role role, const std::string& user, std::vector<std::string> children = {}) {
  auto now = kClock.now();
  return "Bearer " +
         auth::make_token({user, {role}, std::move(children), now + std::chrono::hours(10)}, kSecret, now);
}

std::string period(std::chrono::sys_days last, int days_before = 0) {
  auto day = [](std::chrono::sys_days date) { return format_iso(date).substr(0, 10); };
  auto end = last - std::chrono::days(days_before);
  return fmt::format("?start_date={}&end_date={}&timezone=Europe/Moscow",
                     day(end - std::chrono::days(kPeriodDays - 1)), day(end));
}

Kind of_school(const std::string& path, const School& school) {
  Kind out{path, {}};
  for (int i = 0; i < kPeriods; ++i)
    out.questions.push_back({path + period(school.last, i), token(auth::Role::admin, "admin")});
  return out;
}

Kind of_today(const std::string& path) {
  Kind out{path, {}};
  for (auto zone : kZones)
    out.questions.push_back({fmt::format("{}?timezone={}", path, zone), token(auth::Role::admin, "admin")});
  return out;
}

Kind of_people(auth::Role role, const School& school) {
  Kind out{fmt::format("dashboard/{}", auth::to_string(role)), {}};
  for (int i = 1; i <= kPeople; ++i) {
    auto student = fmt::to_string(kTutors + i), sibling = fmt::to_string(kTutors * 2 + i);
    auto bearer = role == auth::Role::tutor    ? token(role, fmt::to_string(i))
                  : role == auth::Role::parent ? token(role, "parent" + student, {student, sibling})
                                               : token(role, student);
    out.questions.push_back({out.name + period(school.last), std::move(bearer)});
  }
  return out;
}

}  // namespace

std::vector<Kind> questions_about(const School& school) {
  std::vector<Kind> out;
  for (auto role : {auth::Role::tutor, auth::Role::parent, auth::Role::student})
    out.push_back(of_people(role, school));
  for (const auto* path :
       {"dashboard/admin", "lessons/stats", "payments/summary", "users/activity", "tutors/earnings"})
    out.push_back(of_school(path, school));
  out.push_back(of_today("overview"));
  out.push_back(of_today("balances"));
  return out;
}

}  // namespace rb::bench
