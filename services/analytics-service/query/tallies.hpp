#pragma once
// What a question needs, counted: for the whole school by cells, else by facts.
#include "db/query_runner.hpp"
#include "domain/figures/balances.hpp"
#include "query/school.hpp"

namespace rb::analytics {

Task<LessonTallies> lesson_tallies(db::QueryRunner read, const Scope& scope);
Task<PaymentTallies> payment_tallies(db::QueryRunner read, const Scope& scope);
Task<MaterialTallies> material_tallies(db::QueryRunner read, const Scope& scope);
Task<MoneyTallies> money_tallies(db::QueryRunner read, const Scope& scope);

// Of the school, whatever else the question names.
Task<UserFigures> users_of_school(db::QueryRunner read, const Scope& scope);

Task<SchoolFigures> school_figures(db::QueryRunner read, const Scope& scope);

// Of the students asked about by their facts; of everybody by sums that the database makes.
Task<BalanceTallies> balance_tallies(db::QueryRunner read, const Question& asked);

}  // namespace rb::analytics
