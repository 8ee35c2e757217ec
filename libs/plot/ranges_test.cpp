// Ranges of whole figures on a plot of 600 × 400 pixels. The numbers follow from plotly.js' rules: lines are
// tight along x and leave 5 % of the axis along y, markers their radius more; bars stand on zero without a
// margin.
#include <gtest/gtest.h>

#include "plot/cartesian.hpp"
#include "plot/template.hpp"

namespace rb::plot {
namespace {

namespace bj = boost::json;

using Range = std::array<double, 2>;

struct Laid {
  Range x{}, y{};
  double x_offset = 0, x_length = 0;
};

Laid laid_out(const char* text) {
  auto figure = bj::parse(text).as_object();
  Problems problems;
  const auto* own = figure.if_contains("layout");
  Node layout(own, nullptr, "layout", problems);
  Style style;
  style.font = layout.font("font", Font{});
  style.language = "en";
  Figure whole{layout, style, {800, 600}, problems};
  std::vector<TraceInput> inputs;
  for (const auto& trace : figure.at("data").as_array()) {
    Node node(&trace, nullptr, "data", problems);
    auto type = node.text("type", "scatter");
    if (type == "histogram") whole.bar_gap = 0;
    inputs.push_back({node, inputs.size(), Color{}, type, "trace", false});
  }
  Cartesian plots(whole, inputs, inputs.empty());
  for (int round = 0; round < 2; ++round) {  // laying out again changes nothing
    MarginPushes margins;
    plots.lay_out({100, 100, 600, 400}, margins);
  }
  EXPECT_TRUE(problems.errors.empty()) << text;
  const auto &x = *plots.find("x"), &y = *plots.find("y");
  return {x.range, y.range, x.offset, x.length};
}

void expect_ranges(const char* figure, Range x, Range y) {
  auto laid = laid_out(figure);
  for (std::size_t i : {0U, 1U}) {
    EXPECT_NEAR(laid.x[i], x[i], 1e-9) << "x of " << figure;
    EXPECT_NEAR(laid.y[i], y[i], 1e-9) << "y of " << figure;
  }
}

TEST(Ranges, of_lines_and_markers_leave_room_along_the_values) {
  expect_ranges(R"({"data":[{"mode":"lines","x":[1,5],"y":[1,3]}]})", {1, 5}, {1 - 1 / 9.0, 3 + 1 / 9.0});
  expect_ranges(R"({"data":[{"mode":"markers","x":[1,5],"y":[1,3]}]})",
                {0.7464788732394366, 5.253521126760563}, {0.8652482269503546, 3.1347517730496453});
  expect_ranges(R"({"data":[{"mode":"markers","x":[1,5],"y":[1,3],"marker":{"size":[40,10]}}]})",
                {0.5675675675675675, 5.285012285012285}, {0.7262357414448669, 3.159695817490494});
  expect_ranges(R"({"data":[{"mode":"markers","x":[3],"y":[7]}]})", {2, 4}, {6, 8});
  expect_ranges(R"({"data":[]})", {-1, 6}, {-1, 4});
}

TEST(Ranges, of_bars_stand_on_zero) {
  expect_ranges(R"({"data":[{"type":"bar","x":["а","б"],"y":[2,4]}]})", {-0.5, 1.5}, {0, 4 / 0.95});
  expect_ranges(R"({"data":[{"type":"bar","x":[1,2],"y":[-2,4]}]})", {0.5, 2.5}, {-2 - 1 / 3.0, 4 + 1 / 3.0});
  expect_ranges(R"({"data":[{"type":"bar","x":[1,2],"y":[2,4]},{"type":"bar","x":[1,2],"y":[3,-4]}],
                    "layout":{"barmode":"relative"}})",
                {0.5, 2.5}, {-4.5, 5.5});
  expect_ranges(R"({"data":[{"type":"histogram","x":[1,1,2,2.5,3,7],"xbins":{"start":0,"end":8,"size":1}}]})",
                {1, 8}, {0, 2 / 0.95});
}

