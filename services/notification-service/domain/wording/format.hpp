#pragma once
// How moments, money, numbers and counted words are written for one reader, in Russian or English. Pure,
// thread-safe. Moments are ISO 8601; one without a time of day is a date, the same in every zone.
// Errc::invalid: not a moment, not a number. Spaces inside numbers and between day and month do not break
// (U+00A0).
#include <cstdint>
#include <span>
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

// «завтра, 16 сентября», «вт, 22 сентября», «вт, 12 января 2027»; "tomorrow, 16 September", "Tue, 22
// September".
Result<std::string> format_day(const Reader& reader, std::string_view moment);

// strftime patterns; names of months and weekdays (%B %b %A %a) are in the reader's language, months in the
// genitive.
Result<std::string> format_moment(const Reader& reader, std::string_view moment, std::string_view pattern);

// `amount` is a decimal in major units: "12000", "1234.5". «12 000 ₽», «1 234,50 ₽»; "1,234.50 ₽". `currency`
// is a code or a sign; zero decimals are left out.
Result<std::string> format_currency(const Reader& reader, std::string_view amount, std::string_view currency);

// At most two decimals: «4,5», «12 000»; "4.5", "12,000".
std::string format_number(const Reader& reader, double value);

// The form that follows `n`: of three («урок», «урока», «уроков») by the Russian rule, of two by the English
// one.
std::string_view plural(std::int64_t n, std::span<const std::string_view> forms);

}  // namespace rb::notification
