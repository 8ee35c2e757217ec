#pragma once
// Rows as an Excel file (ECMA-376): numbers, days and moments are what Excel counts with, texts are never
// formulas. The header is bold and stays in sight, and every column has a filter. Memory does not grow with
// the rows: they lie in temporary files without a name, which nothing leaves behind. Blocks; one thread at a
// time. Unavailable: no room for the files.
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "domain/export/text.hpp"

namespace rb::analytics {

struct SheetColumn {
  std::string_view name;
  double width;  // characters
};

inline constexpr std::uint32_t kMostSheetRows = 1'048'576;  // of Excel, the header counted

class Workbook {
 public:
  // Rows that a sheet has no room for go on in "name 2".
  Workbook(std::string_view name, std::vector<SheetColumn> columns, std::uint32_t most_rows = kMostSheetRows);
  ~Workbook();
  Workbook(const Workbook&) = delete;
  Workbook& operator=(const Workbook&) = delete;

  void add(std::span<const ExportCell> row);  // a cell for each column
  void finish();
  std::string read(std::size_t most);  // the next bytes of the finished file; "": there are no more

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace rb::analytics
