#pragma once
// /api/v1/analytics: who uses the school's services, and its materials.
#include "api/answers.hpp"
#include "domain/figures/materials.hpp"
#include "domain/figures/users.hpp"

namespace rb::analytics {

struct ActivitySummary {
  std::int64_t dau = 0, wau = 0, mau = 0, new_users = 0, total_logins = 0;
};
BOOST_DESCRIBE_STRUCT(ActivitySummary, (), (dau, wau, mau, new_users, total_logins))
ActivitySummary summary_of(const UserFigures& figures);

struct EngagementMetrics {
  std::int64_t dau = 0, wau = 0, mau = 0;
  std::optional<double> stickiness;  // 100 · dau / mau
};
BOOST_DESCRIBE_STRUCT(EngagementMetrics, (), (dau, wau, mau, stickiness))

struct UsersAnswer {
  Period period;
  ActivitySummary activity_summary;
  std::vector<UserDay> activity_trends;
  std::vector<LoginPattern> login_patterns;
  EngagementMetrics engagement_metrics;
  std::map<std::string, std::int64_t> role_distribution;
  std::optional<Period> previous_period;
  std::optional<ActivitySummary> previous;
};
BOOST_DESCRIBE_STRUCT(UsersAnswer, (),
                      (period, activity_summary, activity_trends, login_patterns, engagement_metrics,
                       role_distribution, previous_period, previous))
json::Rules rules(const UsersAnswer*);
Task<Result<UsersAnswer>> user_activity(db::QueryRunner read, const Asking& asking);
inline constexpr Figures kUserActivity{&user_activity, Area::users, {}, Reads::school};

struct EngagementAnswer {
  Period period;
  EngagementMetrics engagement_metrics;
  std::vector<Cohort> retention_metrics;
  std::vector<LoginPattern> activity_patterns;
};
BOOST_DESCRIBE_STRUCT(EngagementAnswer, (),
                      (period, engagement_metrics, retention_metrics, activity_patterns))
Task<Result<EngagementAnswer>> engagement(db::QueryRunner read, const Asking& asking);
inline constexpr Figures kEngagement{&engagement, Area::users, {}, Reads::school};

struct MaterialsAnswer {
  Period period;
  MaterialFigures usage_summary;
  std::vector<PopularMaterial> popular_materials;
  std::vector<MaterialSubject> subject_distribution;
  std::vector<MaterialDay> upload_trends;
  std::optional<Period> previous_period;
  std::optional<MaterialFigures> previous;
};
BOOST_DESCRIBE_STRUCT(MaterialsAnswer, (),
                      (period, usage_summary, popular_materials, subject_distribution, upload_trends,
                       previous_period, previous))
json::Rules rules(const MaterialsAnswer*);
Task<Result<MaterialsAnswer>> material_usage(db::QueryRunner read, const Asking& asking);
inline constexpr Figures kMaterialUsage{&material_usage, Area::materials};

}  // namespace rb::analytics
