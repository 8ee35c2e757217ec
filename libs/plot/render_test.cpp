// Whole figures: where things end up, and what wrong ones are told.
#include "plot/render.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <map>

namespace rb::plot {
namespace {

using testing::Contains;

using testing::Not;

Result<Drawing> draw_json(const char* json, const char* language = "en") {
  return scene_of(boost::json::parse(json).as_object(), {.size = {800, 600}, .language = language});
}

std::vector<Text> texts_of(const Drawing& drawing) {
  std::vector<Text> texts;
  for (const auto& item : drawing.scene.items)
    if (const auto* text = std::get_if<Text>(&item)) texts.push_back(*text);
  return texts;
}

std::vector<std::string> markup_of(const Drawing& drawing) {
  std::vector<std::string> all;
  for (const auto& text : texts_of(drawing)) all.push_back(text.markup);
  return all;
}

// The outlines' boxes of everything painted in this colour.
std::vector<Box> boxes_of(const Drawing& drawing, Color fill) {
  std::vector<Box> boxes;
  for (const auto& item : drawing.scene.items)
    if (const auto* shape = std::get_if<Shape>(&item); shape && shape->fill == fill) {
      auto [left, right] = std::ranges::minmax(shape->outline.points, {}, &Point::x);
      auto [top, bottom] = std::ranges::minmax(shape->outline.points, {}, &Point::y);
      boxes.push_back({left.x, top.y, right.x - left.x, bottom.y - top.y});
    }
  return boxes;
}

constexpr Color kRed{255, 0, 0}, kBlue{0, 0, 255};

TEST(Render, stacks_bars_on_each_other) {
  auto drawing = draw_json(R"({"data": [
    {"type": "bar", "x": ["a"], "y": [3], "marker": {"color": "red"}},
    {"type": "bar", "x": ["a"], "y": [1], "marker": {"color": "blue"}}], "layout": {"barmode": "stack", "showlegend": false}})");
  ASSERT_TRUE(drawing);
  auto red = boxes_of(*drawing, kRed).at(0), blue = boxes_of(*drawing, kBlue).at(0);
  EXPECT_NEAR(blue.bottom(), red.y, 1e-6);
  EXPECT_NEAR(red.height, 3 * blue.height, 1e-6);
  EXPECT_EQ(red.x, blue.x);
}

TEST(Render, puts_grouped_bars_side_by_side) {
  auto drawing = draw_json(R"({"data": [
    {"type": "bar", "x": ["a", "b"], "y": [3, 1], "marker": {"color": "red"}},
    {"type": "bar", "x": ["a", "b"], "y": [1, 2], "marker": {"color": "blue"}}], "layout": {"showlegend": false}})");
  ASSERT_TRUE(drawing);
  EXPECT_NEAR(boxes_of(*drawing, kRed).at(0).right(), boxes_of(*drawing, kBlue).at(0).x, 1e-6);
}

TEST(Render, normalizes_bars_to_percents) {
  auto drawing = draw_json(R"({"data": [
    {"type": "bar", "x": ["a", "b"], "y": [30, 1], "marker": {"color": "red"}},
    {"type": "bar", "x": ["a", "b"], "y": [10, 3], "marker": {"color": "blue"}}],
    "layout": {"barmode": "stack", "barnorm": "percent", "showlegend": false}})");
  ASSERT_TRUE(drawing);
  auto red = boxes_of(*drawing, kRed), blue = boxes_of(*drawing, kBlue);
  EXPECT_NEAR(red.at(0).height + blue.at(0).height, 420, 1e-6);
  EXPECT_NEAR(red.at(1).height, 105, 1e-6);
}

TEST(Render, counts_histograms) {
  auto drawing =
      draw_json(R"({"data": [{"type": "histogram", "x": [1, 1, 2], "marker": {"color": "red"}}]})");
  ASSERT_TRUE(drawing);
  auto bars = boxes_of(*drawing, kRed);
  ASSERT_EQ(bars.size(), 2u);
  EXPECT_NEAR(bars[0].height, 2 * bars[1].height, 1e-6);
  EXPECT_NEAR(bars[0].right(), bars[1].x, 1e-6);
}

TEST(Render, carries_sums_of_a_waterfall_on) {
  auto drawing = draw_json(R"({"data": [{"type": "waterfall", "x": ["a", "b", "c"], "y": [10, -4, null],
    "measure": ["relative", "relative", "total"], "connector": {"visible": false},
    "increasing": {"marker": {"color": "red"}}, "totals": {"marker": {"color": "blue"}}}], "layout": {"showlegend": false}})");
  ASSERT_TRUE(drawing);
  EXPECT_NEAR(boxes_of(*drawing, kBlue).at(0).height / boxes_of(*drawing, kRed).at(0).height, 0.6, 1e-6);
}

TEST(Render, begins_a_waterfall_anew_at_an_absolute_value) {
  auto drawing = draw_json(R"({"data": [{"type": "waterfall", "x": ["a", "b", "c"], "y": [10, 4, 3],
    "measure": ["relative", "absolute", "relative"], "connector": {"visible": false},
    "increasing": {"marker": {"color": "red"}}, "totals": {"marker": {"color": "blue"}}}], "layout": {"showlegend": false}})");
  ASSERT_TRUE(drawing);
  auto rising = boxes_of(*drawing, kRed), level = boxes_of(*drawing, kBlue);
  ASSERT_EQ(rising.size(), 2u);
  EXPECT_NEAR(level.at(0).height / rising[0].height, 0.4, 1e-6);
  EXPECT_NEAR(rising[1].bottom(), level[0].y, 1e-6);
}

