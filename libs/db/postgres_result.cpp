#include "db/postgres_result.hpp"

#include <fmt/format.h>

#include <charconv>

namespace rb::db {
namespace {

// Object ids of types that never change (pg_type.dat).
enum Oid : ::Oid { kBool = 16, kInt8 = 20, kInt2 = 21, kInt4 = 23, kFloat4 = 700, kFloat8 = 701 };

template <class T>
T number(std::string_view text) {
  T value{};
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

Value cell(const PGresult& result, int row, int column) {
  if (PQgetisnull(&result, row, column) != 0) return std::monostate{};
  std::string_view text(PQgetvalue(&result, row, column),
                        static_cast<std::size_t>(PQgetlength(&result, row, column)));
  switch (PQftype(&result, column)) {
    case kBool:
      return text == "t";
    case kInt2:
    case kInt4:
    case kInt8:
      return number<std::int64_t>(text);
    case kFloat4:
    case kFloat8:
      return number<double>(text);
    default:
      return std::string(text);
  }
}

std::string_view field(const PGresult& result, int code) {
  const auto* text = PQresultErrorField(&result, code);
  return text == nullptr ? "" : text;
}

}  // namespace

Rows rows_of(const PGresult& result) {
  auto width = PQnfields(&result), height = PQntuples(&result);
  std::vector<std::string> columns;
  columns.reserve(static_cast<std::size_t>(width));
  for (int i = 0; i < width; ++i) columns.emplace_back(PQfname(&result, i));
  std::vector<std::vector<Value>> cells(static_cast<std::size_t>(height));
  for (int row = 0; row < height; ++row) {
    auto& to = cells[static_cast<std::size_t>(row)];
    to.reserve(static_cast<std::size_t>(width));
    for (int i = 0; i < width; ++i) to.push_back(cell(result, row, i));
  }
  auto* mutable_result =
      const_cast<PGresult*>(&result);  // libpq takes it without const and does not change it
  bool reads = std::string_view(PQcmdStatus(mutable_result)).starts_with("SELECT");
  return {std::move(columns), std::move(cells),
          reads ? 0 : number<std::int64_t>(PQcmdTuples(mutable_result))};
}

std::exception_ptr failure_of(const PGresult& result, std::string_view statement) {
  auto state = field(result, PG_DIAG_SQLSTATE);
  auto words = fmt::format("{}: {}", statement, field(result, PG_DIAG_MESSAGE_PRIMARY));
  if (state == "40001" || state == "40P01") return std::make_exception_ptr(Collision(words));
  if (state == "53100") return std::make_exception_ptr(Broken("the disk of the PostgreSQL server is full"));
  // The server is going down, has no room or is a copy; a deadline passed; a lock was not to be had.
  for (std::string_view passing : {"08", "53", "57", "25006", "55P03"}) {
    if (state.starts_with(passing)) return std::make_exception_ptr(Unavailable(words));
  }
  return std::make_exception_ptr(Broken(words));
}

bool statement_is_stale(const PGresult& result) {
  auto state = field(result, PG_DIAG_SQLSTATE);
  return state == "0A000" || state == "26000";
}

}  // namespace rb::db
