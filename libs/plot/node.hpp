#pragma once
// Reading a figure: a JSON object with the template that stands behind it and the path that errors name.
// A wrong value is noted as an error and the fall-back taken, so that all wrong values of a figure are found
// at once; wrong values in templates count as absent. A Node refers to the figure: the figure outlives it.
// Not thread-safe.
#include <boost/json.hpp>
#include <initializer_list>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "plot/color.hpp"
#include "plot/scene.hpp"

namespace rb::plot {

struct Warning {
  std::string path;  // "data[0].marker.colour"
  std::string message;
};

struct Problems {
  std::vector<FieldError> errors;
  std::vector<Warning> warnings;
};

class Node {
 public:
  Node(const boost::json::value* own, const boost::json::value* behind, std::string path, Problems& problems);

  const std::string& path() const { return path_; }
  Problems& problems() const { return *problems_; }

  // The member of the figure, else of the template; null counts as absent.
  const boost::json::value* find(std::string_view name) const;
  const boost::json::value* own(std::string_view name) const;     // of the figure only
  const boost::json::value* behind(std::string_view name) const;  // of the template only
  bool has(std::string_view name) const { return find(name) != nullptr; }
  Node child(std::string_view name) const;  // may be empty
  // The objects of an array. Item templates: `behind` is the object behind each of them.
  std::vector<Node> children(std::string_view name, const boost::json::value* behind = nullptr) const;

  double number(std::string_view name, double otherwise,
                double least = -std::numeric_limits<double>::infinity(),
                double most = std::numeric_limits<double>::infinity()) const;
  std::optional<double> number(std::string_view name) const;
  bool flag(std::string_view name, bool otherwise) const;
  std::string text(std::string_view name, std::string_view otherwise) const;  // numbers become text
  std::string choice(std::string_view name, std::initializer_list<std::string_view> choices,
                     std::string_view otherwise) const;
  // "lines+markers": a set of flags; `extras` like "none" stand alone.
  bool flagged(std::string_view name, std::string_view flag, std::initializer_list<std::string_view> flags,
               std::initializer_list<std::string_view> extras, std::string_view otherwise) const;
  Color color(std::string_view name, Color otherwise) const;
  Font font(std::string_view name, const Font& otherwise) const;
  std::vector<double> numbers(std::string_view name) const;  // [0, 0.5]; empty when absent
  const boost::json::array* array(std::string_view name) const;

  // Notes that the member `name` has a wrong value, "must be …"; once for each member, and the first hundred
  // only.
  void wrong(std::string_view name, std::string reason) const;
  void warn(std::string_view name, std::string message) const;

 private:
  std::string path_of(std::string_view name) const;

  const boost::json::object* own_;
  const boost::json::object* behind_;
  std::string path_;
  Problems* problems_;
};

// JSON numbers and decimal numbers in strings; nullopt for all else.
std::optional<double> to_number(const boost::json::value& value);
// A value as plotly shows it: 1, 2.5, text; null is "".
std::string shown(const boost::json::value& value);

}  // namespace rb::plot
