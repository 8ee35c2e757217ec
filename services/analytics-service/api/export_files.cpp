#include "api/export_files.hpp"

#include <fmt/format.h>

#include "sheets/workbook.hpp"

namespace rb::analytics {
namespace {

constexpr std::string_view kXlsx = "xlsx";
constexpr std::array<ExportFormat, 4> kFormats = {
    ExportFormat{"csv", "text/csv; charset=utf-8"}, ExportFormat{"json", "application/json"},
    ExportFormat{"ndjson", "application/x-ndjson"},  // up to here as Format
    ExportFormat{kXlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}};
constexpr std::size_t kPieceBytes = 65'536;

using Rows = std::vector<std::vector<ExportCell>>;

Rows wanted(const Export& what, const db::Rows& rows) {
  Rows out;
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (what.table.wants(what.scope, rows, i))
      out.push_back(export_row(what.table, rows, i, what.scope.asked.zone));
  return out;
}

Task<> write_text(http::Writer& out, db::Database& database, Export what, Style style) {
  std::vector<std::string_view> names;
  for (const auto& column : what.table.columns) names.push_back(column.name);
  ExportText text(style, std::move(names));
  if (!co_await out.write(text.begin())) co_return;
  auto pages = export_pages(db::reading(database), what.table, what.scope.asked, what.span);
  for (auto rows = co_await pages.next(); !rows.empty(); rows = co_await pages.next()) {
    std::string piece;
    for (const auto& row : wanted(what, rows)) text.add(piece, row);
    if (!piece.empty() && !co_await out.write(std::move(piece))) co_return;
    if (out.gone()) co_return;
  }
  co_await out.write(text.end());
}

double width_of(const ExportColumn& column) {
  constexpr double kFilterButton = 4;
  static constexpr std::array<double, 11> kByKind = {14, 24, 19, 12, 8, 8,
                                                     14, 13, 8,  24, 60};  // as ColumnKind
  return std::max(kByKind[static_cast<std::size_t>(column.kind)],
                  static_cast<double>(column.name.size()) + kFilterButton);
}

std::shared_ptr<Workbook> workbook_of(const ExportTable& table) {
  std::vector<SheetColumn> columns;
  for (const auto& column : table.columns) columns.push_back({column.name, width_of(column)});
  return std::make_shared<Workbook>(table.name, std::move(columns));
}

// The end of such a file says where its parts lie: nothing can be sent before all rows are in it.
Task<> write_workbook(http::Writer& out, App& app, Export what) {
  auto& thread = app.sheets();
  auto book = co_await thread.run([&table = what.table] { return workbook_of(table); });
  auto pages = export_pages(db::reading(app.runtime().database), what.table, what.scope.asked, what.span);
  for (auto rows = co_await pages.next(); !rows.empty(); rows = co_await pages.next()) {
    co_await thread.run([book, rows = wanted(what, rows)] {
      for (const auto& row : rows) book->add(row);
    });
    if (out.gone()) co_return;
  }
  co_await thread.run([book] { book->finish(); });
  auto next = [book] { return book->read(kPieceBytes); };
  for (auto piece = co_await thread.run(next); !piece.empty(); piece = co_await thread.run(next))
    if (!co_await out.write(std::move(piece))) co_return;
}

std::string file_name(const Export& what, std::string_view format) {
  const auto& asked = what.scope.asked;
  auto days =
      what.of_period ? fmt::format("-{}-{}", iso_date(asked.first), iso_date(asked.last)) : std::string();
  return fmt::format("{}{}.{}", what.table.name, days, format);
}

}  // namespace

std::span<const ExportFormat> export_formats() { return kFormats; }

http::Response export_file(App& app, Export what, std::string_view format, char delimiter) {
  const auto* found =
      std::ranges::find(kFormats, format == kOtherNameOfXlsx ? kXlsx : format, &ExportFormat::name);
  auto name = file_name(what, found->name);
  Style style{static_cast<Format>(found - kFormats.begin()), delimiter};
  auto out = http::Response::streamed(
      std::string(found->content_type),
      [&app, style, xlsx = found->name == kXlsx, what = std::move(what)](http::Writer& writer) {
        return xlsx ? write_workbook(writer, app, what)
                    : write_text(writer, app.runtime().database, what, style);
      });
  out.headers.set("Content-Disposition", fmt::format("attachment; filename=\"{}\"", name));
  return out;
}

}  // namespace rb::analytics
