#pragma once
// A chart of rows that somebody else has made. Pure.
#include <span>
#include <string>

#include "charts/chart.hpp"

namespace rb::analytics {

struct Columns {
  std::string type, x, y, title;  // type: bar, line, scatter, pie
};

// Errc::invalid: a column that no row has, or values of `y` that are no numbers.
Result<Chart> custom_chart(std::span<const json::object> rows, const Columns& columns,
                           const std::string& language);

}  // namespace rb::analytics
