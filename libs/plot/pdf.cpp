#include <cairo-pdf.h>

#include "base/error.hpp"
#include "plot/paint.hpp"
#include "plot/text.hpp"

namespace rb::plot {
namespace {

constexpr double kPointsPerPixel = 72.0 / 96;

cairo_status_t append(void* to, const unsigned char* data, unsigned size) {
  static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(data), size);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

std::string paint_pdf(const Scene& scene, double scale) {
  std::string out;
  double unit = scale * kPointsPerPixel;
  Surface surface(
      cairo_pdf_surface_create_for_stream(append, &out, scene.size.width * unit, scene.size.height * unit));
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, scene.title.c_str());
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_SUBJECT, scene.description.c_str());
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATOR, "RepitBot");
  Context context(cairo_create(surface.get()));
  cairo_scale(context.get(), unit, unit);
  paint_items(context.get(), scene, unit);
  cairo_show_page(context.get());
  cairo_surface_finish(surface.get());
  for (auto status : {cairo_status(context.get()), cairo_surface_status(surface.get())})
    if (status != CAIRO_STATUS_SUCCESS) throw Broken(cairo_status_to_string(status));
  return out;
}

}  // namespace rb::plot
