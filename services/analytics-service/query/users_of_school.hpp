#pragma once
// Who was active in the whole school.
#include "db/query_runner.hpp"
#include "domain/figures/users.hpp"

namespace rb::analytics {

Task<UserFigures> users_of_school(db::QueryRunner read, const Scope& scope);

}  // namespace rb::analytics
