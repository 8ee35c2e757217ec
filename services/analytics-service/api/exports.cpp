#include "api/exports.hpp"

#include <fmt/format.h>

#include "api/export_files.hpp"

namespace rb::analytics {
namespace {

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

// A table of people has rows outside every period: all of them, when none is named.
template <class Query>
Task<Result<http::Response>> give_out(App& app, const http::Request& request, Query in,
                                      const ExportTable& table) {
  auto asking = co_await ask(app, request, table.area, period_query(in));
  if (!asking) co_return fail(std::move(asking.error()));
  bool of_period = !table.always_whole || names_period(in);
  const auto& days = asking->scope.days;
  auto span = of_period ? Span{days.begin(), days.end()} : kAlways;
  co_return export_file(app, {table, std::move(asking->scope), span, of_period}, in.format,
                        in.delimiter.front());
}

constexpr std::string_view kAboutExports =
    R"(Rows are written while they are read: their number has no limit.
CSV begins with a byte order mark, its lines end with CR LF, and texts that a spreadsheet would take for formulas
get an apostrophe; with `delimiter=;` numbers have a decimal comma, as Excel in Russian expects.
In JSON and NDJSON what nobody has said is null. Moments are ISO 8601 with the offset of the zone.
In Excel files (`xlsx`, also called `excel`) days and moments are dates as the clocks of the zone read, sums are numbers
beside their currency, and texts are never formulas; what a sheet of 1 048 576 rows has no room for is in the next one,
and a text of more than 32 767 characters is cut with an ellipsis.

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
  for (const auto& format : export_formats()) out.answers(std::string(format.content_type), "the rows");
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
  std::vector<std::string> names;
  for (const auto& format : export_formats()) names.emplace_back(format.name);
  names.emplace_back(kOtherNameOfXlsx);
  out.push_back(json::rule("format").defaulted().one_of(names));
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
