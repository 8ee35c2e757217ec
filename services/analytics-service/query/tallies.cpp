#include "query/tallies.hpp"

#include "query/facts_for.hpp"

namespace rb::analytics {

Task<LessonTallies> lesson_tallies(db::QueryRunner read, const Scope& scope) {
  co_return tally(co_await lessons_for(std::move(read), scope), scope);
}

Task<PaymentTallies> payment_tallies(db::QueryRunner read, const Scope& scope) {
  co_return tally(co_await payments_for(std::move(read), scope), scope);
}

Task<MaterialTallies> material_tallies(db::QueryRunner read, const Scope& scope) {
  co_return tally(co_await accesses_for(std::move(read), scope), scope);
}

Task<MoneyTallies> money_tallies(db::QueryRunner read, const Scope& scope) {
  auto lessons = co_await lessons_for(read, scope);
  auto payments = co_await payments_for(read, scope);
  co_return MoneyTallies{tally(payments, scope), tally_earnings(lessons, payments, scope)};
}

Task<SchoolTallies> school_tallies(db::QueryRunner read, const Scope& scope) {
  auto lessons = co_await lessons_for(read, scope);
  auto payments = co_await payments_for(read, scope);
  co_return SchoolTallies{tally(lessons, scope),
                          {tally(payments, scope), tally_earnings(lessons, payments, scope)},
                          co_await material_tallies(read, scope)};
}

}  // namespace rb::analytics
