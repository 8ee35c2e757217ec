#pragma once
// How days, money and numbers are written for one reader. Pure, thread-safe. `language` is "ru" or "en";
// spaces inside numbers and between day and month do not break (U+00A0).
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "time/clock.hpp"
#include "time/zone.hpp"

namespace rb::notification {

// «завтра, 16 сентября», «вт, 22 сентября», «вт, 12 января 2027»; "tomorrow, 16 September", "Tue, 22
// September". `moment` is ISO 8601; one without a time of day is that date in any zone. Errc::invalid: it is
// no moment.
Result<std::string> format_day(std::string_view moment, const Zone& zone, Time now,
                               std::string_view language);

// `amount` is a decimal in major units: "12000", "1234.5" RUB → «12 000 ₽», «1 234,50 ₽»; "1,234.50 ₽". Zero
// decimals are left out. Errc::invalid: no amount, or more decimals than the currency has.
Result<std::string> format_money(std::string_view amount, std::string_view currency,
                                 std::string_view language);

// At most two decimals: «4,5», «12 000»; "4.5", "12,000".
std::string format_number(double value, std::string_view language);

}  // namespace rb::notification
