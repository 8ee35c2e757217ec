#include "api/overview.hpp"

#include "net/together.hpp"
#include "query/tallies.hpp"

namespace rb::analytics {
namespace {

constexpr int kWeek = 7;

Task<LessonFigures> lessons_in(db::QueryRunner read, const Scope& scope) {
  co_return lesson_figures(co_await lesson_tallies(std::move(read), scope));
}

Task<PaymentFigures> payments_in(db::QueryRunner read, const Scope& scope) {
  co_return payment_figures(co_await payment_tallies(std::move(read), scope), scope.asked);
}

Task<json::object> of_school(db::QueryRunner read, const Scope& scope) {
  auto [all, users] = co_await school_figures(std::move(read), scope);
  auto lessons = lesson_figures(all.lessons);
  auto payments = payment_figures(all.money.payments, scope.asked);
  auto materials = material_figures(all.materials);
  json::object recent{{"lessons_this_week", lessons.total_lessons},
                      {"revenue_this_week", payments.total_revenue},
                      {"new_users_this_week", users.new_users},
                      {"materials_uploaded_this_week", materials.uploads}};
  co_return json::object{{"total_lessons", lessons.total_lessons},
                         {"completed_lessons", lessons.completed_lessons},
                         {"total_revenue", payments.total_revenue},
                         {"currency", payments.currency},
                         {"active_users", users.wau},
                         {"total_materials", materials.uploads},
                         {"recent_activity", std::move(recent)}};
}

Task<json::object> of_tutor(db::QueryRunner read, const Scope& scope) {
  auto [lessons, payments] = co_await net::together(lessons_in(read, scope), payments_in(read, scope));
  json::object recent{{"lessons_this_week", lessons.total_lessons},
                      {"earnings_this_week", payments.net_revenue}};
  co_return json::object{{"my_lessons", lessons.total_lessons},
                         {"completed_lessons", lessons.completed_lessons},
                         {"unmarked_lessons", lessons.unmarked_lessons},
                         {"my_earnings", payments.net_revenue},
                         {"currency", payments.currency},
                         {"my_students", lessons.unique_students},
                         {"recent_activity", std::move(recent)}};
}

Task<json::object> of_family(db::QueryRunner read, const Scope& scope) {
  auto lessons = co_await lessons_in(std::move(read), scope);
  co_return json::object{{"my_lessons", lessons.total_lessons},
                         {"completed_lessons", lessons.completed_lessons},
                         {"recent_activity", json::object{{"lessons_this_week", lessons.total_lessons}}}};
}

}  // namespace

Task<Result<Asking>> resolve_overview(App& app, const http::Request& request, OverviewQuery in) {
  PeriodQuery query;
  query.days = kWeek;
  query.timezone = std::move(in.timezone);
  return resolve(app, request, Area::lessons, std::move(query));
}

Task<Result<OverviewAnswer>> overview_of(db::QueryRunner read, const Asking& asking) {
  OverviewAnswer out;
  out.generated_at = asking.scope.asked.now;
  out.user_role = name(asking.viewer.role);
  switch (asking.viewer.role) {
    case Role::admin:
    case Role::service:
      out.overview = co_await of_school(read, asking.scope);
      break;
    case Role::tutor:
      out.overview = co_await of_tutor(read, asking.scope);
      break;
    case Role::parent:
    case Role::student:
      out.overview = co_await of_family(read, asking.scope);
      break;
  }
  co_return out;
}

Task<Result<http::Ready<OverviewAnswer>>> overview(App& app, const http::Request& request, OverviewQuery in) {
  auto asking = co_await resolve_overview(app, request, std::move(in));
  if (!asking) co_return fail(std::move(asking.error()));
  note_reading(*asking, request);
  auto make = [&](db::QueryRunner read) { return overview_of(std::move(read), *asking); };
  AnswerKind kind{"overview", "", {.lesson_ends = true}};
  co_return co_await answer<OverviewAnswer>(app, *asking, std::move(kind), make);
}

}  // namespace rb::analytics
