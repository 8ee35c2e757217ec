#include <algorithm>
#include <cmath>

#include "base/error.hpp"
#include "plot/paint.hpp"

namespace rb::plot {

Raster::Raster(const Scene& scene, double scale)
    : width_(std::max(1, static_cast<int>(std::lround(scene.size.width * scale)))),
      height_(std::max(1, static_cast<int>(std::lround(scene.size.height * scale)))),
      surface_(cairo_image_surface_create(CAIRO_FORMAT_RGB24, width_, height_)) {
  Context context(cairo_create(surface_.get()));
  // A picture without alpha needs a ground.
  cairo_set_source_rgb(context.get(), 1, 1, 1);
  cairo_paint(context.get());
  cairo_scale(context.get(), scale, scale);
  paint_items(context.get(), scene, scale);
  cairo_surface_flush(surface_.get());
  if (cairo_status(context.get()) != CAIRO_STATUS_SUCCESS)
    throw Broken(cairo_status_to_string(cairo_status(context.get())));
}

std::span<const std::uint32_t> Raster::row(int y) const {
  const auto* data = cairo_image_surface_get_data(surface_.get());
  auto offset = static_cast<std::ptrdiff_t>(y) * cairo_image_surface_get_stride(surface_.get());
  return {reinterpret_cast<const std::uint32_t*>(data + offset), static_cast<std::size_t>(width_)};
}

}  // namespace rb::plot
