#include "charts/custom.hpp"

#include <fmt/format.h>

#include "charts/parts.hpp"

namespace rb::analytics {
namespace {

std::unexpected<Error> wrong(std::string field, std::string reason) {
  return std::unexpected(
      Error{Errc::invalid, "the chart cannot be drawn like this", {{std::move(field), std::move(reason)}}});
}

std::string text_of(const json::value* value) {
  if (!value || value->is_null()) return "—";
  if (const auto* text = value->if_string()) return std::string(*text);
  return json::to_text(*value);
}

Result<build::Numbers> numbers_of(std::span<const json::object> rows, const std::string& column) {
  build::Numbers out;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto* value = rows[i].if_contains(column);
    if (!value || value->is_null()) {
      out.emplace_back();
    } else if (value->is_number()) {
      out.emplace_back(value->to_number<double>());
    } else {
      return wrong(fmt::format("data[{}].{}", i, column), "must be a number");
    }
  }
  return out;
}

bool has_column(std::span<const json::object> rows, const std::string& name) {
  return std::ranges::any_of(rows, [&name](const auto& row) { return row.contains(name); });
}

Result<build::Trace> trace_of(std::span<const json::object> rows, const Columns& columns) {
  auto y = numbers_of(rows, columns.y);
  if (!y) return fail(std::move(y.error()));
  if (columns.type == "scatter") {
    auto x = numbers_of(rows, columns.x);
    if (!x) return fail(std::move(x.error()));
    return build::Trace::points(*x, *y);
  }
  auto x = texts(rows, [&columns](const json::object& row) { return text_of(row.if_contains(columns.x)); });
  if (columns.type == "pie") return build::Trace::pie(x, *y);
  if (columns.type == "line") return build::Trace::lines(x, *y);
  return build::Trace::bars(x, *y);
}

}  // namespace

Result<Chart> custom_chart(std::span<const json::object> rows, const Columns& columns,
                           const std::string& language) {
  Words words(language);
  build::Figure figure(columns.title, words.language());
  json::object summary{{"rows", rows.size()}};
  if (rows.empty()) return nothing_to_show(std::move(figure), std::move(summary), words);
  for (auto [field, name] : {std::pair("config.x", &columns.x), std::pair("config.y", &columns.y)})
    if (!has_column(rows, *name)) return wrong(field, "names no column of data");
  auto trace = trace_of(rows, columns);
  if (!trace) return fail(std::move(trace.error()));
  figure.add(*trace);
  if (columns.type != "pie")
    figure.x_axis({.title = columns.x}).y_axis({.title = columns.y}).without_legend();
  auto size =
      words.count(static_cast<std::int64_t>(rows.size()), {"строка", "строки", "строк"}, {"row", "rows"});
  summary["text"] = fmt::format("{}{} — {}: {}.", columns.title.empty() ? "" : columns.title + ". ",
                                columns.x, columns.y, size);
  json::array shown;
  for (const auto& row : rows) shown.push_back(row);
  return Chart{std::move(figure).json(), std::move(shown), std::move(summary)};
}

}  // namespace rb::analytics
