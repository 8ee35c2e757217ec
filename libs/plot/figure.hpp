#pragma once
// Plotly figures by parts that cannot be misspelt: what comes out passes Plotly.validate. Figures look alike:
// white, quiet grids, colours that colour-blind people tell apart and that stand out from white by 3:1 at
// least (WCAG 2.1, 1.4.11). Pure; a value here belongs to one thread.
#include <array>
#include <boost/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rb::plot::build {

inline constexpr std::array<std::string_view, 8> kPalette = {"#0072b2", "#d55e00", "#007d5b", "#aa4499",
                                                             "#997700", "#332288", "#882255", "#5f6b6d"};

using Numbers = std::vector<std::optional<double>>;  // nullopt: a gap
using Texts = std::vector<std::string>;              // categories, or days "2026-01-02"

// One part of a figure. Which setter fits which type is plotly.js' own rule.
class Trace {
 public:
  static Trace lines(const Texts& x, const Numbers& y);  // with markers
  static Trace points(const Numbers& x, const Numbers& y);
  static Trace bars(const Texts& x, const Numbers& y);
  static Trace bars_across(const Texts& y, const Numbers& x);  // horizontal
  static Trace pie(const Texts& labels, const Numbers& values);
  static Trace treemap(const Texts& labels, const Numbers& values);  // of one level
  static Trace heat_map(const Texts& x, const Texts& y, const std::vector<Numbers>& z);

  Trace& name(std::string_view text);
  Trace& color(std::size_t of_palette);
  Trace& axes(int x, int y);  // numbers of axes that the figure has; 1 and 1 without this
  Trace& fill();              // down to zero
  Trace& dashed();
  Trace& text(const Texts& of_points, std::string_view position);
  Trace& text_template(std::string_view pattern);                   // "%{label}<br>%{percent}"
  Trace& domain(std::array<double, 2> x, std::array<double, 2> y);  // parts of the picture, from below
  Trace& color_scale(std::string_view title, double least, double most);

  const boost::json::object& json() const { return json_; }

 private:
  explicit Trace(std::string_view type);
  boost::json::object& part(std::string_view name);
  boost::json::object json_;
};

struct Axis {
  std::string title{}, tick_format{}, tick_suffix{};
  std::optional<std::array<double, 2>> range{}, domain{};
  std::optional<double> step{};  // between ticks; none: as plotly chooses
  bool from_zero = false, has_grid = true, reversed = false, is_category = false;
  int anchor = 1;             // the number of the axis that it lies along
  std::optional<int> over{};  // a second scale on the right of this axis
};

class Figure {
 public:
  Figure(std::string_view title, std::string_view language);

  Figure& add(const Trace& trace);
  Figure& x_axis(const Axis& axis, int number = 1);
  Figure& y_axis(const Axis& axis, int number = 1);
  Figure& bar_mode(std::string_view mode);  // group, stack, relative, overlay
  Figure& legend_below();
  Figure& without_legend();
  Figure& heading(std::string_view text, double x, double y);  // of a part; place in parts of the picture
  Figure& without_data(std::string_view message);              // a friendly empty picture

  boost::json::object json() &&;

 private:
  void set_axis(std::string_view letter, std::string_view other, const Axis& axis, int number);
  boost::json::array data_;
  boost::json::object layout_;
};

}  // namespace rb::plot::build
