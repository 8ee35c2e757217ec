#pragma once
// IANA time zones and the local calendar. Thread-safe; the first use of a zone reads the system's tzdata.
#include <chrono>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "time/clock.hpp"

namespace date {
class time_zone;
}

namespace rb {

// A wall-clock reading somewhere; says nothing about the zone.
using LocalTime = std::chrono::local_time<Micros>;

// [from, until): as long as the clocks of a zone keep one offset.
struct Stretch {
  Time from, until;
  std::chrono::seconds offset;
};

class Zone {
 public:
  // Errc::invalid for a name that tzdata does not know.
  static Result<Zone> find(std::string_view name);
  static const Zone& utc();

  std::string_view name() const;
  LocalTime to_local(Time t) const;

  // The first moment that reads `local`. A reading that daylight saving skips gives the moment of the skip;
  // of two moments with the same reading the earlier is taken.
  Time to_utc(LocalTime local) const;

  std::chrono::seconds offset(Time t) const;
  Stretch stretch(Time t) const;  // the one that `t` lies in

 private:
  explicit Zone(const date::time_zone* zone) : zone_(zone) {}
  const date::time_zone* zone_;
};

struct LocalDay {
  std::chrono::year_month_day date;
  std::chrono::hh_mm_ss<Micros> clock;
};
LocalDay split_local(LocalTime local);

}  // namespace rb
