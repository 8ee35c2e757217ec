#include "api/chart_files.hpp"

#include <fmt/format.h>

#include <ranges>

#include "api/answers.hpp"
#include "base/strings.hpp"

namespace rb::analytics {

namespace plotly {  // embedded by the build from npm's plotly.js
std::optional<std::string_view> file(std::string_view path);
}

namespace {

constexpr std::size_t kMostWarnings = 20;

const std::vector<ChartFormat> kFormats = {{"png", "image/png"},
                                           {"jpeg", "image/jpeg"},
                                           {"svg", "image/svg+xml"},
                                           {"pdf", "application/pdf"},  // up to here as plot::Format
                                           {"html", "text/html; charset=utf-8"}};

Key key_of(const Drawing& drawing) {
  const auto& how = drawing.options;
  Key key("picture");
  key.add(drawing.source).add(static_cast<std::int64_t>(how.format)).add(how.language);
  return key.add(fmt::format("{} {} {} {}", how.width, how.height, how.scale, how.dpi));
}

http::Response file_of(const Drawing& drawing, std::string bytes, const json::array& warnings, bool hit) {
  const auto& format = kFormats.at(static_cast<std::size_t>(drawing.options.format));
  auto out = http::Response::file(std::move(bytes), format.content_type,
                                  std::string(drawing.name) + "." + format.name);
  for (const auto& warning : warnings) out.headers.add("X-Chart-Warning", json::to_text(warning));
  for (const auto& [header, value] : cache_headers(hit)) out.headers.set(header, value);
  return out;
}

// A picture is kept with its warnings before it: a line of JSON.
std::optional<http::Response> kept_file(const Drawing& drawing, std::string kept) {
  auto line = kept.find('\n');
  if (line == std::string::npos) return std::nullopt;
  auto warnings = json::parse(std::string_view(kept).substr(0, line));
  if (!warnings || !warnings->is_array()) return std::nullopt;
  kept.erase(0, line + 1);
  return file_of(drawing, std::move(kept), warnings->get_array(), true);
}

// Inside <script> no text may end the script: "<" is written as an escape.
std::string in_script(const json::value& value) { return replace_all(json::to_text(value), "<", "\\u003c"); }

}  // namespace

std::span<const ChartFormat> chart_formats() { return kFormats; }

std::span<const ChartFormat> picture_formats() { return std::span(kFormats).first(kFormats.size() - 1); }

std::vector<std::string> names_of(std::span<const ChartFormat> formats) {
  std::vector<std::string> out;
  for (const auto& format : formats) out.push_back(format.name);
  return out;
}

json::Rules rules(const PictureQuery*) {
  using json::rule;
  return {rule("format").defaulted().one_of(names_of(picture_formats())),
          rule("width").range(50, 5000).doc("pixels before scale"),
          rule("height").range(50, 5000).doc("pixels before scale"), rule("scale").defaulted().range(0.1, 10),
          rule("dpi").defaulted().range(10, 2400).doc("noted in PNG and JPEG")};
}

plot::DrawOptions options_of(const PictureQuery& in, std::string language) {
  auto formats = picture_formats();
  auto place = std::ranges::find(formats, in.format, &ChartFormat::name) - formats.begin();
  return {.format = static_cast<plot::Format>(place),
          .width = in.width.value_or(0),
          .height = in.height.value_or(0),
          .scale = in.scale,
          .dpi = in.dpi,
          .language = std::move(language)};
}

Task<Result<http::Response>> picture_of(App& app, Drawing drawing, FigureOf figure_of) {
  auto key = key_of(drawing).text();
  if (auto kept = co_await app.kept().find(key, app.runtime().clock.now()))
    if (auto file = kept_file(drawing, std::move(*kept))) co_return std::move(*file);
  auto options = drawing.options;
  json::object figure = figure_of(options);
  auto picture = co_await app.painter().draw(std::move(figure), std::move(options));
  if (!picture) co_return fail(std::move(picture.error()));
  json::array warnings;
  for (const auto& warning : picture->warnings | std::views::take(kMostWarnings))
    warnings.emplace_back(warning.path + ": " + warning.message);
  co_await app.kept().keep(key, json::to_text(warnings) + "\n" + picture->bytes);
  co_return file_of(drawing, std::move(picture->bytes), warnings, false);
}

std::string page_of(const json::value& figure, std::string_view said) {
  auto text = escape_html(said);
  std::string out =
      "<!doctype html>\n<html><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
      "content=\"width=device-width\"><title>";
  out +=
      text +
      "</title><style>html,body{margin:0;height:100%}#chart{width:100%;height:100%}</style></head><body>\n";
  out += "<div id=\"chart\" role=\"img\" aria-label=\"" + text + "\"></div>\n<script>";
  out += plotly::file("plotly.min.js").value();
  out += "</script>\n<script>const figure = " + in_script(figure);
  out +=
      ";\nPlotly.newPlot('chart', figure.data, figure.layout, {responsive: true, displaylogo: "
      "false});</script>\n</body></html>\n";
  return out;
}

}  // namespace rb::analytics
