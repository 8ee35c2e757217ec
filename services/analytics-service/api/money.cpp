#include "api/money.hpp"

#include "query/tallies.hpp"
#include "store/facts.hpp"

namespace rb::analytics {
namespace {

std::vector<PaymentMethod> methods_of(const PaymentFigures& summary) {
  std::vector<PaymentMethod> out;
  for (const auto& [name, figures] : summary.by_method) out.push_back({figures, name});
  return out;
}

}  // namespace

json::Rules rules(const PaymentsAnswer*) {
  return {json::rule("previous_period").omit_null(), json::rule("previous").omit_null()};
}
json::Rules rules(const EarningsAnswer*) {
  return {json::rule("previous_period").omit_null(), json::rule("previous").omit_null()};
}
json::Rules rules(const BalancesQuery*) {
  using json::rule;
  return {rule("student_id").integer_or_text().length(1, 64), rule("timezone").length(1, 64),
          rule("low").defaulted().doc("only those that are about to run out")};
}

Task<std::vector<NamedEarnings>> with_names(db::QueryRunner read, std::vector<TutorEarnings> earnings) {
  std::vector<std::string> ids;
  for (const auto& one : earnings) ids.push_back(one.tutor_id);
  auto names = co_await full_names(std::move(read), std::move(ids));
  std::vector<NamedEarnings> out;
  for (auto& one : earnings) {
    auto name = names[one.tutor_id];
    out.push_back({std::move(one), std::move(name)});
  }
  co_return out;
}

Task<Result<PaymentsAnswer>> payment_summary(App& app, const http::Request& request, PeriodQuery in) {
  auto asking = co_await ask(app, request, Area::payments, std::move(in));
  if (!asking) co_return fail(std::move(asking.error()));
  auto read = db::reading(app.runtime().database);
  const auto& scope = asking->scope;
  auto payments = co_await payment_tallies(read, scope);
  PaymentsAnswer out;
  out.period = period_of(scope.asked);
  out.summary = payment_figures(payments, scope.asked);
  out.revenue_trends = revenue_trends(payments, scope);
  out.payment_methods = methods_of(out.summary);
  if (!asking->before) co_return out;
  out.previous_period = period_of(asking->before->asked);
  out.previous = payment_figures(co_await payment_tallies(read, *asking->before), asking->before->asked);
  co_return out;
}

Task<Result<EarningsAnswer>> earnings(App& app, const http::Request& request, PeriodQuery in) {
  auto asking = co_await ask(app, request, Area::earnings, std::move(in));
  if (!asking) co_return fail(std::move(asking.error()));
  auto read = db::reading(app.runtime().database);
  const auto& scope = asking->scope;
  auto tallies = co_await money_tallies(read, scope);
  EarningsAnswer out;
  out.period = period_of(scope.asked);
  out.currency = chosen_currency(tallies.payments, scope.asked);
  out.earnings = co_await with_names(read, tutor_earnings(tallies.tutors, out.currency));
  out.breakdown = revenue_trends(tallies.payments, scope);
  if (!asking->before) co_return out;
  const auto& before = *asking->before;
  out.previous_period = period_of(before.asked);
  tallies = co_await money_tallies(read, before);
  out.previous = co_await with_names(read, tutor_earnings(tallies.tutors, out.currency));
  co_return out;
}

Task<Result<BalancesAnswer>> balance_list(App& app, const http::Request& request, BalancesQuery in) {
  auto viewer = co_await viewer_of(app, request.who());
  if (!viewer) co_return fail(std::move(viewer.error()));
  auto read = db::reading(app.runtime().database);
  PeriodQuery period;
  period.timezone = in.timezone;
  period.student_id = in.student_id;
  auto asked = co_await question_for(app, *viewer, Area::balances, std::move(period));
  if (!asked) co_return fail(std::move(asked.error()));
  // A student's balance is with the school: a tutor sees it whole.
  if (viewer->role == Role::tutor && !asked->student_ids)
    asked->student_ids = co_await students_of_tutor(read, viewer->id);
  asked->tutor_id.clear();
  bool all = !asked->student_ids;
  auto lessons = co_await (all ? lessons_of_school(read, kAlways)
                               : lessons_of_students(read, *asked->student_ids, kAlways));
  auto payments = co_await (all ? payments_of_school(read, kAlways)
                                : payments_of_students(read, *asked->student_ids, kAlways));
  auto found = balances(tally_balances(lessons, payments, *asked), *asked,
                        app.settings().notification.balance_low_lessons);
  if (in.low) std::erase_if(found, [](const Balance& one) { return !one.low; });
  std::vector<std::string> ids;
  for (const auto& one : found) ids.push_back(one.student_id);
  auto names = co_await full_names(read, std::move(ids));
  BalancesAnswer out{{}, asked->now};
  for (auto& one : found) {
    auto name = names[one.student_id];
    out.items.push_back({std::move(one), std::move(name)});
  }
  co_return out;
}

}  // namespace rb::analytics
