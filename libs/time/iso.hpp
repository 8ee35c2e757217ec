#pragma once
// ISO 8601 moments, the subset of RFC 3339 that people and programs send. Pure.
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "time/clock.hpp"
#include "time/zone.hpp"

namespace rb {

// "2026-01-02T10:00:00Z", "…+03:00", "…10:00", "… 10:00:00.123456", "2026-01-02" (midnight). Without an
// offset the reading is in `zone`. Fractions finer than a microsecond are cut. Errc::invalid: not a moment,
// or years outside 1970..2200.
Result<Time> parse_iso(std::string_view text, const Zone& zone);

// "2026-01-02T10:00:00Z", with ".123456" only when the moment has a fraction.
std::string format_iso(Time t);

}  // namespace rb
