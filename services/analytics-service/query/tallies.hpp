#pragma once
// What a question needs, counted: from facts.
#include "db/query_runner.hpp"
#include "domain/figures/earnings.hpp"
#include "domain/figures/lessons.hpp"
#include "domain/figures/materials.hpp"
#include "domain/figures/payments.hpp"

namespace rb::analytics {

Task<LessonTallies> lesson_tallies(db::QueryRunner read, const Scope& scope);
Task<PaymentTallies> payment_tallies(db::QueryRunner read, const Scope& scope);
Task<MaterialTallies> material_tallies(db::QueryRunner read, const Scope& scope);

struct MoneyTallies {
  PaymentTallies payments;
  TutorTallies tutors;
};
Task<MoneyTallies> money_tallies(db::QueryRunner read, const Scope& scope);

// Of the school as a whole.
struct SchoolTallies {
  LessonTallies lessons;
  MoneyTallies money;
  MaterialTallies materials;
};
Task<SchoolTallies> school_tallies(db::QueryRunner read, const Scope& scope);

}  // namespace rb::analytics
