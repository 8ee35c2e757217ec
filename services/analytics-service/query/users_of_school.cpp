#include "query/users_of_school.hpp"

#include "store/facts.hpp"

namespace rb::analytics {

Task<UserFigures> users_of_school(db::QueryRunner read, const Scope& scope) {
  auto days = activity_days(scope.asked);
  Span span{days.begin(), days.end()};
  Activities active;
  auto add = [&active](const auto& facts) {
    for (const auto& fact : facts) add_activity(active, fact);
  };
  add(co_await lessons_of_school(read, span));
  add(co_await payments_of_school(read, span));
  add(co_await homework_submitted(read, span));
  add(co_await accesses_of_school(read, span));
  auto logins = co_await logins_between(read, span);
  add(logins);
  auto people = co_await people_of_school(read);
  co_return user_figures(active, people, logins, scope);
}

}  // namespace rb::analytics
