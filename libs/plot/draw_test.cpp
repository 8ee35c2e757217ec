#include "plot/draw.hpp"

#include <gtest/gtest.h>

#include "json/json.hpp"
#include "plot/limits.hpp"

namespace rb::plot {
namespace {

boost::json::object figure(std::string_view text) { return json::parse(text).value().as_object(); }

boost::json::object pie() {
  return figure(R"({"data": [{"type": "pie", "labels": ["Да", "Нет"], "values": [5, 1]}],
                    "layout": {"title": {"text": "Ответы <b>всех</b>"}, "width": 300, "height": 200}})");
}

int number_at(const std::string& bytes, std::size_t at) {
  int out = 0;
  for (std::size_t i = 0; i < 4; ++i) out = out * 256 + static_cast<unsigned char>(bytes[at + i]);
  return out;
}

TEST(Draw, takes_the_size_of_the_figure_unless_told_otherwise) {
  auto own = draw(pie(), {}), given = draw(pie(), {.width = 640, .scale = 1.5});
  ASSERT_TRUE(own && given);
  EXPECT_EQ(number_at(own->bytes, 16), 300);
  EXPECT_EQ(number_at(own->bytes, 20), 200);
  EXPECT_EQ(number_at(given->bytes, 16), 960);
  EXPECT_EQ(number_at(given->bytes, 20), 300);
}

TEST(Draw, writes_numbers_in_the_language) {
  auto english = draw(pie(), {.format = Format::svg}),
       russian = draw(pie(), {.format = Format::svg, .language = "ru"});
  ASSERT_TRUE(english && russian);
  EXPECT_NE(english->bytes.find("83.3%"), std::string::npos);
  EXPECT_NE(russian->bytes.find("83,3%"), std::string::npos);
}

TEST(Draw, puts_title_and_description_into_the_file) {
  auto picture = draw(pie(), {.format = Format::svg, .description = "Пять из шести сказали «да»"});
  ASSERT_TRUE(picture);
  EXPECT_NE(picture->bytes.find("<title id=\"title\">Ответы всех</title>"), std::string::npos);
  EXPECT_NE(picture->bytes.find("Пять из шести сказали «да»</desc>"), std::string::npos);
}

TEST(Draw, names_the_path_of_every_wrong_value) {
  auto wrong = figure(
      R"({"data": [{"type": "pie", "values": [1], "hole": 2, "direction": "left"}], "layout": {"width": "x"}})");
  auto picture = draw(wrong, {});
  ASSERT_FALSE(picture);
  EXPECT_EQ(picture.error().code, Errc::invalid);
  std::vector<std::string> paths;
  for (const auto& field : picture.error().fields) paths.push_back(field.field);
  std::ranges::sort(paths);
  EXPECT_EQ(paths, (std::vector<std::string>{"data[0].direction", "data[0].hole", "layout.width"}));
}

TEST(Draw, refuses_what_the_schema_refuses_and_tells_what_it_passes_over) {
  auto refused = draw(figure(R"({"data": [{"y": [1], "hoverlabel": {"align": "up"}}]})"), {});
  ASSERT_FALSE(refused);
  ASSERT_EQ(refused.error().fields.size(), 1U);
  EXPECT_EQ(refused.error().fields[0].field, "data[0].hoverlabel.align");

  auto drawn = draw(figure(R"({"data": [{"y": {}}, {"y": [1, 2]}], "layout": {"tytle": 1}})"), {});
  ASSERT_TRUE(drawn);
  std::vector<std::string> paths;
  for (const auto& warning : drawn->warnings) paths.push_back(warning.path);
  std::ranges::sort(paths);
  EXPECT_EQ(paths, (std::vector<std::string>{"data[0]", "data[0].y", "layout.tytle"}));
}

TEST(Draw, refuses_options_out_of_bounds) {
  for (const auto& options :
       {DrawOptions{.width = -1}, DrawOptions{.height = kMaxSide + 1}, DrawOptions{.scale = 0},
        DrawOptions{.scale = std::nan("")}, DrawOptions{.dpi = 1e9}}) {
    auto picture = draw(pie(), options);
    ASSERT_FALSE(picture);
    EXPECT_EQ(picture.error().fields.size(), 1U);
  }
}

TEST(Draw, refuses_what_would_take_too_long) {
  EXPECT_EQ(draw(pie(), {.width = kMaxSide, .height = kMaxSide, .scale = 3}).error().code, Errc::too_large);

  boost::json::array many(kMaxValues + 1, 1);
  auto points = pie();
  points["data"] = boost::json::array{boost::json::object{{"type", "pie"}, {"values", many}}};
  EXPECT_EQ(draw(points, {}).error().code, Errc::too_large);

  boost::json::array words;
  for (int i = 0; i < 60; ++i) words.emplace_back(std::to_string(i) + std::string(10'000, 'x'));
  auto texts = pie();
  texts["data"] = boost::json::array{boost::json::object{
      {"type", "table"},
      {"cells", boost::json::object{{"values", boost::json::array{words}}, {"height", 1}}}}};
  EXPECT_EQ(draw(texts, {}).error().code, Errc::too_large);
}

boost::json::object with_layout(std::string_view name, std::size_t count, const boost::json::object& one) {
  auto out = figure(R"({"data": [{"y": [1]}], "layout": {}})");
  out["layout"].as_object()[name] = boost::json::array(count, one);
  return out;
}

TEST(Draw, refuses_more_parts_than_can_be_laid_out) {
  boost::json::object traces{{"data", boost::json::array(kMaxTraces + 1, boost::json::object{{"y", {1}}})}};
  EXPECT_EQ(draw(traces, {}).error().code, Errc::too_large);
  auto notes = with_layout("annotations", kMaxAnnotations + 1, {{"text", "а"}});
  EXPECT_EQ(draw(notes, {}).error().code, Errc::too_large);
  EXPECT_EQ(draw(with_layout("shapes", kMaxAnnotations + 1, {}), {}).error().code, Errc::too_large);
  EXPECT_TRUE(draw(with_layout("shapes", 100, {}), {}));
}

TEST(Draw, refuses_shapes_that_would_become_too_many_points) {
  auto hatched = figure(R"({"data": [{"type": "bar", "x": [], "y": [], "width": 1, "base": 0,
      "marker": {"pattern": {"shape": ".", "size": 3}}}], "layout": {"barmode": "overlay", "width": 3000, "height": 3000}})");
  auto& bars = hatched["data"].as_array()[0].as_object();
  bars["x"] = bars["y"] = boost::json::array(1000, 1);
  EXPECT_EQ(draw(hatched, {}).error().code, Errc::too_large);
}

