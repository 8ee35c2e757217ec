#include "api/period.hpp"

#include "domain/figures/days.hpp"
#include "service/paging.hpp"

namespace rb::analytics {
namespace {

using service::invalid;
using std::chrono::days;

constexpr int kStandardDays = 30, kMostDays = 3660;

Result<std::optional<Date>> date_in(const char* field, const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  auto date = parse_date(*text);
  if (!date) return invalid(field, "must be a day: 2026-01-31");
  return date;
}

}  // namespace

json::Rules rules(const PeriodQuery*) {
  using json::rule;
  return {
      rule("start_date").is(json::Format::date).doc("the first day; not together with days"),
      rule("end_date").is(json::Format::date).doc("the last day; today without it"),
      rule("days").range(1, kMostDays).doc("today and the days before it; 30"),
      rule("tutor_id")
          .integer_or_text()
          .length(1, 64)
          .doc("of lessons, payments, homework and materials; figures of people are of the whole school"),
      rule("student_id").integer_or_text().length(1, 64).doc("as tutor_id"),
      rule("subject").length(1, 255).doc(
          "of lessons, homework and materials; payments have none: money is that of all subjects"),
      rule("currency").length(3, 3).doc("of the top figures; the one with most payments"),
      rule("timezone").length(1, 64).doc("of the days; the tutor's, else the caller's, else Europe/Moscow"),
      rule("compare")
          .defaulted()
          .one_of({"none", "previous"})
          .doc("previous: as many days just before, too, where the answer has «previous»; not in charts")};
}

std::string currency_code(std::string asked) {
  for (char& c : asked)
    if (c >= 'a' && c <= 'z') c -= 'a' - 'A';
  return asked;
}

Result<DayRange> days_asked(const PeriodQuery& query, Date today) {
  if (query.days && (query.start_date || query.end_date))
    return invalid("days", "does not go together with start_date and end_date");
  auto first = date_in("start_date", query.start_date);
  if (!first) return fail(std::move(first.error()));
  auto last = date_in("end_date", query.end_date);
  if (!last) return fail(std::move(last.error()));
  DayRange out{today, last->value_or(today)};
  out.first = first->value_or(out.last - days(query.days.value_or(kStandardDays) - 1));
  if (out.last < out.first) return invalid("end_date", "must not be before start_date");
  if ((out.last - out.first).count() >= kMostDays)
    return invalid("start_date", "must be within " + std::to_string(kMostDays) + " days of end_date");
  return out;
}

Period period_of(const Question& asked) {
  return {iso_date(asked.first), iso_date(asked.last), (asked.last - asked.first).count() + 1,
          std::string(asked.zone.name())};
}

}  // namespace rb::analytics
