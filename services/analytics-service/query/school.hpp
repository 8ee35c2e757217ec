#pragma once
// The whole school by its cells: a few rows a day at any length of history.
#include "db/query_runner.hpp"
#include "domain/figures/school.hpp"
#include "domain/figures/users.hpp"

namespace rb::analytics {

struct SchoolFigures {
  SchoolTallies tallies;
  UserFigures users;  // without roles and retention
};

// nullopt: cells cannot tell (figures of a tutor, students or a subject; a zone off the quarter-hours).
Task<std::optional<SchoolTallies>> tallies_by_cells(db::QueryRunner read, const Scope& scope);
Task<std::optional<UserFigures>> users_by_cells(db::QueryRunner read, const Scope& scope);
Task<std::optional<SchoolFigures>> school_by_cells(db::QueryRunner read, const Scope& scope);  // both

}  // namespace rb::analytics
