#include "api/charts.hpp"

#include <fmt/format.h>

#include <ranges>

#include "api/chart_kinds.hpp"
#include "base/strings.hpp"
#include "charts/custom.hpp"
#include "service/paging.hpp"
#include "store/facts.hpp"

namespace rb::analytics {

namespace plotly {  // embedded by the build from npm's plotly.js
std::optional<std::string_view> file(std::string_view path);
}

namespace {

constexpr std::size_t kMostRows = 10'000, kMostFigure = 8 << 20, kMostWarnings = 20;
const std::vector<std::string> kPictures = {"png", "jpeg", "svg", "pdf"};  // as plot::Format
const std::vector<std::string> kFiles = {"png", "jpeg", "svg", "pdf", "html"};
constexpr std::array kChartContentTypes = {"image/png", "image/jpeg", "image/svg+xml", "application/pdf",
                                           "text/html; charset=utf-8"};

Task<std::string> language_for(App& app, const Viewer& viewer, const std::optional<std::string>& asked) {
  if (asked) co_return *asked;
  auto people = co_await people_by_ids(db::reading(app.runtime().database), std::vector{viewer.id});
  co_return people.empty() || people.front().language.empty() ? "ru" : people.front().language;
}

bool may_see(const NamedChart& chart, Role role) {
  return std::ranges::find(chart.roles, role) != chart.roles.end();
}

Task<Result<Chart>> chart_of(App& app, const http::Request& request, const NamedChart& named, ChartQuery in) {
  auto viewer = co_await viewer_of(app, request.who());
  if (!viewer) co_return fail(std::move(viewer.error()));
  if (!may_see(named, viewer->role)) co_return fail(Errc::forbidden, "this chart is not for your role");
  Manner manner{in.kind.value_or(named.kinds.front()), co_await language_for(app, *viewer, in.language)};
  if (std::ranges::find(named.kinds, manner.kind) == named.kinds.end())
    co_return service::invalid("kind", "must be one of " + join(named.kinds, ", "));
  auto asking = co_await ask(app, request, named.area, std::move(in));
  if (!asking) co_return fail(std::move(asking.error()));
  if (named.of_student && !asking->scope.asked.student_ids)
    co_return service::invalid("student_id", "is required: whose progress");
  co_return co_await named.make(db::reading(app.runtime().database), *asking, std::move(manner));
}

ChartAnswer answer_of(Chart chart) {
  return {std::move(chart.figure), std::move(chart.rows), std::move(chart.summary)};
}

// Inside <script> no text may end the script: "<" is written as an escape.
std::string in_script(const json::value& value) {
  std::string out;
  for (char c : json::to_text(value)) {
    if (c == '<') {
      out += "\\u003c";
    } else {
      out += c;
    }
  }
  return out;
}

// A page that needs nothing but itself.
std::string page_of(const Chart& chart) {
  const auto* said = chart.summary.if_contains("text");
  auto text = escape_html(said ? std::string_view(said->as_string()) : std::string_view());
  std::string out =
      "<!doctype html>\n<html><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
      "content=\"width=device-width\"><title>";
  out +=
      text +
      "</title><style>html,body{margin:0;height:100%}#chart{width:100%;height:100%}</style></head><body>\n";
  out += "<div id=\"chart\" role=\"img\" aria-label=\"" + text + "\"></div>\n<script>";
  out += plotly::file("plotly.min.js").value();
  out += "</script>\n<script>const figure = " + in_script(chart.figure);
  out +=
      ";\nPlotly.newPlot('chart', figure.data, figure.layout, {responsive: true, displaylogo: "
      "false});</script>\n</body></html>\n";
  return out;
}

std::size_t place_of(const std::string& format) {
  return static_cast<std::size_t>(std::ranges::find(kFiles, format == "jpg" ? "jpeg" : format) -
                                  kFiles.begin());
}

Task<Result<http::Response>> picture_of(App& app, json::object figure, const PictureQuery& in,
                                        std::string name, std::string language, std::string description) {
  auto place = place_of(in.format);
  plot::DrawOptions options{.format = static_cast<plot::Format>(place),
                            .width = in.width.value_or(0),
                            .height = in.height.value_or(0),
                            .scale = in.scale,
                            .dpi = in.dpi,
                            .language = std::move(language),
                            .description = std::move(description)};
  auto picture = co_await app.painter().draw(std::move(figure), std::move(options));
  if (!picture) co_return fail(std::move(picture.error()));
  auto out =
      http::Response::file(std::move(picture->bytes), kChartContentTypes[place], name + "." + kFiles[place]);
  for (const auto& warning : picture->warnings | std::views::take(kMostWarnings))
    out.headers.add("X-Chart-Warning", json::to_text(json::value(warning.path + ": " + warning.message)));
  co_return out;
}

Task<Result<http::Response>> export_chart(App& app, const http::Request& request, ExportChartQuery in) {
  auto named = std::ranges::find(named_charts(), std::string_view(in.chart), &NamedChart::name);
  if (named == named_charts().end())
    co_return fail(Errc::not_found, "there is no chart of this name; see /api/v1/charts/types");
  auto viewer = co_await viewer_of(app, request.who());
  if (!viewer) co_return fail(std::move(viewer.error()));
  in.language = co_await language_for(app, *viewer, in.language);
  auto chart = co_await chart_of(app, request, *named, in);
  if (!chart) co_return fail(std::move(chart.error()));
  if (in.format == "html") co_return http::Response::html(page_of(*chart));
  if (!in.width) in.width = 800;
  if (!in.height) in.height = 600;
  auto language = *in.language;
  std::string said(chart->summary.at("text").as_string());
  co_return co_await picture_of(app, std::move(chart->figure), in, in.chart, std::move(language),
                                std::move(said));
}

Task<Result<http::Response>> render(App& app, const http::Request&, RenderRequest in) {
  const PictureQuery how = in;
  co_return co_await picture_of(app, std::move(in.figure), how, "chart", in.language, {});
}

Task<Result<ChartAnswer>> custom(App&, const http::Request&, CustomRequest in) {
  auto chart =
      custom_chart(in.data, {in.config.type, in.config.x, in.config.y, in.config.title}, in.language);
  if (!chart) co_return fail(std::move(chart.error()));
  co_return answer_of(*std::move(chart));
}

struct TypesQuery {
  std::optional<std::string> language;
};
BOOST_DESCRIBE_STRUCT(TypesQuery, (), (language))

Task<Result<json::value>> types(App& app, const http::Request& request, TypesQuery in) {
  auto viewer = co_await viewer_of(app, request.who());
  if (!viewer) co_return fail(std::move(viewer.error()));
  bool russian = co_await language_for(app, *viewer, in.language) == "ru";
  json::object charts;
  for (const auto& one : named_charts()) {
    if (!may_see(one, viewer->role)) continue;
    json::array parameters{"start_date", "end_date", "days",     "tutor_id", "student_id",
                           "subject",    "currency", "timezone", "language"};
    charts[one.name] = {{"types", json::write(one.kinds)},
                        {"description", russian ? one.russian : one.english},
                        {"path", "/api/v1/charts/" + std::string(one.path)},
                        {"parameters", std::move(parameters)}};
  }
  co_return json::value{{"chart_types", std::move(charts)},
                        {"export_formats", json::write(kFiles)},
                        {"user_role", name(viewer->role)}};
}

const auto kLanguage = [] {
  return json::rule("language").one_of({"ru", "en"}).doc("of the labels; the caller's own, else ru");
};

}  // namespace

json::Rules rules(const ChartQuery*) {
  auto out = rules(static_cast<const PeriodQuery*>(nullptr));
  out.push_back(
      json::rule("kind").alias("chart_type").length(1, 32).doc("how it is drawn; see /api/v1/charts/types"));
  out.push_back(kLanguage());
  return out;
}

json::Rules rules(const PictureQuery*) {
  using json::rule;
  return {rule("format").defaulted().one_of(kPictures),
          rule("width").range(50, 5000).doc("pixels before scale"),
          rule("height").range(50, 5000).doc("pixels before scale"), rule("scale").defaulted().range(0.1, 10),
          rule("dpi").defaulted().range(10, 2400).doc("noted in PNG and JPEG")};
}

json::Rules rules(const ExportChartQuery*) {
  auto out = rules(static_cast<const ChartQuery*>(nullptr));
  for (auto& one : rules(static_cast<const PictureQuery*>(nullptr))) {
    if (one.name == "format") one.values = kFiles;
    out.push_back(std::move(one));
  }
  out.push_back(json::rule("chart").doc("a name of /api/v1/charts/types"));
  return out;
}

json::Rules rules(const RenderRequest*) {
  auto out = rules(static_cast<const PictureQuery*>(nullptr));
  out.push_back(json::rule("language").defaulted().one_of({"ru", "en"}));
  return out;
}

json::Rules rules(const CustomConfig*) {
  using json::rule;
  return {rule("type").defaulted().one_of({"bar", "line", "scatter", "pie"}), rule("x").length(1, 255),
          rule("y").length(1, 255), rule("title").defaulted().length(0, 255)};
}

json::Rules rules(const CustomRequest*) {
  return {json::rule("data").length(0, kMostRows), json::rule("language").defaulted().one_of({"ru", "en"})};
}

void add_charts(http::Api& api) {
  for (const auto& named : named_charts()) {
    auto handler = [&named](App& app, const http::Request& request,
                            ChartQuery in) -> Task<Result<ChartAnswer>> {
      return [](Task<Result<Chart>> work) -> Task<Result<ChartAnswer>> {
        auto chart = co_await std::move(work);
        if (!chart) co_return fail(std::move(chart.error()));
        co_return answer_of(*std::move(chart));
      }(chart_of(app, request, named, std::move(in)));
    };
    api.add(http::get("/api/v1/charts/" + std::string(named.path), handler)
                .authenticated()
                .summary(std::string(named.english))
                .description(fmt::format("A Plotly figure. Kinds: {}.", join(named.kinds, ", ")))
                .tag("charts")
                .errors({Errc::forbidden}));
  }
  api.add(http::get("/api/v1/charts/types", &types)
              .authenticated()
              .summary("The charts the caller may see")
              .tag("charts")
              .errors({Errc::forbidden}));
  auto drawn = http::get("/api/v1/charts/export/{chart}", &export_chart);
  drawn.authenticated()
      .summary("A named chart as a picture or as a page that works offline")
      .tag("charts")
      .errors({Errc::forbidden, Errc::not_found});
  for (const auto* type : kChartContentTypes) drawn.answers(type, "the chart");
  api.add(std::move(drawn));
  api.add(
      http::post("/api/v1/charts/custom", &custom)
          .authenticated()
          .summary("A chart of given rows")
          .tag("charts")
          .body_limit(kMostFigure)
          .example(
              {{"data", {{{"month", "январь"}, {"lessons", 12}}, {{"month", "февраль"}, {"lessons", 15}}}},
               {"config", {{"type", "bar"}, {"x", "month"}, {"y", "lessons"}, {"title", "Занятия"}}}}));
  auto rendered = http::post("/api/v1/charts/render", &render);
  rendered.authenticated()
      .summary("A Plotly figure as a picture")
      .tag("charts")
      .body_limit(kMostFigure)
      .errors({Errc::too_large})
      .example(
          {{"figure",
            {{"data", {{{"type", "bar"}, {"x", {"а", "б"}}, {"y", {1, 2}}}}}, {"layout", json::object()}}},
           {"format", "svg"}});
  for (std::size_t i = 0; i < kPictures.size(); ++i) rendered.answers(kChartContentTypes[i], "the picture");
  api.add(std::move(rendered));
}

}  // namespace rb::analytics