TEST(Draw, names_a_wrong_value_for_lists_that_would_grow_without_bound) {
  auto first_wrong = [](const boost::json::object& of) {
    auto picture = draw(of, {});
    return picture ? "" : picture.error().fields.at(0).field;
  };
  auto ragged = figure(R"({"data": [{"type": "heatmap", "transpose": true, "z": []}]})");
  boost::json::array rows(2000, boost::json::array{1});
  rows.push_back(boost::json::array(2000, 1));
  ragged["data"].as_array()[0].as_object()["z"] = rows;
  EXPECT_EQ(first_wrong(ragged), "data[0].z");
  auto wide = figure(R"({"data": [{"type": "table", "cells": {"values": []}}]})");
  wide["data"].as_array()[0].as_object()["cells"].as_object()["values"] = boost::json::array(501, "а");
  EXPECT_EQ(first_wrong(wide), "data[0].cells");
  auto sliced = figure(R"({"data": [{"type": "pie", "values": []}]})");
  sliced["data"].as_array()[0].as_object()["values"] = boost::json::array(10'001, 1);
  EXPECT_EQ(first_wrong(sliced), "data[0].values");
}

TEST(Draw, tells_the_first_hundred_problems) {
  auto wrong = figure(R"({"data": [{"y": [1]}], "layout": {"xaxis": {}}})");
  wrong["layout"].as_object()["xaxis"].as_object()["domain"] = boost::json::array(1000, "x");
  EXPECT_EQ(draw(wrong, {}).error().fields.size(), kMaxProblems);
  auto unknown = figure(R"({"data": [{"y": [1]}], "layout": {}})");
  for (int i = 0; i < 1000; ++i) unknown["layout"].as_object()["unknown" + std::to_string(i)] = 1;
  EXPECT_EQ(draw(unknown, {})->warnings.size(), kMaxProblems);
}

TEST(Draw, leaves_out_a_tree_that_is_too_deep_and_says_so) {
  boost::json::array labels, parents;
  for (int i = 0; i < 600; ++i) {
    labels.emplace_back(std::to_string(i));
    parents.emplace_back(i == 0 ? "" : std::to_string(i - 1));
  }
  boost::json::object tree{{"type", "treemap"}, {"labels", labels}, {"parents", parents}};
  auto picture = draw({{"data", {tree}}}, {});
  ASSERT_TRUE(picture);
  EXPECT_EQ(picture->warnings.at(0).path, "data[0].parents");
}

TEST(Draw, of_no_figure_is_a_picture) {
  EXPECT_TRUE(draw({}, {}));
  EXPECT_TRUE(draw(figure(R"({"data": []})"), {}));
  EXPECT_TRUE(
      draw(figure(R"({"data": [{"type": "pie"}, {"type": "treemap"}, {"type": "table"}, {"type": "indicator"},
                              {"type": "scatterpolar"}, {"type": "scatter"}, {"type": "bar"}]})"),
           {}));
}

}  // namespace
}  // namespace rb::plot
