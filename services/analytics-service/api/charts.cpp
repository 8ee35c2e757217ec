#include "api/charts.hpp"

#include <fmt/format.h>

#include "api/chart_kinds.hpp"
#include "base/strings.hpp"
#include "charts/custom.hpp"
#include "service/paging.hpp"
#include "store/facts.hpp"

namespace rb::analytics {

namespace {

constexpr std::size_t kMostRows = 10'000, kMostFigure = 8 << 20;

std::string language_of(const std::optional<Person>& person) {
  return !person || person->language.empty() ? "ru" : person->language;
}

bool may_see(const NamedChart& chart, Role role) {
  return std::ranges::find(chart.roles, role) != chart.roles.end();
}

// A chart that its caller may see, in whose language it is to be.
struct WantedChart {
  const NamedChart& named;
  Asking asking;
  Manner manner;
};

Task<Result<WantedChart>> wanted_chart(App& app, const http::Request& request, const NamedChart& named,
                                       ChartQuery in) {
  auto role = widest(request.who().roles);
  if (!role || !may_see(named, *role)) co_return fail(Errc::forbidden, "this chart is not for your role");
  Manner manner{in.kind.value_or(named.kinds.front()), in.language.value_or("")};
  if (std::ranges::find(named.kinds, manner.kind) == named.kinds.end())
    co_return service::invalid("kind", "must be one of " + join(named.kinds, ", "));
  // What a school's chart shows beside the figures asked for may be of everybody.
  auto reads = sees_all(*role) ? Reads::school : Reads::asked;
  auto asking = co_await ask(app, request, named.area, std::move(in), reads);
  if (!asking) co_return fail(std::move(asking.error()));
  if (named.of_student && !asking->scope.asked.student_ids)
    co_return service::invalid("student_id", "is required: whose progress");
  if (manner.language.empty())
    manner.language = language_of(co_await asking->people.person(asking->viewer.id));
  co_return WantedChart{named, std::move(*asking), std::move(manner)};
}

Task<Result<ChartAnswer>> make_chart(db::QueryRunner read, const WantedChart& wanted) {
  auto chart = co_await wanted.named.make(std::move(read), wanted.asking, wanted.manner);
  co_return ChartAnswer{std::move(chart.figure), std::move(chart.rows), std::move(chart.summary)};
}

// Its answer, made or kept.
Task<Result<http::Ready<ChartAnswer>>> chart_answer(App& app, const WantedChart& wanted) {
  const auto& [named, asking, manner] = wanted;
  AnswerKind kind{std::string(named.path), manner.kind + " " + manner.language, {}};
  auto make = [&](db::QueryRunner read) { return make_chart(std::move(read), wanted); };
  co_return co_await answer<ChartAnswer>(app, asking, std::move(kind), make);
}

Task<Result<http::Ready<ChartAnswer>>> named_chart(App& app, const http::Request& request,
                                                   const NamedChart& named, ChartQuery in) {
  auto wanted = co_await wanted_chart(app, request, named, std::move(in));
  if (!wanted) co_return fail(std::move(wanted.error()));
  co_return co_await chart_answer(app, *wanted);
}

Task<Result<http::Response>> export_chart(App& app, const http::Request& request, ExportChartQuery in) {
  auto named = std::ranges::find(named_charts(), std::string_view(in.chart), &NamedChart::name);
  if (named == named_charts().end())
    co_return fail(Errc::not_found, "there is no chart of this name; see /api/v1/charts/types");
  auto wanted = co_await wanted_chart(app, request, *named, in);
  if (!wanted) co_return fail(std::move(wanted.error()));
  auto chart = co_await chart_answer(app, *wanted);
  if (!chart) co_return fail(std::move(chart.error()));
  if (in.format == "html") {
    auto told = json::parse(chart->text).value();
    co_return http::Response::html(page_of(told.at("chart"), told.at("summary").at("text").as_string()));
  }
  if (!in.width) in.width = 800;
  if (!in.height) in.height = 600;
  auto figure_of = [&chart](plot::DrawOptions& options) {
    auto told = json::parse(chart->text).value();
    options.description = std::string(told.at("summary").at("text").as_string());
    return std::move(told.at("chart").as_object());
  };
  co_return co_await picture_of(app, {chart->text, in.chart, options_of(in, wanted->manner.language)},
                                figure_of);
}

Task<Result<http::Response>> render(App& app, const http::Request& request, RenderRequest in) {
  auto figure_of = [&in](plot::DrawOptions&) { return std::move(in.figure); };
  co_return co_await picture_of(app, {request.body, "chart", options_of(in, in.language)}, figure_of);
}

Task<Result<ChartAnswer>> custom(App&, const http::Request&, CustomRequest in) {
  auto chart =
      custom_chart(in.data, {in.config.type, in.config.x, in.config.y, in.config.title}, in.language);
  if (!chart) co_return fail(std::move(chart.error()));
  co_return ChartAnswer{std::move(chart->figure), std::move(chart->rows), std::move(chart->summary)};
}

struct TypesQuery {
  std::optional<std::string> language;
};
BOOST_DESCRIBE_STRUCT(TypesQuery, (), (language))

Task<Result<json::value>> types(App& app, const http::Request& request, TypesQuery in) {
  const auto& caller = request.who();
  auto role = widest(caller.roles);
  if (!role) co_return fail(Errc::forbidden, "the token has no role that may see figures");
  co_await app.directory().refresh();
  auto language = in.language ? *in.language : language_of(co_await app.directory().person(caller.subject));
  bool russian = language == "ru";
  json::object charts;
  for (const auto& one : named_charts()) {
    if (!may_see(one, *role)) continue;
    json::array parameters{"start_date", "end_date", "days",     "tutor_id", "student_id",
                           "subject",    "currency", "timezone", "language"};
    charts[one.name] = {{"types", json::write(one.kinds)},
                        {"description", russian ? one.russian : one.english},
                        {"path", "/api/v1/charts/" + std::string(one.path)},
                        {"parameters", std::move(parameters)}};
  }
  co_return json::value{{"chart_types", std::move(charts)},
                        {"export_formats", json::write(names_of(chart_formats()))},
                        {"user_role", name(*role)}};
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

json::Rules rules(const ExportChartQuery*) {
  auto out = rules(static_cast<const ChartQuery*>(nullptr));
  for (auto& one : rules(static_cast<const PictureQuery*>(nullptr))) {
    if (one.name == "format") one.values = names_of(chart_formats());
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
    auto handler = [&named](App& app, const http::Request& request, ChartQuery in) {
      return named_chart(app, request, named, std::move(in));
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
  for (const auto& format : chart_formats()) drawn.answers(format.content_type, "the chart");
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
  for (const auto& format : picture_formats()) rendered.answers(format.content_type, "the picture");
  api.add(std::move(rendered));
}

}  // namespace rb::analytics
