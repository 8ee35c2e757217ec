#include "query/tallies.hpp"

#include "net/together.hpp"
#include "query/facts_for.hpp"
#include "store/accounts.hpp"
#include "store/facts.hpp"

namespace rb::analytics {
namespace {

Task<UserFigures> users_by_facts(db::QueryRunner read, const Scope& scope) {
  auto days = activity_days(scope.asked);
  Span span{days.begin(), days.end()};
  auto [lessons, payments, homework, accesses, logins, people] = co_await net::together(
      lessons_of_school(read, span), payments_of_school(read, span), homework_submitted(read, span),
      accesses_of_school(read, span), logins_between(read, span), people_of_school(read));
  auto active = activities_in(lessons, payments, homework, accesses, logins);
  co_return user_figures(active, people, logins, scope);
}

Task<SchoolTallies> tallies_by_facts(db::QueryRunner read, const Scope& scope) {
  auto [lessons, payments, accesses] =
      co_await net::together(lessons_for(read, scope), payments_for(read, scope), accesses_for(read, scope));
  co_return SchoolTallies{tally(lessons, scope),
                          {tally(payments, scope), tally_earnings(lessons, payments, scope)},
                          tally(accesses, scope)};
}

Task<BalanceTallies> balances_of_school(db::QueryRunner read, Time now) {
  BalanceTallies out;
  for (auto& [account, tally] : co_await accounts_of(read, co_await students_of_school(read)))
    out[account.first].currencies[account.second] = std::move(tally);
  for (auto& [id, planned] : co_await planned_lessons(read, now))
    if (auto found = out.find(id); found != out.end()) found->second.planned = std::move(planned);
  co_return out;
}

}  // namespace

Task<LessonTallies> lesson_tallies(db::QueryRunner read, const Scope& scope) {
  if (auto counted = co_await tallies_by_cells(read, scope)) co_return std::move(counted->lessons);
  co_return tally(co_await lessons_for(read, scope), scope);
}

Task<PaymentTallies> payment_tallies(db::QueryRunner read, const Scope& scope) {
  if (auto counted = co_await tallies_by_cells(read, scope)) co_return std::move(counted->money.payments);
  co_return tally(co_await payments_for(read, scope), scope);
}

Task<MaterialTallies> material_tallies(db::QueryRunner read, const Scope& scope) {
  if (auto counted = co_await tallies_by_cells(read, scope)) co_return std::move(counted->materials);
  co_return tally(co_await accesses_for(read, scope), scope);
}

Task<MoneyTallies> money_tallies(db::QueryRunner read, const Scope& scope) {
  if (auto counted = co_await tallies_by_cells(read, scope)) co_return std::move(counted->money);
  auto [lessons, payments] = co_await net::together(lessons_for(read, scope), payments_for(read, scope));
  co_return MoneyTallies{tally(payments, scope), tally_earnings(lessons, payments, scope)};
}

Task<UserFigures> users_of_school(db::QueryRunner read, const Scope& scope) {
  if (auto counted = co_await users_by_cells(read, scope)) co_return std::move(*counted);
  co_return co_await users_by_facts(read, scope);
}

Task<SchoolFigures> school_figures(db::QueryRunner read, const Scope& scope) {
  if (auto counted = co_await school_by_cells(read, scope)) co_return std::move(*counted);
  auto tallies = co_await tallies_by_facts(read, scope);
  co_return SchoolFigures{std::move(tallies), co_await users_of_school(read, scope)};
}

Task<BalanceTallies> balance_tallies(db::QueryRunner read, const Question& asked) {
  if (!asked.student_ids) co_return co_await balances_of_school(std::move(read), asked.now);
  auto [lessons, payments] = co_await net::together(lessons_of_students(read, *asked.student_ids, kAlways),
                                                    payments_of_students(read, *asked.student_ids, kAlways));
  co_return tally_balances(lessons, payments, asked);
}

}  // namespace rb::analytics
