#pragma once
// What may be asked of raw rows.
#include "api/asking.hpp"

namespace rb::analytics {

struct SchoolExportQuery {
  std::string format = "csv", delimiter = ",";
  std::optional<std::string> start_date, end_date;
  std::optional<int> days;
  std::optional<std::string> timezone;
};
BOOST_DESCRIBE_STRUCT(SchoolExportQuery, (), (format, delimiter, start_date, end_date, days, timezone))
json::Rules rules(const SchoolExportQuery*);

struct ExportQuery : SchoolExportQuery {
  std::optional<std::string> tutor_id, student_id, subject, currency;
};
BOOST_DESCRIBE_STRUCT(ExportQuery, (SchoolExportQuery), (tutor_id, student_id, subject, currency))
json::Rules rules(const ExportQuery*);

// GET /api/v1/export/…, one for each table.
void add_exports(http::Api& api);

}  // namespace rb::analytics
