#include "api/people.hpp"

#include "domain/figures/exact.hpp"
#include "query/facts_for.hpp"
#include "query/tallies.hpp"

namespace rb::analytics {
namespace {

constexpr std::size_t kPopular = 10;

EngagementMetrics engagement_of(const UserFigures& figures) {
  return {figures.dau, figures.wau, figures.mau, percent(figures.dau, figures.mau)};
}

}  // namespace

json::Rules rules(const UsersAnswer*) { return rules_of_previous(); }
json::Rules rules(const MaterialsAnswer*) { return rules_of_previous(); }

ActivitySummary summary_of(const UserFigures& figures) {
  return {figures.dau, figures.wau, figures.mau, figures.new_users, figures.total_logins};
}

Task<Result<UsersAnswer>> user_activity(db::QueryRunner read, const Asking& asking) {
  auto figures = co_await users_of_school(read, asking.scope);
  auto out = begun<UsersAnswer>(asking);
  out.activity_summary = summary_of(figures);
  out.engagement_metrics = engagement_of(figures);
  out.activity_trends = std::move(figures.days);
  out.login_patterns = std::move(figures.login_patterns);
  out.role_distribution = std::move(figures.role_distribution);
  if (asking.before) out.previous = summary_of(co_await users_of_school(read, *asking.before));
  co_return out;
}

Task<Result<EngagementAnswer>> engagement(db::QueryRunner read, const Asking& asking) {
  auto figures = co_await users_of_school(std::move(read), asking.scope);
  auto out = begun<EngagementAnswer>(asking);
  out.engagement_metrics = engagement_of(figures);
  out.retention_metrics = std::move(figures.retention);
  out.activity_patterns = std::move(figures.login_patterns);
  co_return out;
}

Task<Result<MaterialsAnswer>> material_usage(db::QueryRunner read, const Asking& asking) {
  auto accesses = co_await accesses_for(read, asking.scope);
  auto uses = tally(accesses, asking.scope);
  auto out = begun<MaterialsAnswer>(asking);
  out.usage_summary = material_figures(uses);
  out.popular_materials = popular_materials(accesses_by_material(accesses, asking.scope),
                                            material_titles(accesses, asking.scope), kPopular);
  out.subject_distribution = materials_by_subject(uses.subjects);
  out.upload_trends = material_trends(uses.days, asking.scope.days);
  if (asking.before) out.previous = material_figures(co_await material_tallies(read, *asking.before));
  co_return out;
}

}  // namespace rb::analytics
