#include "domain/figures/earnings.hpp"

#include <tuple>

#include "domain/figures/standing.hpp"

namespace rb::analytics {
namespace {

void add_lesson(TutorTallies& all, const Lesson& lesson, const Scope& scope) {
  const auto& asked = scope.asked;
  if (lesson.tutor_id.empty() || !asked.of_tutor(lesson.tutor_id) || !asked.of_subject(lesson.subject))
    return;
  auto whole = standing(lesson, [&](const Place& place) { return asked.of_student(place.student_id); });
  if (!whole || whole->status != LessonStatus::completed || !scope.days.holds(whole->at)) return;
  auto& tutor = all[lesson.tutor_id];
  ++tutor.lessons;
  if (lesson.tutor_pay) tutor.currencies[lesson.tutor_pay->currency].pay.add(lesson.tutor_pay->minor);
}

void add_payment(TutorTallies& all, const Payment& payment, const Scope& scope) {
  const auto& asked = scope.asked;
  if (payment.tutor_id.empty() || !asked.of_tutor(payment.tutor_id) || !asked.of_student(payment.student_id))
    return;
  auto count = [&](const std::optional<PaymentEntry>& part, int sign) {
    if (part && scope.days.holds(part->at))
      all[payment.tutor_id].currencies[part->amount.currency].net_revenue += sign * part->amount.minor;
  };
  count(payment.processed, 1);
  count(payment.refunded, -1);
}

Earnings figures(const std::string& currency, const EarningTally& tally, std::int64_t lessons) {
  return {
      .currency = currency,
      .total_earnings = major_units(tally.net_revenue, currency),
      .tutor_pay = tally.pay.count > 0 ? std::optional(major_units(tally.pay.total, currency)) : std::nullopt,
      .average_per_lesson = mean_money(tally.net_revenue, lessons, currency)};
}

}  // namespace

json::Rules rules(const TutorEarnings*) { return {json::rule("tutor_id").integer_or_text()}; }

TutorTallies tally_earnings(std::span<const Lesson> lessons, std::span<const Payment> payments,
                            const Scope& scope) {
  TutorTallies all;
  for (const auto& lesson : lessons) add_lesson(all, lesson, scope);
  for (const auto& payment : payments) add_payment(all, payment, scope);
  return all;
}

std::vector<TutorEarnings> tutor_earnings(const TutorTallies& all, const std::string& currency) {
  std::vector<TutorEarnings> out;
  for (const auto& [id, tutor] : all) {
    auto found = tutor.currencies.find(currency);
    auto chosen = found == tutor.currencies.end() ? EarningTally() : found->second;
    TutorEarnings row{figures(currency, chosen, tutor.lessons), id, tutor.lessons, {}};
    for (const auto& [code, tally] : tutor.currencies)
      row.by_currency.push_back(figures(code, tally, tutor.lessons));
    out.push_back(std::move(row));
  }
  std::ranges::sort(out, [](const TutorEarnings& a, const TutorEarnings& b) {
    return std::tie(b.total_earnings, a.tutor_id) < std::tie(a.total_earnings, b.tutor_id);
  });
  return out;
}

}  // namespace rb::analytics
