#pragma once
// What the counters of cells count, and under which keys. Words and people stand as their numbers
// (names.hpp). Pure.
#include <cstdint>

#include "domain/cells/cell.hpp"

namespace rb::analytics {

// Their numbers lie in databases: new ones go to the end of their group, and kCounting (store/cells.hpp)
// rises.
enum class Measure : std::uint8_t {
  // Trends, by quarter-hour of the day: x is the quarter.
  lessons = 1,   // y: LessonStatus
  revenue,       // y: currency; minor units, as all money here
  transactions,  // y: currency
  refunds,       // y: currency
  refund_count,  // y: currency
  uses,          // y: MaterialUse
  logins,        // y: role
  registrations,

  // Sums of a day or a quarter-hour.
  subject_lessons = 32,  // x: subject, y: LessonStatus
  subject_rating,        // x: subject; of places in the same quarter-hour as their lesson
  subject_rating_count,  // x: subject
  scheduled_ends,        // scheduled lessons of which it is told when they end
  minutes,
  completed_places,
  present_places,
  missed_places,
  rating,
  rating_count,
  failed,           // x: currency
  method_revenue,   // x: currency, y: method
  method_count,     // x: currency, y: method
  tutor_lessons,    // x: tutor
  tutor_pay,        // x: tutor, y: currency
  tutor_pay_count,  // x: tutor, y: currency
  tutor_net,        // x: tutor, y: currency
  tutor_net_count,  // x: tutor, y: currency
  subject_uses,     // x: subject, y: MaterialUse

  // How often a person did something: x is the person.
  students = 96,  // had a completed place
  readers,        // viewed or downloaded
  active,
  registered,
};

inline constexpr unsigned kFieldBits = kKeyStepBits;
inline constexpr std::uint32_t kFieldMask = (1U << kFieldBits) - 1;

constexpr std::uint64_t key_of(Measure measure, std::uint32_t x = 0, std::uint32_t y = 0) {
  return (std::uint64_t{static_cast<std::uint8_t>(measure)} << (2 * kFieldBits)) |
         (std::uint64_t{x} << kFieldBits) | y;
}
constexpr Measure measure_of(std::uint64_t key) { return static_cast<Measure>(key >> (2 * kFieldBits)); }
constexpr std::uint32_t x_of(std::uint64_t key) {
  return static_cast<std::uint32_t>(key >> kFieldBits) & kFieldMask;
}
constexpr std::uint32_t y_of(std::uint64_t key) { return static_cast<std::uint32_t>(key) & kFieldMask; }

}  // namespace rb::analytics
