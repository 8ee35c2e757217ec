#pragma once
// Moments as d3-time-format writes them: %a %A %b %B %c %d %e %f %H %I %j %L %m %M %p %q %Q %s %S %u %U %V %w
// %W %x %X %y %Y %Z %%, with the paddings %-d %_d %0d, and plotly's %h (half of the year) and %3f (fraction
// of a second, trimmed). Moments are milliseconds since 1970 and are read as UTC: charts show wall clocks.
// Pure, thread-safe.
#include <string>
#include <string_view>

#include "plot/locale.hpp"

namespace rb::plot {

// Unknown directives are kept as they stand. Years beyond ±30 000 give "".
std::string format_time(double milliseconds, std::string_view format, const Locale& locale);

}  // namespace rb::plot
