#pragma once
// Figures of payments, a currency at a time: currencies are never added. Tallies are whole minor units. Pure.
// Definitions: docs/metrics.md.
#include <boost/describe.hpp>
#include <map>
#include <span>

#include "domain/facts.hpp"
#include "domain/figures/days.hpp"

namespace rb::analytics {

struct MethodTally {
  std::int64_t revenue = 0, count = 0;

  MethodTally& operator+=(const MethodTally& other);
  bool operator==(const MethodTally&) const = default;
};

struct RevenueTally {
  std::int64_t revenue = 0, refunds = 0, transactions = 0;

  RevenueTally& operator+=(const RevenueTally& other);
  bool operator==(const RevenueTally&) const = default;
};

struct CurrencyTally {
  RevenueTally total;
  std::int64_t failed = 0;
  std::map<std::string, MethodTally> methods;
  std::vector<RevenueTally> days;  // as many as the period has

  bool operator==(const CurrencyTally&) const = default;
};

using PaymentTallies = std::map<std::string, CurrencyTally>;  // by currency

// Needs every payment with a part in [days.begin(), days.end()).
PaymentTallies tally(std::span<const Payment> payments, const Scope& scope);

// What was asked for, else the one with most payments (ties: by code), else RUB.
std::string chosen_currency(const PaymentTallies& all, const Question& asked);

struct MethodFigures {
  double total_revenue = 0;
  std::int64_t count = 0;
  bool operator==(const MethodFigures&) const = default;
};
BOOST_DESCRIBE_STRUCT(MethodFigures, (), (total_revenue, count))

struct CurrencyFigures {
  std::string currency;
  double total_revenue = 0, refunds = 0, net_revenue = 0;
  std::int64_t total_payments = 0;
  std::optional<double> average_payment;
  std::int64_t failed_payments = 0;
  std::optional<double> success_rate;
  std::map<std::string, MethodFigures> by_method;  // «unknown»: not told
  bool operator==(const CurrencyFigures&) const = default;
};
BOOST_DESCRIBE_STRUCT(CurrencyFigures, (),
                      (currency, total_revenue, refunds, net_revenue, total_payments, average_payment,
                       failed_payments, success_rate, by_method))

struct PaymentFigures : CurrencyFigures {
  std::vector<CurrencyFigures> by_currency;  // by code
  bool operator==(const PaymentFigures&) const = default;
};
BOOST_DESCRIBE_STRUCT(PaymentFigures, (CurrencyFigures), (by_currency))

struct RevenueDay {
  std::string date;
  double revenue = 0, refunds = 0;
  std::int64_t transactions = 0;
  double cumulative = 0;
  bool operator==(const RevenueDay&) const = default;
};
BOOST_DESCRIBE_STRUCT(RevenueDay, (), (date, revenue, refunds, transactions, cumulative))

PaymentFigures payment_figures(const PaymentTallies& all, const Question& asked);
std::vector<RevenueDay> revenue_trends(const PaymentTallies& all,
                                       const Scope& scope);  // in the chosen currency

}  // namespace rb::analytics
