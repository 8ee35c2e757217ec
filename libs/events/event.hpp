#pragma once
// An event in its normal form, whatever envelope it came in. Pure value, shared by the services.
#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "time/clock.hpp"

namespace rb::events {

struct Event {
  std::string source;  // identity is source + id
  std::string id;
  std::string type;  // a name of the contract's table, aliases resolved: "lesson.cancelled"
  Time time;         // the moment it speaks of
  // The contract's fields, flat. ids are text, `student_ids` is the one list of students, times are ISO 8601
  // in UTC, money is a decimal text in major units ("1500.00"); `currency` stands beside it, but a lesson's
  // may leave it to other events of the lesson. Normalising it again changes nothing.
  boost::json::object data;

  bool has(std::string_view field) const;
  std::string text(std::string_view field) const;               // "" when absent
  std::vector<std::string> list(std::string_view field) const;  // texts; empty when absent
  std::optional<Time> moment(std::string_view field) const;
  std::optional<std::int64_t> integer(std::string_view field) const;
  std::optional<double> number(std::string_view field) const;
  bool flag(std::string_view field) const;                          // false when absent
  std::optional<std::int64_t> minor(std::string_view field) const;  // money in minor units of `currency`
  std::string family() const;                                       // "lesson" of "lesson.cancelled"
};

// CloudEvents 1.0, structured JSON mode: what we publish and keep.
std::string to_cloudevent(const Event& event);

// How many decimals a currency has (ISO 4217): 2 but for the few listed there.
int currency_digits(std::string_view currency);

// "1500", "1500.5", "-3.00" in major units → minor units; nullopt: not a number, or more decimals than the
// currency has.
std::optional<std::int64_t> parse_money(std::string_view text, std::string_view currency);
std::string format_money(std::int64_t minor, std::string_view currency);  // "1500.50"

}  // namespace rb::events
