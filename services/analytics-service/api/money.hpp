#pragma once
// /api/v1/analytics: payments, earnings and balances.
#include "api/answers.hpp"
#include "domain/figures/balances.hpp"
#include "domain/figures/earnings.hpp"
#include "domain/figures/payments.hpp"

namespace rb::analytics {

struct PaymentMethod : MethodFigures {
  std::string payment_method;
};
BOOST_DESCRIBE_STRUCT(PaymentMethod, (MethodFigures), (payment_method))

struct PaymentsAnswer {
  Period period;
  PaymentFigures summary;
  std::vector<RevenueDay> revenue_trends;
  std::vector<PaymentMethod> payment_methods;
  std::optional<Period> previous_period;
  std::optional<PaymentFigures> previous;
};
BOOST_DESCRIBE_STRUCT(PaymentsAnswer, (),
                      (period, summary, revenue_trends, payment_methods, previous_period, previous))
json::Rules rules(const PaymentsAnswer*);
Task<Result<PaymentsAnswer>> payment_summary(db::QueryRunner read, const Asking& asking);
inline constexpr Figures kPaymentSummary{&payment_summary, Area::payments};

struct NamedEarnings : TutorEarnings {
  std::string tutor_name;
};
BOOST_DESCRIBE_STRUCT(NamedEarnings, (TutorEarnings), (tutor_name))

struct EarningsAnswer {
  Period period;
  std::string currency;                 // of the top figures
  std::vector<NamedEarnings> earnings;  // most first
  std::vector<RevenueDay> breakdown;
  std::optional<Period> previous_period;
  std::optional<std::vector<NamedEarnings>> previous;
};
BOOST_DESCRIBE_STRUCT(EarningsAnswer, (), (period, currency, earnings, breakdown, previous_period, previous))
json::Rules rules(const EarningsAnswer*);
Task<Result<EarningsAnswer>> earnings(db::QueryRunner read, const Asking& asking);
inline constexpr Figures kEarnings{&earnings, Area::earnings};

struct NamedBalance : Balance {
  std::string student_name;
};
BOOST_DESCRIBE_STRUCT(NamedBalance, (Balance), (student_name))

struct BalancesQuery {
  std::optional<std::string> student_id, timezone;
  bool low = false;
};
BOOST_DESCRIBE_STRUCT(BalancesQuery, (), (student_id, timezone, low))
json::Rules rules(const BalancesQuery*);

struct BalancesAnswer {
  std::vector<NamedBalance> items;
  Time as_of;
};
BOOST_DESCRIBE_STRUCT(BalancesAnswer, (), (items, as_of))
Task<Result<http::Ready<BalancesAnswer>>> balance_list(App& app, const http::Request& request,
                                                       BalancesQuery in);

Task<std::vector<NamedEarnings>> with_tutor_names(Directory& people, std::vector<TutorEarnings> earnings);

}  // namespace rb::analytics
