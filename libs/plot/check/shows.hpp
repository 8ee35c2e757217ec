#pragma once
// Whether a trace has anything to show, as plotly.js decides when it sets `visible`. Pure, thread-safe.
#include <boost/json/object.hpp>
#include <string_view>

namespace rb::plot {

// Traces that ask not to be shown count as shown: nobody needs to be told.
bool shows(const boost::json::object& trace, std::string_view type);

}  // namespace rb::plot
