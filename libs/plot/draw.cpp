#include "plot/draw.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "plot/check/check.hpp"
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

std::optional<Error> wrong_in(const DrawOptions& options) {
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

template <class Said>
void add(std::vector<Said>& said, std::string Said::* path, Said fresh) {
  if (said.size() < kMaxProblems && std::ranges::find(said, fresh.*path, path) == said.end())
    said.push_back(std::move(fresh));
}

std::size_t count_in(const boost::json::object& object, std::string_view name) {
  const auto* list = object.if_contains(name);
  return list && list->is_array() ? list->get_array().size() : 0;
}

// What grows faster than the number of values.
std::optional<Error> too_large(const boost::json::object& figure) {
  auto refused = [](std::size_t most, std::string_view of) {
    return Error{Errc::too_large, fmt::format("the figure has more than {} {}", most, of), {}};
  };
  if (count_values(figure, kMaxValues) > kMaxValues) return refused(kMaxValues, "values");
  if (count_in(figure, "data") > kMaxTraces) return refused(kMaxTraces, "traces");
  const auto* found = figure.if_contains("layout");
  const auto* layout = found ? found->if_object() : nullptr;
  for (std::string_view name : {"annotations", "shapes"})
    if (layout && count_in(*layout, name) > kMaxAnnotations) return refused(kMaxAnnotations, name);
  return std::nullopt;
}

// The schema knows every attribute; the renderer says more exactly what is wrong with those it reads.
Result<Drawing> checked(Result<Drawing> drawing, const boost::json::object& figure) {
  if (!drawing && drawing.error().code != Errc::invalid) return drawing;
  auto wrong = drawing ? std::vector<FieldError>() : std::move(drawing.error().fields);
  for (const auto& finding : check(figure)) {
    if (finding.is_wrong())
      add(wrong, &FieldError::field, {path_of(finding), reason_of(finding)});
    else if (drawing)
      add(drawing->warnings, &Warning::path, {path_of(finding), reason_of(finding)});
  }
  if (!wrong.empty()) return fail({Errc::invalid, "the figure has wrong values", std::move(wrong)});
  return drawing;
}

}  // namespace

Result<Picture> draw(const boost::json::object& figure, const DrawOptions& options) {
  if (auto error = wrong_in(options)) return fail(*std::move(error));
  if (auto error = too_large(figure)) return fail(*std::move(error));
  TextBudget budget(kMaxTextBytes);
  auto drawing =
      scene_of(figure, {.size = {static_cast<double>(options.width), static_cast<double>(options.height)},
                        .language = options.language});
  drawing = checked(std::move(drawing), figure);
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
