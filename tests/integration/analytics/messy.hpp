#pragma once
// Events of a small school that goes wrong in every way that life knows: completions before creations,
// cancellations after completions, groups whose students differ in status and in moment, prices and dates put
// right months later, refunds, payments that fail and come back, several currencies, missing fields, aliases,
// people who are erased. Made at random from a seed. Pure.
#include "history.hpp"
#include "time/zone.hpp"

namespace rb::analytics {

// When a school lived, and the zones whose clocks did something odd then.
struct Era {
  std::string name;
  Time from, odd;  // `odd`: the days around which most of it happens
  int days = 0;    // of events; plans go a hundred days further
  std::vector<std::string> zones;

  Time until() const { return from + std::chrono::days(days); }
};
const std::vector<Era>& eras();

// Who is there: tutors 1 to 3, students 11 to 16, parents 21 to 23.
std::vector<Told> messy_history(std::uint32_t seed, const Era& era, std::size_t events);

}  // namespace rb::analytics
