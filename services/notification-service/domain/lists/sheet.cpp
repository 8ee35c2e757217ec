#include "domain/lists/sheet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "base/strings.hpp"
#include "domain/lists/csv.hpp"
#include "domain/people.hpp"

namespace rb::notification::lists {
namespace {

struct Column {
  std::string_view name;
  bool required;
  std::string_view headers;  // in the form of plain_header(), separated by |
};

constexpr std::array kPeople = std::to_array<Column>({
    {"name", true, "name|full name|имя|фио|ф и о|фамилия имя|имя фамилия|имя и фамилия|фамилия и имя"},
    {"role", true, "role|роль"},
    {"email", false, "email|e mail|mail|почта|эл почта|электронная почта"},
    {"parent_of", false, "parent of|children|child|дети|ребенок|чей родитель|родитель кого"},
    {"tutor", false, "tutor|teacher|репетитор|преподаватель|учитель"},
    {"id", false, "id|user id|код"},
    {"telegram_id", false, "telegram id|telegram|телеграм|телеграм id"},
    {"language", false, "language|язык"},
    {"timezone", false, "timezone|time zone|часовой пояс"},
    {"birth_year", false, "birth year|year of birth|год рождения"},
    {"address_form", false, "address form|обращение"},
});

constexpr std::array kLessons = std::to_array<Column>({
    {"student", true, "student|students|ученик|ученица|ученики"},
    {"start", true, "start|starts at|start time|scheduled at|начало|дата и время|когда"},
    {"duration", false,
     "duration|duration min|duration minutes|minutes|длительность|длительность мин|длительность минут|"
     "продолжительность|продолжительность мин|минут|минуты"},
    {"weekly_until", false,
     "weekly until|repeat until|until|каждую неделю до|еженедельно до|повторять до|повторять каждую неделю "
     "до"},
    {"price", false, "price|цена|стоимость"},
    {"currency", false, "currency|валюта"},
    {"subject", false, "subject|предмет"},
    {"topic", false, "topic|тема"},
    {"meet_link", false, "meet link|link|url|ссылка|ссылка на занятие"},
    {"tutor", false, "tutor|teacher|репетитор|преподаватель|учитель"},
    {"id", false, "id|lesson id|код"},
});

std::span<const Column> columns(Kind kind) {
  if (kind == Kind::people) return kPeople;
  return kLessons;
}

// Non-breaking spaces come from spreadsheets that format numbers.
std::string clean(std::string_view cell) {
  return std::string(trim(replace_all(std::string(cell), "\u00a0", " ")));
}

// «Длительность (мин)» and "duration_min" without case and signs: "длительность мин", "duration min".
std::string plain_header(std::string_view header) {
  auto text = replace_all(utf8_lower(clean(header)), "ё", "е");
  std::ranges::replace_if(text, [](char c) { return std::string_view("_-.,:;()/").contains(c); }, ' ');
  return join(words_of(text), " ");
}

const Column* find_column(Kind kind, std::string_view header) {
  auto plain = plain_header(header);
  for (const auto& column : columns(kind))
    for (const auto& name : split(column.headers, '|'))
      if (name == plain) return &column;
  return nullptr;
}

bool has(const CsvRow& headers, Kind kind, std::string_view name) {
  return std::ranges::any_of(headers.cells, [&](const auto& header) {
    const auto* column = find_column(kind, header);
    return column != nullptr && column->name == name;
  });
}

using Rows = std::vector<CsvRow>;

std::expected<Rows, Problem> rows_of(std::string_view text, const std::string& list) {
  auto rows = read_csv(text, separator_of(text));
  if (!rows) return std::unexpected(Problem{list, rows.error().line, "", rows.error().reason});
  if (rows->empty()) return std::unexpected(Problem{list, 0, "", "файл пуст · the file is empty"});
  return std::move(*rows);
}

std::expected<Kind, Problem> kind_of(const CsvRow& headers) {
  if (has(headers, Kind::lessons, "student") || has(headers, Kind::lessons, "start")) return Kind::lessons;
  if (has(headers, Kind::people, "name")) return Kind::people;
  return std::unexpected(Problem{"csv", headers.line, "",
                                 "по заголовкам не видно, что это за список: у людей есть столбцы «имя» и "
                                 "«роль», у занятий — «ученик» и «начало» · "
                                 "the headers do not tell which list this is: people have the columns “name” "
                                 "and “role”, lessons “student” and “start”"});
}

// The column of every cell; "" for those that are ignored.
std::vector<std::string> take_headers(const CsvRow& row, Sheet& sheet, Problems& problems) {
  std::vector<std::string> names;
  auto list = std::string(to_string(sheet.kind));
  for (const auto& header : row.cells) {
    const auto* column = find_column(sheet.kind, header);
    names.emplace_back(column == nullptr ? "" : column->name);
    if (column == nullptr && !clean(header).empty()) sheet.ignored.push_back(clean(header));
    if (column != nullptr && !sheet.headers.emplace(column->name, clean(header)).second)
      problems.push_back(
          {list, row.line, clean(header), "такой столбец уже есть · there is such a column already"});
  }
  for (const auto& column : columns(sheet.kind)) {
    if (!column.required || sheet.headers.contains(column.name)) continue;
    auto headers = split(column.headers, '|');
    auto russian =
        std::ranges::find_if(headers, [](const auto& h) { return !h.empty() && (h[0] & 0x80) != 0; });
    problems.push_back(
        {list, row.line, "",
         fmt::format("нет столбца «{}» · there is no column “{}”", *russian, headers.front())});
  }
  return names;
}

void take_row(const CsvRow& row, const std::vector<std::string>& names, Sheet& sheet, Problems& problems) {
  SheetRow out{row.line, {}};
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    auto cell = clean(row.cells[i]);
    if (cell.empty()) continue;
    if (i >= names.size()) {
      problems.push_back(
          {std::string(to_string(sheet.kind)), row.line, "",
           fmt::format("ячеек больше, чем столбцов ({}); текст с разделителем берут в кавычки · more "
                       "cells than columns ({}); text with a separator in it stands in quotes",
                       names.size(), names.size())});
      return;
    }
    if (!names[i].empty()) out.cells.emplace(names[i], std::move(cell));
  }
  if (!out.cells.empty()) sheet.rows.push_back(std::move(out));
}

}  // namespace

