#include "domain/figures/payments.hpp"

#include "domain/figures/exact.hpp"

namespace rb::analytics {
namespace {

CurrencyTally& of_currency(PaymentTallies& all, const std::string& code, std::size_t days) {
  auto& tally = all[code];
  tally.days.resize(days);
  return tally;
}

void add_processed(CurrencyTally& tally, const Payment& payment, std::size_t day) {
  auto minor = payment.processed->amount.minor;
  auto& method = tally.methods[or_unknown(payment.method)];
  method += {minor, 1};
  for (auto* where : {&tally.total, &tally.days[day]}) *where += {minor, 0, 1};
}

void add_refunded(CurrencyTally& tally, const Payment& payment, std::size_t day) {
  for (auto* where : {&tally.total, &tally.days[day]}) where->refunds += payment.refunded->amount.minor;
}

CurrencyFigures figures(const std::string& code, const CurrencyTally& tally) {
  const auto& total = tally.total;
  CurrencyFigures out{.currency = code,
                      .total_revenue = major_units(total.revenue, code),
                      .refunds = major_units(total.refunds, code),
                      .net_revenue = major_units(total.revenue - total.refunds, code),
                      .total_payments = total.transactions,
                      .average_payment = mean_money(total.revenue, total.transactions, code),
                      .failed_payments = tally.failed,
                      .success_rate = percent(total.transactions, total.transactions + tally.failed),
                      .by_method = {}};
  for (const auto& [name, method] : tally.methods)
    out.by_method[name] = {major_units(method.revenue, code), method.count};
  return out;
}

}  // namespace

MethodTally& MethodTally::operator+=(const MethodTally& other) {
  revenue += other.revenue;
  count += other.count;
  return *this;
}

RevenueTally& RevenueTally::operator+=(const RevenueTally& other) {
  revenue += other.revenue;
  refunds += other.refunds;
  transactions += other.transactions;
  return *this;
}

PaymentTallies tally(std::span<const Payment> payments, const Scope& scope) {
  PaymentTallies all;
  for (const auto& payment : payments) {
    if (!scope.asked.of_tutor(payment.tutor_id) || !scope.asked.of_student(payment.student_id)) continue;
    auto day_of = [&](const std::optional<PaymentEntry>& part) {
      return part ? scope.days.index(part->at) : std::nullopt;
    };
    auto of = [&](const std::optional<PaymentEntry>& part) -> CurrencyTally& {
      return of_currency(all, part->amount.currency, scope.days.count());
    };
    if (auto day = day_of(payment.processed)) add_processed(of(payment.processed), payment, *day);
    if (auto day = day_of(payment.refunded)) add_refunded(of(payment.refunded), payment, *day);
    if (payment.last == PaymentPart::failed && day_of(payment.failed)) ++of(payment.failed).failed;
  }
  return all;
}

std::string chosen_currency(const PaymentTallies& all, const Question& asked) {
  if (!asked.currency.empty()) return asked.currency;
  std::string chosen = "RUB";
  std::int64_t most = -1;
  for (const auto& [code, tally] : all) {
    if (tally.total.transactions <= most) continue;
    most = tally.total.transactions;
    chosen = code;
  }
  return chosen;
}

PaymentFigures payment_figures(const PaymentTallies& all, const Question& asked) {
  auto code = chosen_currency(all, asked);
  auto found = all.find(code);
  PaymentFigures out{figures(code, found == all.end() ? CurrencyTally() : found->second), {}};
  for (const auto& [name, tally] : all) out.by_currency.push_back(figures(name, tally));
  return out;
}

std::vector<RevenueDay> revenue_trends(const PaymentTallies& all, const Scope& scope) {
  auto code = chosen_currency(all, scope.asked);
  auto found = all.find(code);
  std::vector<RevenueDay> out;
  std::int64_t running = 0;
  for (std::size_t day = 0; day < scope.days.count(); ++day) {
    auto tally = found == all.end() ? RevenueTally() : found->second.days[day];
    running += tally.revenue;
    out.push_back({iso_date(scope.days.date(day)), major_units(tally.revenue, code),
                   major_units(tally.refunds, code), tally.transactions, major_units(running, code)});
  }
  return out;
}

}  // namespace rb::analytics
