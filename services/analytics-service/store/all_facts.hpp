#pragma once
// Everything that the tables of facts hold, for checking it. Reads page after page; all of one kind is then
// in memory.
#include <unordered_map>

#include "store/facts.hpp"

namespace rb::analytics {

template <class Fact>
struct Stored {
  Fact fact;
  int rows = 1;
  bool torn = false;  // its rows contradict each other
};
template <class Fact>
using StoredById = std::unordered_map<std::string, Stored<Fact>>;

// One more row of a fact that each of its rows holds whole.
template <class Fact>
void take_row(StoredById<Fact>& to, const Fact& fact) {
  auto [found, added] = to.try_emplace(fact.id, Stored<Fact>{fact});
  if (added) return;
  ++found->second.rows;
  found->second.torn = found->second.torn || found->second.fact != fact;
}

Task<StoredById<Lesson>> all_lessons(db::QueryRunner read);
Task<StoredById<Payment>> all_payments(db::QueryRunner read);
Task<StoredById<Homework>> all_homework(db::QueryRunner read);
Task<StoredById<Person>> all_people(db::QueryRunner read);

// By the seq of their events; source and id stand in the log only.
Task<std::unordered_map<std::int64_t, Access>> all_accesses(db::QueryRunner read);
Task<std::unordered_map<std::int64_t, Login>> all_logins(db::QueryRunner read);

// How many rows a fact has.
std::size_t rows_of(const Lesson& lesson);
std::size_t rows_of(const Payment& payment);
std::size_t rows_of(const Homework& homework);
inline std::size_t rows_of(const Person&) { return 1; }

}  // namespace rb::analytics
