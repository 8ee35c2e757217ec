#include "plot/figure.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "plot/check/check.hpp"
#include "plot/color.hpp"

namespace rb::plot::build {
namespace {

// WCAG 2.1, relative luminance.
double luminance(Color color) {
  auto linear = [](std::uint8_t of_255) {
    auto part = of_255 / 255.0;
    return part <= 0.03928 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b);
}

TEST(Palette, stands_out_from_white_by_three_to_one) {
  for (auto name : kPalette) EXPECT_GE(1.05 / (luminance(parse_color(name).value()) + 0.05), 3.0) << name;
}

TEST(Figure, of_every_part_passes_the_schema) {
  Figure figure("Занятия", "ru");
  figure.add(
      Trace::lines({"2026-01-01", "2026-01-02"}, {1.0, std::nullopt}).name("Проведено").dashed().fill());
  figure.add(Trace::bars({"2026-01-01"}, {2.0}).color(1).axes(1, 2));
  figure.add(Trace::pie({"а", "б"}, {1.0, 2.0}).domain({0, 0.4}, {0, 0.4}).text_template("%{label}"));
  figure.add(Trace::treemap({"а"}, {1.0}));
  figure.add(Trace::heat_map({"1"}, {"а"}, {{1.0}}).color_scale("Входы", 0, 1));
  figure.x_axis({.tick_format = "%d.%m"}).y_axis({.title = "Занятия", .step = 1, .from_zero = true});
  figure.y_axis({.tick_suffix = "%", .range = {{0, 105}}, .has_grid = false, .over = 1}, 2);
  figure.bar_mode("stack").legend_below().heading("Часть", 0.2, 0.4);
  EXPECT_EQ(check(std::move(figure).json()), std::vector<Finding>());
}

TEST(Figure, without_data_says_so_in_the_middle) {
  Figure figure("Занятия", "ru");
  figure.without_data("Пока показывать нечего");
  auto layout = std::move(figure).json().at("layout").as_object();
  EXPECT_EQ(layout.at("annotations").at(0).at("text"), "Пока показывать нечего");
}

}  // namespace
}  // namespace rb::plot::build
