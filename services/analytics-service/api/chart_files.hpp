#pragma once
// Charts as files: pictures, which are kept, and pages that work offline.
#include <functional>
#include <span>

#include "api/app.hpp"
#include "json/json.hpp"

namespace rb::analytics {

struct ChartFormat {
  std::string name, content_type;
};
std::span<const ChartFormat> chart_formats();    // the pictures, then "html"
std::span<const ChartFormat> picture_formats();  // as plot::Format
std::vector<std::string> names_of(std::span<const ChartFormat> formats);

struct PictureQuery {
  std::string format = "png";
  std::optional<int> width, height;
  double scale = 1, dpi = 96;
};
BOOST_DESCRIBE_STRUCT(PictureQuery, (), (format, width, height, scale, dpi))
json::Rules rules(const PictureQuery*);

plot::DrawOptions options_of(const PictureQuery& in, std::string language);

// What a picture is drawn from, and what its file is called.
struct Drawing {
  std::string_view source;  // a text that the figure and its description follow from
  std::string_view name;
  plot::DrawOptions options;
};
// Called when the picture is not there yet; may add to the options what follows from the source.
using FigureOf = std::function<json::object(plot::DrawOptions& options)>;
Task<Result<http::Response>> picture_of(App& app, Drawing drawing, FigureOf figure_of);

// A page that needs nothing but itself. `said`: the figure in words.
std::string page_of(const json::value& figure, std::string_view said);

}  // namespace rb::analytics
