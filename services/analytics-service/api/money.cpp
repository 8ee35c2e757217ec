#include "api/money.hpp"

#include <fmt/format.h>

#include "query/tallies.hpp"
#include "store/facts.hpp"

namespace rb::analytics {
namespace {

std::vector<PaymentMethod> methods_of(const PaymentFigures& summary) {
  std::vector<PaymentMethod> out;
  for (const auto& [name, figures] : summary.by_method) out.push_back({figures, name});
  return out;
}

// A student's balance is with the school: a tutor sees it whole.
Task<Result<BalancesAnswer>> balances_of(db::QueryRunner read, const Asking& asking, std::int64_t low_lessons,
                                         bool low_only) {
  auto asked = asking.scope.asked;
  if (asking.viewer.role == Role::tutor && !asked.student_ids)
    asked.student_ids = co_await students_of_tutor(read, asking.viewer.id);
  auto found = balances(co_await balance_tallies(read, asked), asked, low_lessons);
  if (low_only) std::erase_if(found, [](const Balance& one) { return !one.low; });
  co_return BalancesAnswer{
      co_await with_names<NamedBalance>(asking.people, std::move(found), &Balance::student_id), asked.now};
}

}  // namespace

json::Rules rules(const PaymentsAnswer*) { return rules_of_previous(); }
json::Rules rules(const EarningsAnswer*) { return rules_of_previous(); }
json::Rules rules(const BalancesQuery*) {
  using json::rule;
  return {rule("student_id").integer_or_text().length(1, 64), rule("timezone").length(1, 64),
          rule("low").defaulted().doc("only those that are about to run out")};
}

Task<std::vector<NamedEarnings>> with_tutor_names(Directory& people, std::vector<TutorEarnings> earnings) {
  return with_names<NamedEarnings>(people, std::move(earnings), &TutorEarnings::tutor_id);
}

Task<Result<PaymentsAnswer>> payment_summary(db::QueryRunner read, const Asking& asking) {
  const auto& scope = asking.scope;
  auto payments = co_await payment_tallies(read, scope);
  auto out = begun<PaymentsAnswer>(asking);
  out.summary = payment_figures(payments, scope.asked);
  out.revenue_trends = revenue_trends(payments, scope);
  out.payment_methods = methods_of(out.summary);
  if (asking.before)
    out.previous = payment_figures(co_await payment_tallies(read, *asking.before), asking.before->asked);
  co_return out;
}

Task<Result<EarningsAnswer>> earnings(db::QueryRunner read, const Asking& asking) {
  const auto& scope = asking.scope;
  auto tallies = co_await money_tallies(read, scope);
  auto out = begun<EarningsAnswer>(asking);
  out.currency = chosen_currency(tallies.payments, scope.asked);
  out.earnings = co_await with_tutor_names(asking.people, tutor_earnings(tallies.tutors, out.currency));
  out.breakdown = revenue_trends(tallies.payments, scope);
  if (!asking.before) co_return out;
  const auto& before = *asking.before;
  tallies = co_await money_tallies(read, before);
  out.previous = co_await with_tutor_names(asking.people, tutor_earnings(tallies.tutors, out.currency));
  co_return out;
}

Task<Result<http::Ready<BalancesAnswer>>> balance_list(App& app, const http::Request& request,
                                                       BalancesQuery in) {
  PeriodQuery period;
  period.timezone = std::move(in.timezone);
  period.student_id = std::move(in.student_id);
  auto asking = co_await ask(app, request, Area::balances, std::move(period), Reads::students);
  if (!asking) co_return fail(std::move(asking.error()));
  asking->scope.asked.tutor_id.clear();
  auto low_lessons = app.settings().notification.balance_low_lessons;
  AnswerKind kind{"balances", fmt::format("{} {}", in.low, low_lessons), {.lesson_starts = true}};
  auto make = [&](db::QueryRunner read) {
    return balances_of(std::move(read), *asking, low_lessons, in.low);
  };
  co_return co_await answer<BalancesAnswer>(app, *asking, std::move(kind), make);
}

}  // namespace rb::analytics
