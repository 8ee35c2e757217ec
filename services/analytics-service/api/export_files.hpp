#pragma once
// Raw rows as a file, written while the database is read: memory does not grow with the rows. A failure on
// the way breaks the connection off, so that a part is never taken for the whole.
#include "api/app.hpp"
#include "store/export_tables.hpp"

namespace rb::analytics {

struct ExportFormat {
  std::string_view name, content_type;
};
std::span<const ExportFormat> export_formats();
inline constexpr std::string_view kOtherNameOfXlsx = "excel";

struct Export {
  const ExportTable& table;
  Scope scope;
  Span span;
  bool of_period;  // the name of the file says which days
};

// `format`: a name of export_formats(), or the other name; `delimiter`: of CSV.
http::Response export_file(App& app, Export what, std::string_view format, char delimiter);

}  // namespace rb::analytics
