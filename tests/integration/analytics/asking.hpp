#pragma once
// Questions over HTTP, and what the plain recomputation answers to them. Pure.
#include <random>

#include "json/json.hpp"
#include "messy.hpp"
#include "tests/plain.hpp"

namespace rb::analytics {

// What a client sends. Words are as in the URL; "" and 0 are left out.
struct Asked {
  std::string path, role = "admin", id = "9";
  std::string first, last, timezone, tutor, student, subject, currency;
  int days = 0;  // instead of first and last
  bool compares = false, low = false;

  std::string target() const;
};

// Who asks and what about, any endpoint that the caller may ask.
Asked random_question(std::mt19937& random, const Era& era);

// The period, zone and people that it comes to at `now`.
Question resolved(const plain::History& history, const Asked& asked, Time now);

// What must stand in the answer at `now`. Moments at which it was made are not in it.
json::value plain_answer(const plain::History& history, const Asked& asked, Time now);

}  // namespace rb::analytics
