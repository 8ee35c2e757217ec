#pragma once
// How days and numbers are written for one reader, in Russian or English. Pure, thread-safe. Spaces inside numbers and
// between day and month do not break (U+00A0).
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "time/clock.hpp"
#include "time/zone.hpp"

namespace rb::notification {

struct Reader {
  bool russian = true;
  Zone zone = Zone::utc();
  Time now;
};

// «завтра, 16 сентября», «вт, 22 сентября», «вт, 12 января 2027»; "tomorrow, 16 September", "Tue, 22 September".
// `moment` is ISO 8601; one without a time of day is a date, the same in every zone. Errc::invalid: it is neither.
Result<std::string> format_day(const Reader& reader, std::string_view moment);

// At most two decimals: «4,5», «12 000»; "4.5", "12,000".
std::string format_number(bool russian, double value);

}  // namespace rb::notification
