#pragma once
// GET /api/v1/analytics/overview: the last seven days at a glance, as far as the caller may see.
#include "api/answers.hpp"

namespace rb::analytics {

struct OverviewAnswer {
  json::object overview;  // by role: the keys that its screens show
  std::string user_role;
  Time generated_at;
};
BOOST_DESCRIBE_STRUCT(OverviewAnswer, (), (overview, user_role, generated_at))

struct OverviewQuery {
  std::optional<std::string> timezone;
};
BOOST_DESCRIBE_STRUCT(OverviewQuery, (), (timezone))

Task<Result<http::Ready<OverviewAnswer>>> overview(App& app, const http::Request& request, OverviewQuery in);

// The same in two steps, for whoever looks again and again.
Task<Result<Asking>> resolve_overview(App& app, const http::Request& request, OverviewQuery in);
Task<Result<OverviewAnswer>> overview_of(db::QueryRunner read, const Asking& asking);

}  // namespace rb::analytics