std::string_view to_string(Kind kind) { return kind == Kind::people ? "people" : "lessons"; }

std::optional<Kind> parse_kind(std::string_view text) {
  for (auto kind : {Kind::people, Kind::lessons})
    if (to_string(kind) == text) return kind;
  return std::nullopt;
}

std::expected<Kind, Problem> kind_of(std::string_view text) {
  auto rows = rows_of(text, "csv");
  if (!rows) return std::unexpected(std::move(rows.error()));
  return kind_of(rows->front());
}

Sheet read_sheet(std::string_view text, std::optional<Kind> wanted, Problems& problems) {
  Sheet sheet;
  auto rows = rows_of(text, std::string(wanted ? to_string(*wanted) : "csv"));
  if (!rows) {
    problems.push_back(std::move(rows.error()));
    return sheet;
  }
  auto kind = wanted ? std::expected<Kind, Problem>(*wanted) : kind_of(rows->front());
  if (!kind) {
    problems.push_back(std::move(kind.error()));
    return sheet;
  }
  sheet.kind = *kind;
  auto names = take_headers(rows->front(), sheet, problems);
  if (rows->size() > kMostRows + 1) {
    problems.push_back(
        {std::string(to_string(*kind)), 0, "",
         fmt::format("в списке {} строк, а можно не больше {} · the list has {} rows, at most {} fit",
                     rows->size() - 1, kMostRows, rows->size() - 1, kMostRows)});
    return sheet;
  }
  for (std::size_t i = 1; i < rows->size(); ++i) take_row((*rows)[i], names, sheet, problems);
  if (sheet.rows.empty() && problems.empty())
    problems.push_back({std::string(to_string(*kind)), 0, "",
                        "в списке только заголовки · the list has nothing but headers"});
  return sheet;
}

}  // namespace rb::notification::lists