TEST(Ranges, of_heat_maps_and_boxes_hold_whole_cells_and_their_points) {
  expect_ranges(R"({"data":[{"type":"heatmap","z":[[1,2,3],[4,5,6]]}]})", {-0.5, 2.5}, {-0.5, 1.5});
  expect_ranges(R"({"data":[{"type":"box","y":[1,2,3,10]}]})", {-0.5, 0.5}, {0.5, 10.5});
  expect_ranges(R"({"data":[{"type":"box","y":[1,2,3,11],"boxpoints":"all","pointpos":-1.6,"jitter":0.4}]})",
                {-0.5050251256281407, 0.5}, {4 / 9.0, 11 + 5 / 9.0});
  expect_ranges(R"({"data":[{"type":"box","y":[1,2,3,11],"boxpoints":"all","pointpos":2,"jitter":1}]})",
                {-0.5689944134078212, 0.8108938547486032}, {4 / 9.0, 11 + 5 / 9.0});
}

TEST(Ranges, are_as_the_axis_wants_them) {
  const auto line = [](const std::string& y, const std::string& axis) {
    return R"({"data":[{"mode":"lines","x":[1,5],"y":)" + y + R"(}],"layout":{"yaxis":)" + axis + "}}";
  };
  expect_ranges(line("[2,4]", R"({"rangemode":"tozero"})").c_str(), {1, 5}, {0, 4 / 0.95});
  expect_ranges(line("[0.1,4]", R"({"rangemode":"nonnegative"})").c_str(), {1, 5}, {0, 4 / 0.95});
  expect_ranges(line("[1,1000]", R"({"type":"log"})").c_str(), {1, 5}, {-1 / 6.0, 3 + 1 / 6.0});
  expect_ranges(line("[5,5]", R"({"autorange":"reversed"})").c_str(), {1, 5}, {6, 4});
  expect_ranges(line("[1,3]", R"({"range":[null,10]})").c_str(), {1, 5}, {1 - 1 / 9.0, 10});
}

TEST(Ranges, of_tied_axes_give_their_units_one_length) {
  const auto tied = [](const std::string& axes) {
    return R"({"data":[{"mode":"lines","x":[0,10],"y":[0,10]}],"layout":{)" + axes + "}}";
  };
  constexpr double kLow = -5 / 9.0, kHigh = 10 + 5 / 9.0;
  expect_ranges(tied(R"("yaxis":{"scaleanchor":"x"})").c_str(), {-10 / 3.0, 10 + 10 / 3.0}, {kLow, kHigh});
  expect_ranges(tied(R"("yaxis":{"scaleanchor":"x","scaleratio":0.5})").c_str(), {0, 10},
                {-5 / 3.0, 10 + 5 / 3.0});
  expect_ranges(tied(R"("yaxis":{"scaleanchor":"x","range":[0,10]},"xaxis":{"range":[0,10]})").c_str(),
                {-2.5, 12.5}, {0, 10});
  expect_ranges(
      tied(R"("yaxis":{"scaleanchor":"x","range":[0,10]},"xaxis":{"range":[0,10],"constraintoward":"left"})")
          .c_str(),
      {0, 15}, {0, 10});
}

TEST(Ranges, of_tied_axes_stay_when_the_plot_shrinks_instead) {
  auto laid = laid_out(R"({"data":[{"mode":"lines","x":[0,10],"y":[0,10]}],
                           "layout":{"yaxis":{"scaleanchor":"x"},"xaxis":{"constrain":"domain"}}})");
  EXPECT_EQ(laid.x, (Range{0, 10}));
  EXPECT_NEAR(laid.x_offset, 220, 1e-9);
  EXPECT_NEAR(laid.x_length, 360, 1e-9);
}

}  // namespace
}  // namespace rb::plot
