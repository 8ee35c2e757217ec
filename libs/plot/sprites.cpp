#include "plot/sprites.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "plot/paint.hpp"
#include "plot/path.hpp"

namespace rb::plot {
namespace {

constexpr int kPhases = 4;            // steps of a pixel, in x and in y
constexpr std::size_t kWorthIt = 24;  // fewer markers are painted one by one
constexpr int kLargest = 128;         // pixels

struct Pixels {
  std::uint32_t* data;
  int width, height, stride;  // stride in pixels
  std::uint32_t* row(int y) const { return data + static_cast<std::ptrdiff_t>(y) * stride; }
};

Pixels pixels_of(cairo_surface_t* surface) {
  return {reinterpret_cast<std::uint32_t*>(cairo_image_surface_get_data(surface)),
          cairo_image_surface_get_width(surface), cairo_image_surface_get_height(surface),
          cairo_image_surface_get_stride(surface) / 4};
}

// Both are premultiplied; two channels at a time, x / 255 as (x + 128 + ((x + 128) >> 8)) >> 8.
std::uint32_t blend(std::uint32_t below, std::uint32_t top) {
  std::uint32_t rest = 255 - (top >> 24);
  auto scaled = [&](std::uint32_t pair) {
    auto x = pair * rest + 0x800080U;
    return ((x + ((x >> 8) & 0xFF00FFU)) >> 8) & 0xFF00FFU;
  };
  return top + scaled(below & 0xFF00FFU) + (scaled((below >> 8) & 0xFF00FFU) << 8);
}

double reach(const Markers& markers) {
  double out = 0;
  for (auto p : markers.outline.points) out = std::max({out, std::abs(p.x), std::abs(p.y)});
  return out + (markers.stroke.visible() ? markers.stroke.width * 2 : 0);
}

struct Area {
  int left, top, right, bottom;
};

class Stamps {
 public:
  Stamps(const Markers& markers, double scale, int half) : markers_(markers), scale_(scale), half_(half) {}

  void stamp(const Pixels& to, const Area& area, double x, double y) {
    auto column = static_cast<int>(std::floor(x * kPhases)), line = static_cast<int>(std::floor(y * kPhases));
    auto phase = [](int v) { return static_cast<unsigned>(v) % kPhases; };
    const auto& sprite = sprite_of(phase(column), phase(line));
    int left = (column >> 2) - half_, top = (line >> 2) - half_;
    auto from = pixels_of(sprite.get());
    int first = std::max(left, area.left), last = std::min(left + from.width, area.right);
    for (int row = std::max(top, area.top); row < std::min(top + from.height, area.bottom); ++row) {
      const auto* source = from.row(row - top) - left;
      auto* target = to.row(row);
      for (int i = first; i < last; ++i)
        if (source[i] != 0) target[i] = blend(target[i], source[i]);
    }
  }

 private:
  const Surface& sprite_of(unsigned x, unsigned y) {
    auto& sprite = sprites_[y * kPhases + x];
    if (sprite) return sprite;
    int side = 2 * half_ + 2;
    sprite.reset(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, side, side));
    Context context(cairo_create(sprite.get()));
    cairo_translate(context.get(), half_ + (x + 0.5) / kPhases, half_ + (y + 0.5) / kPhases);
    cairo_scale(context.get(), scale_, scale_);
    paint_marker(context.get(), markers_);
    cairo_surface_flush(sprite.get());
    return sprite;
  }

  static_assert(kPhases == 4, "stamp() shifts by two");
  const Markers& markers_;
  double scale_;
  int half_;
  std::array<Surface, kPhases * kPhases> sprites_;
};

}  // namespace

bool stamp_markers(cairo_t* context, const Markers& markers, double scale, const Box& clip) {
  auto* surface = cairo_get_group_target(context);
  if (markers.at.size() < kWorthIt || cairo_surface_get_type(surface) != CAIRO_SURFACE_TYPE_IMAGE)
    return false;
  int half = static_cast<int>(std::ceil(reach(markers) * scale)) + 1;
  if (half > kLargest / 2) return false;

  double offset_x = 0, offset_y = 0;  // a group's surface covers its clip only
  cairo_surface_get_device_offset(surface, &offset_x, &offset_y);
  cairo_surface_flush(surface);
  auto to = pixels_of(surface);
  Area area{std::max(0, static_cast<int>(std::lround(clip.x * scale + offset_x))),
            std::max(0, static_cast<int>(std::lround(clip.y * scale + offset_y))),
            std::min(to.width, static_cast<int>(std::lround(clip.right() * scale + offset_x))),
            std::min(to.height, static_cast<int>(std::lround(clip.bottom() * scale + offset_y)))};
  Stamps stamps(markers, scale, half);
  for (auto p : markers.at) {
    double x = p.x * scale + offset_x, y = p.y * scale + offset_y;
    if (!(x > area.left - half && x < area.right + half && y > area.top - half && y < area.bottom + half))
      continue;
    stamps.stamp(to, area, x, y);
  }
  cairo_surface_mark_dirty(surface);
  return true;
}

}  // namespace rb::plot
