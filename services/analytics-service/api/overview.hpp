#pragma once
// GET /api/v1/analytics/overview: the last seven days at a glance, as far as the caller may see.
#include "api/asking.hpp"

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

Task<Result<OverviewAnswer>> overview(App& app, const http::Request& request, OverviewQuery in);

}  // namespace rb::analytics
