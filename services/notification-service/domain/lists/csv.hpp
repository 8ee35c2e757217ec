#pragma once
// CSV as spreadsheets write it: RFC 4180, lines ended by CR LF, LF or CR, separated by a semicolon, comma or
// tab. Ours because every row must know the line it begins on, which Debian's libcsv does not tell and
// libfccp cannot without columns fixed at compile time. Pure.
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace rb::notification::lists {

struct CsvRow {
  int line = 1;  // where it begins; cells may contain line breaks
  std::vector<std::string> cells;
  bool operator==(const CsvRow&) const = default;
};

struct CsvProblem {
  int line = 1;
  std::string reason;
};

// The most frequent of ; , and tab outside quotes in the first line that is not empty; ';' when there is
// none.
char separator_of(std::string_view text);

// Rows in which every cell is empty are left out. A quote that does not begin a cell is an ordinary
// character.
std::expected<std::vector<CsvRow>, CsvProblem> read_csv(std::string_view text, char separator);

}  // namespace rb::notification::lists
