#pragma once
// Is a figure right by plotly.js' own schema? Codes and paths are those of Plotly.validate. Pure,
// thread-safe. Source: npm's plotly.js, reduced by tools/reduce_plot_schema.mjs to schema.json.
#include <boost/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace rb::plot {

struct Finding {
  std::string code;       // value, object, array: wrong; schema, unused, invisible: draws nothing
  std::string container;  // data, layout
  std::optional<int> trace;
  std::string path;  // "line.color"

  bool is_wrong() const { return code == "value" || code == "object" || code == "array"; }
  bool operator==(const Finding&) const = default;
};

std::vector<Finding> check(const boost::json::object& figure);

// For people: "data[0].line.color" and what is wrong with it.
std::string path_of(const Finding& finding);
std::string reason_of(const Finding& finding);

}  // namespace rb::plot
