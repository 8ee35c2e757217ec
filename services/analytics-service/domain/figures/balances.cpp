#include "domain/figures/balances.hpp"

#include "domain/figures/days.hpp"
#include "domain/figures/exact.hpp"

namespace rb::analytics {
namespace {

constexpr std::size_t kPricesLookedAt = 3;

void add_charge(BalanceTally& tally, Charge charge) {
  auto where = std::ranges::lower_bound(tally.last, charge, std::greater());
  tally.last.insert(where, std::move(charge));
  if (tally.last.size() > kPricesLookedAt) tally.last.pop_back();
}

void add_lesson(BalanceTallies& all, const Lesson& lesson, const Question& asked) {
  for (const auto& place : lesson.places) {
    if (place.student_id.empty() || !asked.of_student(place.student_id)) continue;
    if (place.charged && place.price) {
      auto& tally = all[place.student_id].currencies[place.price->currency];
      tally.charged += place.price->minor;
      add_charge(tally, {place.at, lesson.id, place.price->minor});
    }
    if (place.status == LessonStatus::scheduled && lesson.scheduled_at && *lesson.scheduled_at >= asked.now)
      all[place.student_id].planned.push_back(*lesson.scheduled_at);
  }
}

void add_payment(BalanceTallies& all, const Payment& payment, const Question& asked) {
  if (payment.student_id.empty() || !asked.of_student(payment.student_id)) return;
  auto& currencies = all[payment.student_id].currencies;
  if (payment.processed)
    currencies[payment.processed->amount.currency].paid += payment.processed->amount.minor;
  if (payment.refunded) currencies[payment.refunded->amount.currency].paid -= payment.refunded->amount.minor;
}

// The lesson after those that are still paid for.
std::optional<std::string> run_out_date(const std::vector<Time>& planned, std::int64_t left,
                                        const Zone& zone) {
  auto index = static_cast<std::size_t>(std::max<std::int64_t>(left, 0));
  if (index >= planned.size()) return std::nullopt;
  return iso_date(std::chrono::floor<std::chrono::days>(zone.to_local(planned[index])));
}

}  // namespace

json::Rules rules(const Balance*) { return {json::rule("student_id").integer_or_text()}; }

BalanceTallies tally_balances(std::span<const Lesson> lessons, std::span<const Payment> payments,
                              const Question& asked) {
  BalanceTallies all;
  for (const auto& lesson : lessons) add_lesson(all, lesson, asked);
  for (const auto& payment : payments) add_payment(all, payment, asked);
  for (auto& [id, student] : all) std::ranges::sort(student.planned);
  return all;
}

std::optional<std::int64_t> lessons_left(const BalanceTally& tally) {
  std::int64_t prices = 0;
  for (const auto& charge : tally.last) prices += charge.price;
  if (prices == 0) return std::nullopt;
  auto scaled =
      static_cast<__int128>(tally.paid - tally.charged) * static_cast<std::int64_t>(tally.last.size());
  auto whole = static_cast<std::int64_t>(scaled / prices);
  return scaled < 0 && scaled % prices != 0 ? whole - 1 : whole;
}

std::vector<Balance> balances(const BalanceTallies& all, const Question& asked, std::int64_t low_lessons) {
  std::vector<Balance> out;
  for (const auto& [id, student] : all)
    for (const auto& [code, tally] : student.currencies) {
      auto left = lessons_left(tally);
      out.push_back({.student_id = id,
                     .currency = code,
                     .balance = major_units(tally.paid - tally.charged, code),
                     .lessons_left = left,
                     .low = left && *left <= low_lessons,
                     .run_out_date = left ? run_out_date(student.planned, *left, asked.zone) : std::nullopt});
    }
  return out;
}

}  // namespace rb::analytics
