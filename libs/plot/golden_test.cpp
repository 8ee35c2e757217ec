// Figures of tests/golden/plot beside the pictures they gave before: NAME.json and NAME.png. After a wanted
// change: RB_UPDATE_GOLDEN=1 build/release/tests/plot_golden_test, and look at every picture. RB_PLOT_FIGURES
// may name a folder of more figures, whose texts are checked, too.
#include <cairo.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <numbers>

#include "json/json.hpp"
#include "plot/draw.hpp"
#include "plot/paint.hpp"
#include "plot/path.hpp"
#include "plot/render.hpp"
#include "plot/shaping.hpp"

namespace rb::plot {
namespace {

namespace fs = std::filesystem;

boost::json::object read_figure(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  return json::parse(text).value().as_object();
}

std::vector<fs::path> figures_in(const fs::path& folder) {
  std::vector<fs::path> out;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".json") out.push_back(entry.path());
  std::ranges::sort(out);
  return out;
}

std::vector<fs::path> golden_figures() { return figures_in("tests/golden/plot"); }

std::vector<fs::path> all_figures() {
  auto out = golden_figures();
  if (const char* more = std::getenv("RB_PLOT_FIGURES"))
    for (auto& file : figures_in(more)) out.push_back(std::move(file));
  return out;
}

std::string language_of(const fs::path& file) { return file.stem().string().ends_with(".ru") ? "ru" : "en"; }

std::string name_of(const ::testing::TestParamInfo<fs::path>& info) {
  auto name = info.param.stem().string();
  std::ranges::replace_if(name, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_');
  return std::to_string(info.index) + "_" + name;
}

class Golden : public ::testing::TestWithParam<fs::path> {};

// How different two pictures are: letters and edges may shift by a shade with another version of a font
// library.
struct Difference {
  double mean = 0;  // of all channels, 0…255
  double far = 0;   // share of pixels that differ clearly
};

Difference compare(const fs::path& a, const fs::path& b) {
  Surface first(cairo_image_surface_create_from_png(a.c_str())),
      second(cairo_image_surface_create_from_png(b.c_str()));
  int width = cairo_image_surface_get_width(first.get()),
      height = cairo_image_surface_get_height(first.get());
  if (width != cairo_image_surface_get_width(second.get()) ||
      height != cairo_image_surface_get_height(second.get()))
    return {255, 1};
  Difference out;
  for (int y = 0; y < height; ++y) {
    auto row = [y](const Surface& surface) {
      return cairo_image_surface_get_data(surface.get()) +
             static_cast<std::ptrdiff_t>(y) * cairo_image_surface_get_stride(surface.get());
    };
    for (int x = 0; x < width; ++x) {
      int most = 0;
      for (int channel = 0; channel < 3; ++channel) {
        int step = std::abs(row(first)[4 * x + channel] - row(second)[4 * x + channel]);
        out.mean += step;
        most = std::max(most, step);
      }
      if (most > 64) ++out.far;
    }
  }
  double pixels = static_cast<double>(width) * height;
  return {out.mean / (3 * pixels), out.far / pixels};
}

TEST_P(Golden, looks_as_before) {
  auto picture =
      draw(read_figure(GetParam()), {.width = 640, .height = 480, .language = language_of(GetParam())});
  ASSERT_TRUE(picture) << picture.error().message;
  auto golden = fs::path(GetParam()).replace_extension(".png");
  if (std::getenv("RB_UPDATE_GOLDEN") != nullptr) std::ofstream(golden, std::ios::binary) << picture->bytes;
  auto now = fs::temp_directory_path() / ("rb-" + std::to_string(::getpid()) + golden.filename().string());
  std::ofstream(now, std::ios::binary) << picture->bytes;
  auto difference = compare(golden, now);
  EXPECT_LT(difference.mean, 1) << now;
  EXPECT_LT(difference.far, 0.01) << now;
  if (!HasFailure()) fs::remove(now);
}

INSTANTIATE_TEST_SUITE_P(Figures, Golden, ::testing::ValuesIn(golden_figures()), name_of);

// The corners of what is inked of a text, turned with it: the air around letters may be shared.
std::array<Point, 4> corners(const Text& text) {
  auto shaped = shape(text.markup, text.font);
  double left = 1e9, right = -1e9, top = 1e9, bottom = -1e9,
         baseline = first_baseline(text.vertical, shaped->size);
  for (const auto& line : shaped->lines) {
    PangoRectangle ink{};
    if (line.layout) pango_layout_get_pixel_extents(line.layout.get(), &ink, nullptr);
    if (ink.width > 0) {
      double x = ink.x - line.width * part_before(text.horizontal), y = baseline - line.baseline + ink.y;
      left = std::min(left, x), right = std::max(right, x + ink.width);
      top = std::min(top, y), bottom = std::max(bottom, y + ink.height);
    }
    baseline += shaped->line_height;
  }
  double angle = text.angle * std::numbers::pi / 180;
  auto turned = [&](double x, double y) {
    return Point{text.at.x + x * std::cos(angle) - y * std::sin(angle),
                 text.at.y + x * std::sin(angle) + y * std::cos(angle)};
  };
  return {turned(left, top), turned(right, top), turned(right, bottom), turned(left, bottom)};
}

// Two turned rectangles are apart if one of their sides has the other beyond it.
bool overlap(const std::array<Point, 4>& a, const std::array<Point, 4>& b) {
  for (const auto* box : {&a, &b})
    for (std::size_t i = 0; i < 2; ++i) {
      Point axis{(*box)[i + 1].x - (*box)[i].x, (*box)[i + 1].y - (*box)[i].y};
      auto along = [&](const Point& p) { return p.x * axis.x + p.y * axis.y; };
      auto [a_low, a_high] = std::ranges::minmax(a, {}, along);
      auto [b_low, b_high] = std::ranges::minmax(b, {}, along);
      if (along(a_high) <= along(b_low) || along(b_high) <= along(a_low)) return false;
    }
  return true;
}

class Texts : public ::testing::TestWithParam<fs::path> {};

TEST_P(Texts, are_neither_cut_nor_on_top_of_one_another) {
  auto drawing = scene_of(read_figure(GetParam()), {.language = language_of(GetParam())});
  ASSERT_TRUE(drawing) << drawing.error().message;
  const auto& size = drawing->scene.size;
  std::vector<const Text*> seen;
  for (const auto& item : drawing->scene.items) {
    const auto* text = std::get_if<Text>(&item);
    if (text == nullptr || plain_text(text->markup).find_first_not_of(" \u00a0") == std::string::npos)
      continue;
    auto own = corners(*text);
    for (auto p : own) {
      EXPECT_TRUE(p.x >= 0 && p.y >= 0 && p.x <= size.width && p.y <= size.height) << "cut: " << text->markup;
      if (HasFailure()) break;
    }
    for (const auto* other : seen)
      EXPECT_FALSE(overlap(own, corners(*other))) << text->markup << " | " << other->markup;
    seen.push_back(text);
  }
}

INSTANTIATE_TEST_SUITE_P(Figures, Texts, ::testing::ValuesIn(all_figures()), name_of);

}  // namespace
}  // namespace rb::plot
