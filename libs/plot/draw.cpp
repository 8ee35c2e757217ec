#include "plot/draw.hpp"

#include <fmt/format.h>

#include "plot/limits.hpp"
#include "plot/paint.hpp"
#include "plot/render.hpp"
#include "plot/shaping.hpp"
#include "plot/text.hpp"
#include "plot/work.hpp"

namespace rb::plot {
namespace {

Error wrong_option(std::string name, std::string reason) {
  return {Errc::invalid, "the picture cannot be drawn like this", {{std::move(name), std::move(reason)}}};
}

std::optional<Error> check(const DrawOptions& options) {
  for (auto [name, side] : {std::pair("width", options.width), std::pair("height", options.height)})
    if (side < 0 || side > kMaxSide)
      return wrong_option(name, fmt::format("must be between 1 and {}", kMaxSide));
  if (!(options.scale >= kMinScale && options.scale <= kMaxScale))
    return wrong_option("scale", fmt::format("must be between {} and {}", kMinScale, kMaxScale));
  if (!(options.dpi >= kMinDpi && options.dpi <= kMaxDpi))
    return wrong_option("dpi", fmt::format("must be between {} and {}", kMinDpi, kMaxDpi));
  return std::nullopt;
}

std::string bytes_of(const Scene& scene, const DrawOptions& options) {
  switch (options.format) {
    case Format::jpeg:
      return paint_jpeg(scene, options.scale, options.dpi);
    case Format::svg:
      return paint_svg(scene, options.scale);
    case Format::pdf:
      return paint_pdf(scene, options.scale);
    default:
      return paint_png(scene, options.scale, options.dpi);
  }
}

}  // namespace

Result<Picture> draw(const boost::json::object& figure, const DrawOptions& options) {
  if (auto error = check(options)) return fail(*std::move(error));
  if (count_values(figure, kMaxValues) > kMaxValues)
    return fail(Errc::too_large, fmt::format("the figure has more than {} values", kMaxValues));
  TextBudget budget(kMaxTextBytes);
  auto drawing =
      scene_of(figure, {.size = {static_cast<double>(options.width), static_cast<double>(options.height)},
                        .language = options.language});
  if (!drawing) return fail(std::move(drawing.error()));
  if (budget.is_spent())
    return fail(Errc::too_large, fmt::format("the figure shows more than {} bytes of text", kMaxTextBytes));
  auto& scene = drawing->scene;
  if (scene.size.width * scene.size.height * options.scale * options.scale > kMaxPixels)
    return fail(Errc::too_large, fmt::format("the picture has more than {:.0f} pixels", kMaxPixels));
  auto work = work_of(scene, options.scale);
  if (work.segments > kMaxSegments || (options.format != Format::svg && work.pixels > kMaxPaintedPixels))
    return fail(Errc::too_large, "the figure takes too long to paint");
  if (!options.title.empty()) scene.title = options.title;
  if (!options.description.empty()) scene.description = options.description;
  return Picture{bytes_of(scene, options), std::move(drawing->warnings)};
}

}  // namespace rb::plot
