#pragma once
// A list as a table with known columns: headers in Russian or English, in any order. Pure.
#include <expected>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/lists/problem.hpp"

namespace rb::notification::lists {

enum class Kind { people, lessons };
std::string_view to_string(Kind kind);
std::optional<Kind> parse_kind(std::string_view text);

constexpr std::size_t kMostRows = 5'000;

struct SheetRow {
  int line = 0;
  std::map<std::string, std::string, std::less<>> cells;  // by the column's own name; no empty ones
};

struct Sheet {
  Kind kind = Kind::people;
  std::map<std::string, std::string, std::less<>> headers;  // column's own name → as the file writes it
  std::vector<SheetRow> rows;
  std::vector<std::string> ignored;  // headers that mean nothing here
};

// No `wanted`: the headers tell which list it is. What is wrong is added to `problems`; then the sheet is not
// whole.
Sheet read_sheet(std::string_view text, std::optional<Kind> wanted, Problems& problems);

// Which list this is, as its headers tell.
std::expected<Kind, Problem> kind_of(std::string_view text);

}  // namespace rb::notification::lists
