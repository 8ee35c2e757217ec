#pragma once
// What can be given out as rows: the columns of each table, which of its rows a question wants, and the
// statements that read them page after page.
#include <span>

#include "domain/export/text.hpp"
#include "domain/figures/days.hpp"
#include "domain/rights.hpp"
#include "store/facts.hpp"
#include "store/pages.hpp"

namespace rb::analytics {

enum class ColumnKind { id, text, moment, day, flag, integer, money, choice, hundredths, list, json };

struct ExportColumn {
  std::string_view name, meaning;
  ColumnKind kind = ColumnKind::text;
  std::string_view source = {};                  // the column read; "": as named
  std::span<const std::string_view> names = {};  // of a choice
  std::int64_t unit = 1;                         // of hundredths: what the stored number counts
};

struct ExportTable {
  std::string_view name, summary;
  Area area;
  std::span<const ExportColumn> columns;
  bool (*wants)(const Scope& scope, const db::Rows& rows, std::size_t i);
  const db::Query *of_school, *of_tutor, *of_students;  // nullptr: there is only the school's
  db::Params (*key)(Span span);                         // below all rows of the span
  bool in_time_order = true;  // the key begins with the time, so that `from` is in it
  bool always_whole = false;  // its rows belong to no day unless one asks for it
};

std::span<const ExportTable> export_tables();

// By the narrowest index; the rows still are to be asked whether they are wanted. A page is small, so that
// the loop is free for others every millisecond or two.
Pages export_pages(db::QueryRunner read, const ExportTable& table, const Question& asked, Span span,
                   int page = 250);

std::vector<ExportCell> export_row(const ExportTable& table, const db::Rows& rows, std::size_t i,
                                   const Zone& zone);

}  // namespace rb::analytics
