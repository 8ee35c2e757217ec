#pragma once
// The facts that a question needs, read by the narrowest index there is.
#include "domain/figures/days.hpp"
#include "store/facts.hpp"

namespace rb::analytics {

Task<std::vector<Lesson>> lessons_for(db::QueryRunner read, const Scope& scope);
Task<std::vector<Payment>> payments_for(db::QueryRunner read, const Scope& scope);
Task<std::vector<Homework>> homework_for(db::QueryRunner read, const Scope& scope);
Task<std::vector<Access>> accesses_for(db::QueryRunner read, const Scope& scope);

}  // namespace rb::analytics
