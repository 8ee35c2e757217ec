#include <fmt/format.h>

#include <algorithm>

#include "db/database.hpp"

namespace rb::db {
namespace {

template <class T>
const T& as(const Value& value, std::string_view column, std::string_view type) {
  if (const auto* found = std::get_if<T>(&value)) return *found;
  throw std::logic_error(
      fmt::format("column {} is {}, not {}", column,
                  std::holds_alternative<std::monostate>(value) ? "null" : "of another type", type));
}

}  // namespace

Rows::Rows(std::vector<std::string> columns, std::vector<std::vector<Value>> cells, std::int64_t affected)
    : columns_(std::move(columns)), cells_(std::move(cells)), affected_(affected) {}

const Value& Rows::at(std::size_t row, std::string_view column) const {
  auto found = std::ranges::find(columns_, column);
  if (found == columns_.end()) throw std::logic_error(fmt::format("there is no column {}", column));
  if (row >= cells_.size())
    throw std::logic_error(fmt::format("there is no row {} of {}", row, cells_.size()));
  return cells_[row][static_cast<std::size_t>(found - columns_.begin())];
}

bool Rows::is_null(std::size_t row, std::string_view column) const {
  return std::holds_alternative<std::monostate>(at(row, column));
}

std::int64_t Rows::integer(std::size_t row, std::string_view column) const {
  return as<std::int64_t>(at(row, column), column, "an integer");
}

// SQLite gives back a whole number as an integer.
double Rows::real(std::size_t row, std::string_view column) const {
  const auto& value = at(row, column);
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
  return as<double>(value, column, "a number");
}

// SQLite has no booleans: 0 and 1.
bool Rows::boolean(std::size_t row, std::string_view column) const {
  const auto& value = at(row, column);
  if (const auto* number = std::get_if<std::int64_t>(&value); number && (*number == 0 || *number == 1)) {
    return *number == 1;
  }
  return as<bool>(value, column, "a boolean");
}

const std::string& Rows::text(std::size_t row, std::string_view column) const {
  return as<std::string>(at(row, column), column, "a text");
}

Time Rows::time(std::size_t row, std::string_view column) const { return from_micros(integer(row, column)); }

std::string Rows::text_or(std::size_t row, std::string_view column, std::string_view fallback) const {
  return is_null(row, column) ? std::string(fallback) : text(row, column);
}

std::optional<std::int64_t> Rows::maybe_integer(std::size_t row, std::string_view column) const {
  return is_null(row, column) ? std::nullopt : std::optional(integer(row, column));
}

std::optional<std::string> Rows::maybe_text(std::size_t row, std::string_view column) const {
  return is_null(row, column) ? std::nullopt : std::optional(text(row, column));
}

std::optional<Time> Rows::maybe_time(std::size_t row, std::string_view column) const {
  return is_null(row, column) ? std::nullopt : std::optional(time(row, column));
}

}  // namespace rb::db
