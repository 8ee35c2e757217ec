#include "api/exports.hpp"

#include <fmt/format.h>

#include "store/export_tables.hpp"

namespace rb::analytics {
namespace {

const std::vector<std::string> kFormats = {"csv", "json", "ndjson"};  // as Format
constexpr std::array<const char*, 3> kTableContentTypes = {"text/csv; charset=utf-8", "application/json",
                                                           "application/x-ndjson"};

struct Export {
  const ExportTable& table;
  Scope scope;
  Span span;
  Style style;
};

Style style_of(const SchoolExportQuery& query) {
  auto format = std::ranges::find(kFormats, query.format) - kFormats.begin();
  return {static_cast<Format>(format), query.delimiter.front()};
}

PeriodQuery period_query(const SchoolExportQuery& in) {
  PeriodQuery out;
  out.start_date = in.start_date;
  out.end_date = in.end_date;
  out.days = in.days;
  out.timezone = in.timezone;
  return out;
}

PeriodQuery period_query(const ExportQuery& in) {
  auto out = period_query(static_cast<const SchoolExportQuery&>(in));
  out.tutor_id = in.tutor_id;
  out.student_id = in.student_id;
  out.subject = in.subject;
  out.currency = in.currency;
  return out;
}

bool names_period(const SchoolExportQuery& in) { return in.start_date || in.end_date || in.days; }

Task<> write_rows(http::Writer& out, db::Database& database, Export what) {
  std::vector<std::string_view> names;
  for (const auto& column : what.table.columns) names.push_back(column.name);
  ExportText text(what.style, std::move(names));
  if (!co_await out.write(text.begin())) co_return;
  auto pages = export_pages(db::reading(database), what.table, what.scope.asked, what.span);
  for (auto rows = co_await pages.next(); !rows.empty(); rows = co_await pages.next()) {
    std::string piece;
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (what.table.wants(what.scope, rows, i))
        text.add(piece, cells(what.table, rows, i, what.scope.asked.zone));
    if (!piece.empty() && !co_await out.write(std::move(piece))) co_return;
    if (out.gone()) co_return;
  }
  co_await out.write(text.end());
}

http::Response file_of(db::Database& database, Export what, bool of_period, const std::string& format) {
  const auto& asked = what.scope.asked;
  auto days = of_period ? fmt::format("-{}-{}", iso_date(asked.first), iso_date(asked.last)) : std::string();
  auto disposition = fmt::format("attachment; filename=\"{}{}.{}\"", what.table.name, days, format);
  auto type = kTableContentTypes[static_cast<std::size_t>(what.style.format)];
  auto out = http::Response::streamed(type, [&database, what = std::move(what)](http::Writer& writer) {
    return write_rows(writer, database, what);
  });
  out.headers.set("Content-Disposition", std::move(disposition));
  return out;
}

// A table of people has rows outside every period: all of them, when none is named.
template <class Query>
Task<Result<http::Response>> give_out(App& app, const http::Request& request, Query in,
                                      const ExportTable& table) {
  auto asking = co_await ask(app, request, table.area, period_query(in));
  if (!asking) co_return fail(std::move(asking.error()));
  bool of_period = !table.always_whole || names_period(in);
  const auto& days = asking->scope.days;
  auto span = of_period ? Span{days.begin(), days.end()} : kAlways;
  co_return file_of(app.runtime().database, {table, std::move(asking->scope), span, style_of(in)}, of_period,
                    in.format);
}

constexpr std::string_view kAboutExports =
    R"(Rows are written while they are read: their number has no limit.
CSV begins with a byte order mark, its lines end with CR LF, and texts that a spreadsheet would take for formulas
get an apostrophe; with `delimiter=;` numbers have a decimal comma, as Excel in Russian expects.
In JSON and NDJSON what nobody has said is null. Moments are ISO 8601 with the offset of the zone.

| column | what |
|---|---|
)";

std::string described(const ExportTable& table) {
  std::string out(kAboutExports);
  for (const auto& column : table.columns) out += fmt::format("| {} | {} |\n", column.name, column.meaning);
  return out;
}

template <class Query>
http::Endpoint endpoint_of(const ExportTable& table) {
  auto out = http::get("/api/v1/export/" + std::string(table.name),
                       [&table](App& app, const http::Request& request, Query in) {
                         return give_out(app, request, std::move(in), table);
                       });
  out.authenticated()
      .summary(std::string(table.summary))
      .description(described(table))
      .tag("export")
      .errors({Errc::forbidden});
  for (const auto* type : kTableContentTypes) out.answers(type, "the rows");
  return out;
}

json::Rules some_of(std::initializer_list<std::string_view> names) {
  json::Rules out;
  for (auto& rule : rules(static_cast<const PeriodQuery*>(nullptr)))
    if (std::ranges::find(names, rule.name) != names.end()) out.push_back(std::move(rule));
  return out;
}

}  // namespace

json::Rules rules(const SchoolExportQuery*) {
  auto out = some_of({"start_date", "end_date", "days", "timezone"});
  out.push_back(json::rule("format").defaulted().one_of(kFormats));
  out.push_back(json::rule("delimiter").defaulted().one_of({",", ";"}).doc("of CSV"));
  return out;
}

json::Rules rules(const ExportQuery*) {
  auto out = rules(static_cast<const SchoolExportQuery*>(nullptr));
  for (auto& rule : some_of({"tutor_id", "student_id", "subject"})) out.push_back(std::move(rule));
  out.push_back(json::rule("currency").length(3, 3).doc("of payments"));
  return out;
}

void add_exports(http::Api& api) {
  for (const auto& table : export_tables())
    api.add(table.of_students != nullptr ? endpoint_of<ExportQuery>(table)
                                         : endpoint_of<SchoolExportQuery>(table));
}

}  // namespace rb::analytics
