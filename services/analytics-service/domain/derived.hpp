#pragma once
// Events that no producer sends because they follow from others: a balance is low, homework is overdue. Their
// ids are made from what they say, so that whoever hears one twice knows it. Pure.
#include <string>
#include <vector>

#include "domain/facts.hpp"
#include "domain/figures/balances.hpp"
#include "events/event.hpp"

namespace rb::analytics {

// The source of whatever analytics says by itself. It follows from the log and is not taken into it.
inline const std::string kOwnSource = "/analytics-service";

// An id for an event of this type that says these words.
std::string id_of_saying(std::string_view type, const std::vector<std::string>& words);

struct LowBalanceSaying {
  std::string student_id, payer_id;  // "": nobody has said who pays
  std::string currency;
  BalanceTally tally;
  std::int64_t times = 1;  // that it became low
};
events::Event balance_low(const LowBalanceSaying& what, Time now);

// `due`: the moment that has passed, by which the event is known.
events::Event homework_overdue(const Homework& homework, const std::vector<std::string>& students, Time due);

}  // namespace rb::analytics
