#pragma once
// Painting a scene. `scale`: pixels of the picture for one pixel of the scene. Errors of Cairo are thrown as
// Broken. Thread-safe: everything belongs to the calling thread.
#include <cairo.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "plot/scene.hpp"

namespace rb::plot {

std::string paint_png(const Scene& scene, double scale, double dpi);
std::string paint_jpeg(const Scene& scene, double scale, double dpi);
std::string paint_pdf(const Scene& scene, double scale);  // a page of width × height × scale CSS pixels
std::string paint_svg(const Scene& scene, double scale);  // real text; title and desc for screen readers

struct DestroyCairo {
  void operator()(cairo_t* context) const { cairo_destroy(context); }
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
using Context = std::unique_ptr<cairo_t, DestroyCairo>;
using Surface = std::unique_ptr<cairo_surface_t, DestroyCairo>;

// All items onto `context`, whose unit is a pixel of the scene; `scale`: device pixels in one of them.
void paint_items(cairo_t* context, const Scene& scene, double scale);

// The scene as rows of native-endian 0x00RRGGBB.
class Raster {
 public:
  Raster(const Scene& scene, double scale);
  int width() const { return width_; }
  int height() const { return height_; }
  std::span<const std::uint32_t> row(int y) const;

 private:
  int width_, height_;
  Surface surface_;
};

}  // namespace rb::plot
