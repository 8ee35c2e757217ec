#pragma once
// What each tutor's lessons brought in and what the school owes for them. Pure. Definitions: docs/metrics.md.
#include <boost/describe.hpp>
#include <map>
#include <span>

#include "domain/facts.hpp"
#include "domain/figures/days.hpp"
#include "domain/figures/exact.hpp"
#include "json/rule.hpp"

namespace rb::analytics {

struct EarningTally {
  std::int64_t net_revenue = 0;  // processed less refunded
  Sum pay;                       // of the completed lessons that say it
  bool operator==(const EarningTally&) const = default;
};

struct TutorTally {
  std::int64_t lessons = 0;  // completed
  std::map<std::string, EarningTally> currencies;
  bool operator==(const TutorTally&) const = default;
};

using TutorTallies = std::map<std::string, TutorTally>;  // by tutor

// Needs the lessons and payments of lessons.hpp and payments.hpp.
TutorTallies tally_earnings(std::span<const Lesson> lessons, std::span<const Payment> payments,
                            const Scope& scope);

struct Earnings {
  std::string currency;
  double total_earnings = 0;
  std::optional<double> tutor_pay;  // null: never told
  std::optional<double> average_per_lesson;
  bool operator==(const Earnings&) const = default;
};
BOOST_DESCRIBE_STRUCT(Earnings, (), (currency, total_earnings, tutor_pay, average_per_lesson))

struct TutorEarnings : Earnings {
  std::string tutor_id;
  std::int64_t lesson_count = 0;
  std::vector<Earnings> by_currency;  // by code
  bool operator==(const TutorEarnings&) const = default;
};
BOOST_DESCRIBE_STRUCT(TutorEarnings, (Earnings), (tutor_id, lesson_count, by_currency))
json::Rules rules(const TutorEarnings*);

// Top figures in `currency` (chosen_currency). Most earnings first, then by id.
std::vector<TutorEarnings> tutor_earnings(const TutorTallies& all, const std::string& currency);

}  // namespace rb::analytics
