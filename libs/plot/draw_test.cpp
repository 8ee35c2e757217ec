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
  for (auto options : {DrawOptions{.width = -1}, DrawOptions{.height = kMaxSide + 1}, DrawOptions{.scale = 0},
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
