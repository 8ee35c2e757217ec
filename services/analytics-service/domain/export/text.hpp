#pragma once
// Rows as the text of a file, written piece by piece: the text before the first row, each row, the text after
// the last. CSV (RFC 4180) is made for spreadsheets: it begins with a byte order mark, lines end with CR LF,
// and a text that a spreadsheet would take for a formula gets an apostrophe. Beside `;` numbers have a
// decimal comma, as everywhere where lists are separated by it. Pure.
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "time/zone.hpp"

namespace rb::analytics {

struct Number {
  std::string decimal;  // "-1500.50", as a number in every format
  bool operator==(const Number&) const = default;
};
struct Amount : Number {
  bool operator==(const Amount&) const = default;
};
struct Moment {
  Time time;
  std::chrono::minutes offset;  // of the clocks that it is told by
  bool operator==(const Moment&) const = default;
};
struct Day {
  std::string iso;  // "2026-01-02"
  bool operator==(const Day&) const = default;
};
struct Id {
  std::string text;  // a number in JSON and in Excel when it is one
  bool operator==(const Id&) const = default;
};
struct RawJson {
  std::string text;
  bool operator==(const RawJson&) const = default;
};
using ExportCell = std::variant<std::monostate, bool, Number, Amount, Moment, Day, Id, std::string,
                                std::vector<std::string>, RawJson>;

enum class Format { csv, json, ndjson };

struct Style {
  Format format = Format::csv;
  char delimiter = ',';  // of CSV
};

class ExportText {
 public:
  ExportText(Style style, std::vector<std::string_view> columns)
      : style_(style), columns_(std::move(columns)) {}

  std::string begin() const;
  void add(std::string& to, std::span<const ExportCell> row);  // a cell for each column
  std::string end() const;

 private:
  void add_csv(std::string& to, std::span<const ExportCell> row) const;
  void add_object(std::string& to, std::span<const ExportCell> row) const;

  Style style_;
  std::vector<std::string_view> columns_;
  bool first_ = true;
};

// RFC 3339 knows offsets of whole minutes only; what the clocks read is told with the same one.
Moment moment_in(Time t, const Zone& zone);
std::string iso(const Moment& moment);  // "2026-01-02T13:00:00+03:00"

}  // namespace rb::analytics
