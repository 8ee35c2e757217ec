#include "plot/paint.hpp"

#include <gtest/gtest.h>

#include <cstring>

#include "plot/text.hpp"
#include "plot/work.hpp"

namespace rb::plot {
namespace {

constexpr Color kBlue{31, 119, 180}, kRed{214, 39, 40};

struct Image {
  Surface surface;
  int width = 0, height = 0;

  Color at(int x, int y) const {
    const auto* row = cairo_image_surface_get_data(surface.get()) +
                      static_cast<std::ptrdiff_t>(y) * cairo_image_surface_get_stride(surface.get());
    const auto* pixel = row + static_cast<std::ptrdiff_t>(x) * 4;
    return {pixel[2], pixel[1], pixel[0]};
  }
};

// By Cairo's reader, which shares no code with our writer.
Image read_png(const std::string& bytes) {
  struct Source {
    const std::string& bytes;
    std::size_t at;
  } source{bytes, 0};
  auto read = [](void* from, unsigned char* to, unsigned size) {
    auto& s = *static_cast<Source*>(from);
    if (s.at + size > s.bytes.size()) return CAIRO_STATUS_READ_ERROR;
    std::memcpy(to, s.bytes.data() + s.at, size);
    s.at += size;
    return CAIRO_STATUS_SUCCESS;
  };
  Surface surface(cairo_image_surface_create_from_png_stream(read, &source));
  EXPECT_EQ(cairo_surface_status(surface.get()), CAIRO_STATUS_SUCCESS);
  int width = cairo_image_surface_get_width(surface.get()),
      height = cairo_image_surface_get_height(surface.get());
  return {std::move(surface), width, height};
}

Scene empty(double width = 100, double height = 80) {
  Scene out;
  out.size = {width, height};
  return out;
}

Shape rectangle(const Box& box, Color fill) {
  Shape out{.fill = fill};
  out.outline.rectangle(box);
  return out;
}

TEST(Png, has_the_pixels_of_the_scene) {
  auto scene = empty();
  scene.add(rectangle({10, 10, 20, 20}, kBlue));
  auto image = read_png(paint_png(scene, 2, 96));
  EXPECT_EQ(image.width, 200);
  EXPECT_EQ(image.height, 160);
  EXPECT_EQ(image.at(30, 30), kBlue);
  EXPECT_EQ(image.at(5, 5), (Color{255, 255, 255}));
  EXPECT_EQ(image.at(19, 40), (Color{255, 255, 255}));
}

TEST(Png, keeps_areas_exact_when_shades_share_a_palette) {
  auto scene = empty(300, 256);
  for (int i = 0; i < 250; ++i)  // more than 256 colours, most of them rare
    scene.add(
        rectangle({0.0 + i, 0, 1, 1}, {static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(255 - i), 9}));
  for (int i = 0; i < 250; ++i)
    scene.add(rectangle({0.0 + i, 2, 1, 1},
                        {static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(255 - i), 11}));
  scene.add(rectangle({0, 100, 300, 50}, kBlue));
  scene.add(rectangle({0, 160, 300, 50}, {32, 119, 180}));
  auto image = read_png(paint_png(scene, 1, 96));
  EXPECT_EQ(image.at(150, 120), kBlue);
  EXPECT_EQ(image.at(150, 180), (Color{32, 119, 180}));
  EXPECT_NEAR(image.at(200, 0).r, 200, 8);
}

TEST(Png, of_many_colours_loses_none) {
  auto scene = empty(256, 256);
  for (int y = 0; y < 256; y += 4)
    for (int x = 0; x < 256; x += 4)
      scene.add(rectangle({0.0 + x, 0.0 + y, 4, 4},
                          {static_cast<std::uint8_t>(x), static_cast<std::uint8_t>(y), 0}));
  auto image = read_png(paint_png(scene, 1, 96));
  EXPECT_EQ(image.at(100, 200), (Color{100, 200, 0}));
}

TEST(Markers, look_alike_stamped_and_painted) {
  Markers markers{.fill = fade(kRed, 0.5)};
  markers.outline.circle({}, 4);
  for (int i = 0; i < 200; ++i) markers.at.push_back({10.13 + i * 0.37, 12.29 + (i % 20) * 3.31});
  auto stamped = empty(), painted = empty();
  stamped.open({5, 5, 60, 60}, 0.8);
  stamped.add(markers);
  stamped.close();
  painted.open({5, 5, 60, 60}, 0.8);
  for (auto p : markers.at) {  // one at a time is painted, not stamped
    markers.at = {p};
    painted.add(markers);
  }
  painted.close();
  auto a = read_png(paint_png(stamped, 1, 96)), b = read_png(paint_png(painted, 1, 96));
  int far = 0;
  for (int y = 0; y < a.height; ++y)
    for (int x = 0; x < a.width; ++x)
      if (std::abs(a.at(x, y).g - b.at(x, y).g) > 48) ++far;
  EXPECT_LT(far, 40);
  EXPECT_EQ(a.at(80, 40), (Color{255, 255, 255}));
  EXPECT_LT(a.at(40, 40).g, 200);
}

TEST(Clip, cuts_and_ends) {
  auto scene = empty();
  scene.open({20, 20, 10, 10});
  scene.add(rectangle({0, 0, 100, 80}, kBlue));
  scene.close();
  scene.add(rectangle({60, 60, 5, 5}, kRed));
  auto image = read_png(paint_png(scene, 1, 96));
  EXPECT_EQ(image.at(25, 25), kBlue);
  EXPECT_EQ(image.at(15, 25), (Color{255, 255, 255}));
  EXPECT_EQ(image.at(62, 62), kRed);
}

TEST(Scene, that_is_never_closed_is_painted) {
  auto scene = empty();
  scene.open({0, 0, 50, 50}, 0.5);
  scene.add(rectangle({0, 0, 50, 50}, {0, 0, 0}));
  EXPECT_NEAR(read_png(paint_png(scene, 1, 96)).at(20, 20).r, 128, 2);
  EXPECT_TRUE(paint_svg(scene, 1).ends_with("</g></svg>\n"));
}

TEST(Svg, has_text_title_and_description_that_readers_can_read) {
  auto scene = empty();
  scene.title = "Уроки & <дни>";
  scene.description = "Растёт\x01 с 1 до 5";
  scene.add(Text{.markup = "<b>Доход</b> &lt; 5", .at = {10.126, 20}});
  auto svg = paint_svg(scene, 2);
  EXPECT_NE(
      svg.find(R"(role="img" width="200" height="160" viewBox="0 0 100 80" aria-labelledby="title desc")"),
      std::string::npos);
  EXPECT_NE(svg.find(R"(<title id="title">Уроки &amp; &lt;дни&gt;</title>)"), std::string::npos);
  EXPECT_NE(svg.find(R"(<desc id="desc">Растёт  с 1 до 5</desc>)"), std::string::npos);
  EXPECT_NE(svg.find(R"(x="10.13" y="20"><tspan font-weight="bold">Доход</tspan> &lt; 5</text>)"),
            std::string::npos);
}

TEST(Pdf, is_one_page_with_a_title) {
  auto scene = empty();
  scene.title = "Lessons";
  auto pdf = paint_pdf(scene, 1);
  EXPECT_TRUE(pdf.starts_with("%PDF-1."));
  EXPECT_NE(pdf.find("/Title (Lessons)"), std::string::npos);
  EXPECT_NE(pdf.find("/MediaBox [ 0 0 75 60 ]"), std::string::npos);
}

TEST(Jpeg, notes_the_resolution) {
  auto jpeg = paint_jpeg(empty(), 1, 300);
  ASSERT_GT(jpeg.size(), 20U);
  EXPECT_TRUE(jpeg.starts_with("\xff\xd8\xff\xe0"));
  EXPECT_EQ(static_cast<unsigned char>(jpeg[14]) * 256 + static_cast<unsigned char>(jpeg[15]), 300);
}

TEST(Painting, survives_coordinates_that_are_none) {
  auto scene = empty();
  Shape line;
  line.outline.move_to({NAN, 1e300}).line_to({-1e300, INFINITY}).curve_to({0, 0}, {NAN, 0}, {50, 50});
  line.stroke = {.color = kBlue, .width = 1e9, .dash = {0, 0, -1}};
  scene.add(line);
  line.crisp = true;
  scene.add(line);
  Markers markers{.fill = kRed};
  markers.outline.circle({}, 3);
  markers.at.assign(100, {NAN, INFINITY});
  scene.add(markers);
  scene.add(Text{.markup = "x", .font = {.size = 1e9}, .at = {NAN, 0}, .angle = INFINITY});
  EXPECT_FALSE(paint_png(scene, 1, 96).empty());
  EXPECT_EQ(paint_svg(scene, 1).find("nan"), std::string::npos);
  EXPECT_FALSE(paint_pdf(scene, 1).empty());
}

TEST(Work, counts_only_what_is_seen) {
  auto scene = empty();
  scene.open({0, 0, 10, 10});
  scene.add(rectangle({-1e6, -1e6, 2e6, 2e6}, kBlue));
  scene.close();
  auto work = work_of(scene, 2);
  EXPECT_EQ(work.pixels, 400);
  EXPECT_EQ(work.segments, 4);
  Shape dashed{.stroke = {.color = kRed, .dash = {1, 1}}};
  dashed.outline.move_to({0, 0}).line_to({100, 0});
  scene.add(dashed);
  EXPECT_EQ(work_of(scene, 1).segments, 56);
}

}  // namespace
}  // namespace rb::plot