TEST(Render, tells_the_parts_of_a_treemap) {
  auto drawing =
      draw_json(R"({"data": [{"type": "treemap", "labels": ["r", "a", "b"], "parents": ["", "r", "a"],
    "values": [10, 5, 5], "textinfo": "label+percent parent"}]})");
  ASSERT_TRUE(drawing);
  EXPECT_THAT(markup_of(*drawing), Contains("b<br>50%"));
}

TEST(Render, pulls_out_a_slice_that_is_the_whole_pie) {
  auto red = [](const std::string& pull) {
    auto drawing =
        draw_json((R"({"data": [{"type": "pie", "values": [1], "marker": {"colors": ["red"]}, "pull": )" +
                   pull + "}], \"layout\": {}}")
                      .c_str());
    return boxes_of(*drawing, kRed).at(0);
  };
  auto whole = red("0"), pulled = red("0.5");
  EXPECT_NEAR(pulled.height, whole.height / 1.5, 1e-6);
  EXPECT_NEAR(pulled.center().y, whole.center().y + pulled.height / 4, 1e-6);
}

TEST(Render, shows_a_legend_for_two_traces) {
  const char* two = R"({"data": [{"y": [1, 2], "name": "first"}, {"y": [2, 1], "name": "second"}]})";
  EXPECT_THAT(markup_of(*draw_json(two)), Contains("second"));
  EXPECT_THAT(markup_of(*draw_json(R"({"data": [{"y": [1, 2], "name": "first"}]})")), Not(Contains("first")));
}

TEST(Render, puts_the_title_of_a_flat_legend_beside_or_above_its_entries) {
  auto heights = [](const std::string& side) {
    auto drawing = draw_json((R"({"data": [{"y": [1, 2], "name": "first"}, {"y": [2, 1], "name": "second"}],
      "layout": {"legend": {"orientation": "h", "title": {"text": "Legend", "side": ")" +
                              side + R"("}}}})")
                                 .c_str());
    std::map<std::string, double> out;
    for (const auto& text : texts_of(*drawing)) out[text.markup] = text.box.center().y;
    return out.at("first") - out.at("Legend");
  };
  EXPECT_LT(std::abs(heights("left")), 6);
  EXPECT_GT(heights("top"), 12);
}

TEST(Render, writes_dates_in_russian) {
  auto drawing = draw_json(R"({"data": [{"x": ["2026-09-10", "2026-09-20"], "y": [1, 2]}],
    "layout": {"xaxis": {"tickformat": "%-d %b", "tickvals": ["2026-09-15"]}}})",
                           "ru");
  ASSERT_TRUE(drawing);
  EXPECT_THAT(markup_of(*drawing), Contains("15 сен"));
}

TEST(Render, keeps_long_labels_in_the_picture) {
  auto drawing = draw_json(R"({"data": [{"type": "bar", "orientation": "h", "x": [1],
    "y": ["A category with a very long name that needs much room"]}]})");
  ASSERT_TRUE(drawing);
  for (const auto& text : texts_of(*drawing)) {
    EXPECT_GE(text.box.x, 0) << text.markup;
    EXPECT_LE(text.box.right(), 800) << text.markup;
  }
}

TEST(Render, turns_labels_that_would_overlap) {
  auto drawing = draw_json(R"({"data": [{"type": "bar", "y": [1, 2, 3, 4, 5, 6],
    "x": ["Long category one", "Long category two", "Long category three", "Long category four", "Long category five", "Long category six"]}]})");
  ASSERT_TRUE(drawing);
  auto texts = texts_of(*drawing);
  EXPECT_TRUE(std::ranges::any_of(texts, [](const Text& t) { return t.angle != 0; }));
}

TEST(Render, knows_templates) {
  auto drawing = draw_json(R"({"data": [], "layout": {"template": "plotly_dark"}})");
  ASSERT_TRUE(drawing);
  EXPECT_EQ(drawing->scene.background, (Color{17, 17, 17}));
}

TEST(Render, names_the_path_of_every_wrong_value) {
  auto drawing = draw_json(
      R"({"data": [{"y": [1, 2], "mode": "dots", "marker": {"size": -3}}], "layout": {"title": {"font": {"color": "blurple"}}}})");
  ASSERT_FALSE(drawing);
  std::vector<std::string> paths;
  for (const auto& field : drawing.error().fields) paths.push_back(field.field);
  EXPECT_THAT(
      paths, testing::UnorderedElementsAre("data[0].mode", "data[0].marker.size", "layout.title.font.color"));
}

TEST(Render, draws_figures_without_data) {
  for (const char* json :
       {"{}", R"({"data": []})", R"({"data": [{"x": [], "y": []}]})",
        R"({"data": [{"type": "heatmap", "z": []}]})", R"({"data": [{"type": "histogram", "x": []}]})",
        R"({"data": [{"type": "box", "y": [null]}]})"})
    EXPECT_TRUE(draw_json(json)) << json;
}

}  // namespace
}  // namespace rb::plot
