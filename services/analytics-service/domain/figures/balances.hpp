#pragma once
// What each student has paid for and not yet used, a currency at a time, over all history. A question's days,
// tutor and subject change nothing here. Pure. Definitions: docs/metrics.md.
#include <boost/describe.hpp>
#include <map>
#include <span>

#include "domain/facts.hpp"
#include "domain/figures/question.hpp"
#include "json/rule.hpp"

namespace rb::analytics {

// A charged place with a price. Compared by when it was, then by its lesson.
struct Charge {
  Time at{};
  std::string lesson_id;
  std::int64_t price = 0;
  auto operator<=>(const Charge&) const = default;
};

struct BalanceTally {
  std::int64_t paid = 0;     // processed less refunded
  std::int64_t charged = 0;  // prices of charged places
  std::vector<Charge> last;  // at most three, the latest first
};

struct StudentBalance {
  std::map<std::string, BalanceTally> currencies;
  std::vector<Time> planned;  // scheduled lessons after the moment of asking, in order
};

using BalanceTallies = std::map<std::string, StudentBalance>;  // by student

// Needs every payment and every lesson of the students asked about.
BalanceTallies tally_balances(std::span<const Lesson> lessons, std::span<const Payment> payments,
                              const Question& asked);

struct Balance {
  std::string student_id, currency;
  double balance = 0;
  std::optional<std::int64_t> lessons_left;  // at the mean price of the last three
  bool low = false;
  std::optional<std::string> run_out_date;  // of the first planned lesson that is not paid for
  bool operator==(const Balance&) const = default;
};
BOOST_DESCRIBE_STRUCT(Balance, (), (student_id, currency, balance, lessons_left, low, run_out_date))
json::Rules rules(const Balance*);

std::optional<std::int64_t> lessons_left(const BalanceTally& tally);

// By student, then by currency. `low_lessons`: BALANCE_LOW_LESSONS.
std::vector<Balance> balances(const BalanceTallies& all, const Question& asked, std::int64_t low_lessons);

}  // namespace rb::analytics
