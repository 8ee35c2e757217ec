#pragma once
// Facts → the counters of cells. What read.hpp makes of them equals what domain/figures makes of the facts.
// Pure.
#include <vector>

#include "domain/cells/names.hpp"
#include "domain/cells/slot.hpp"
#include "domain/facts.hpp"

namespace rb::analytics {

// Gathers counters. When `names` lacks a number, what was gathered is of no use: learn it and begin anew.
class Counting {
 public:
  explicit Counting(Names& names) : names_(names) {}

  // times = -1: takes the fact away.
  void add(const Lesson& lesson, int times);
  void add(const Payment& payment, int times);
  void add(const Homework& homework, int times);
  void add(const Access& access, int times);
  void add(const Login& login, int times);
  void add(const Person& person, int times);

  Cells take();

 private:
  struct Gathered {
    Slot slot;
    Counter counter;
  };
  class At;
  std::uint32_t currency(const Money& amount) { return names_.word(amount.currency); }
  template <class Fact>
  void add_activity_of(const Fact& fact, int times);

  Names& names_;
  std::vector<Gathered> gathered_;
};

// A rated place in another quarter-hour than its lesson: whether a period holds both, cells cannot tell. Its
// subject's rating is counted by facts.
bool straddles(const Place& place, Time lesson_at);

}  // namespace rb::analytics
