#include "domain/lists/rows.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/strings.hpp"
#include "domain/person_patch.hpp"
#include "events/fields.hpp"
#include "json/format.hpp"

namespace rb::notification::lists {
namespace {

namespace bj = boost::json;

constexpr int kMostWeeks = 104;

// The cells of one row; what is wrong with one of them goes to the problems with its place.
class Cells {
 public:
  Cells(const Sheet& sheet, const SheetRow& row, Problems& problems)
      : sheet_(sheet), row_(row), problems_(problems) {}

  const std::string& at(std::string_view column) const {
    static const std::string none;
    auto found = row_.cells.find(column);
    return found == row_.cells.end() ? none : found->second;
  }

  void wrong(std::string_view column, std::string_view russian, std::string_view english) {
    auto header = sheet_.headers.find(column);
    const auto& cell = at(column);
    auto reason = cell.empty() ? fmt::format("пусто: {} · empty: {}", russian, english)
                               : fmt::format("«{}»: {} · {}", utf8_prefix(cell, 40), russian, english);
    problems_.push_back({std::string(to_string(sheet_.kind)), row_.line,
                         header == sheet_.headers.end() ? std::string() : header->second, std::move(reason)});
  }

  // Sets `field` to what `parse` makes of the cell; an empty cell says nothing.
  template <class Parse>
  void take(bj::object& fields, std::string_view field, Parse parse, std::string_view russian,
            std::string_view english) {
    const auto& cell = at(field);
    if (cell.empty()) return;
    auto value = parse(cell);
    if (value) {
      fields[field] = *value;
    } else {
      wrong(field, russian, english);
    }
  }

  std::string id() {
    if (at("id").empty()) return {};
    auto id = events::normal_id(bj::string(at("id")));
    if (!id) wrong("id", "нужно не больше 64 знаков", "at most 64 characters fit");
    return id.value_or("");
  }

  void take_text(bj::object& fields, std::string_view field) {
    take(
        fields, field,
        [](const std::string& cell) {
          return utf8_length(cell) <= 1000 ? std::optional(cell) : std::nullopt;
        },
        "нужно не больше 1000 знаков", "at most 1000 characters fit");
  }

 private:
  const Sheet& sheet_;
  const SheetRow& row_;
  Problems& problems_;
};

void take_roles(Cells& cells, PersonRow& row) {
  bj::array names;
  for (const auto& word : parse_several(cells.at("role"))) {
    auto role = parse_role(word);
    if (!role) break;
    row.roles.push_back(*role);
    names.emplace_back(to_string(*role));
  }
  if (row.roles.empty() || names.size() != parse_several(cells.at("role")).size())
    return cells.wrong("role", "нужно: ученик, родитель, репетитор или администратор",
                       "one of student, parent, tutor, admin is needed");
  row.fields["roles"] = std::move(names);
}

template <class Check>
auto if_true(Check check) {
  return [check](const std::string& cell) { return check(cell) ? std::optional(cell) : std::nullopt; };
}

void take_details(Cells& cells, PersonRow& row, Time now) {
  auto& fields = row.fields;
  cells.take(fields, "email", if_true([](const auto& c) { return json::has_format(c, json::Format::email); }),
             "это не адрес почты", "this is no e-mail address");
  cells.take(fields, "telegram_id", if_true([](const auto& c) { return json::plain_integer(c); }),
             "нужен числовой id; вместо него проще дать человеку ссылку: repitbot link",
             "a numeric id is needed; a link is easier: repitbot link");
  cells.take(fields, "language", &parse_language, "нужно ru или en", "ru or en is needed");
  cells.take(fields, "timezone", if_true([](const auto& c) { return Zone::find(c).has_value(); }),
             "нужен часовой пояс, например Europe/Moscow или Asia/Omsk",
             "a time zone such as Europe/Moscow is needed");
  cells.take(fields, "address_form", &parse_address_form, "нужно ты или вы", "ты or вы is needed");
  auto this_year = year_of(now);
  cells.take(
      fields, "birth_year",
      [this_year](const std::string& c) -> std::optional<std::int64_t> {
        if (c.size() != 4 || !json::plain_integer(c)) return std::nullopt;
        auto year = std::stoi(c);
        return year >= 1900 && year <= this_year ? std::optional<std::int64_t>(year) : std::nullopt;
      },
      "нужен год, например 2012", "a year such as 2012 is needed");
}

PersonRow read_person(Cells cells, int line, Time now) {
  PersonRow row;
  row.line = line;
  row.id = cells.id();
  row.name = cells.at("name");
  if (row.name.empty() || utf8_length(row.name) > 200)
    cells.wrong("name", "нужно имя не длиннее 200 знаков", "a name of at most 200 characters is needed");
  row.fields["full_name"] = row.name;
  take_roles(cells, row);
  take_details(cells, row, now);
  row.children = parse_several(cells.at("parent_of"));
  row.tutors = parse_several(cells.at("tutor"));
  if (!row.children.empty() && std::ranges::find(row.roles, Audience::parent) == row.roles.end())
    cells.wrong("parent_of", "дети бывают у роли «родитель»", "children belong to the role parent");
  return row;
}

void take_money(Cells& cells, bj::object& fields) {
  auto upper = cells.at("currency");
  std::ranges::transform(upper, upper.begin(), [](unsigned char c) { return std::toupper(c); });
  bool letters = upper.size() == 3 && std::ranges::all_of(upper, [](char c) { return c >= 'A' && c <= 'Z'; });
  if (!upper.empty() && !letters)
    return cells.wrong("currency", "нужен код валюты, например RUB", "a currency code such as RUB is needed");
  if (cells.at("price").empty()) return;
  auto currency = upper.empty() ? "RUB" : upper;
  cells.take(
      fields, "price", [&](const std::string& cell) { return parse_price(cell, currency); },
      "нужна цена, например 1500 или 1500,50", "a price such as 1500 or 1500.50 is needed");
  fields["currency"] = currency;
}

void take_repetition(Cells& cells, LessonRow& row) {
  const auto& cell = cells.at("weekly_until");
  if (cell.empty()) return;
  row.weekly_until = parse_day(cell);
  if (!row.weekly_until)
    return cells.wrong("weekly_until", "нужна дата, например 24.12.2026",
                       "a date such as 2026-12-24 is needed");
  const auto* local = std::get_if<LocalTime>(&row.start);
  auto first = std::chrono::floor<std::chrono::days>(
      local != nullptr ? *local : LocalTime(std::get<Time>(row.start).time_since_epoch()));
  if (*row.weekly_until < first) cells.wrong("weekly_until", "это раньше начала", "this is before the start");
  if (*row.weekly_until > first + std::chrono::weeks(kMostWeeks))
    cells.wrong("weekly_until", "это больше чем через два года после начала",
                "this is more than two years after the start");
}

LessonRow read_lesson(Cells cells, int line) {
  LessonRow row;
  row.line = line;
  row.id = cells.id();
  row.students = parse_several(cells.at("student"));
  row.tutor = cells.at("tutor");
  if (row.students.empty()) cells.wrong("student", "нужно имя ученика", "the name of a student is needed");
  auto start = parse_start(cells.at("start"));
  if (start) {
    row.start = *start;
    take_repetition(cells, row);
  } else {
    cells.wrong("start", "нужны дата и время, например 01.09.2026 17:00",
                "a date with a time such as 2026-09-01 17:00 is needed");
  }
  const auto& minutes = cells.at("duration");
  if (auto parsed = parse_minutes(minutes)) {
    row.fields["duration_minutes"] = *parsed;
  } else if (!minutes.empty()) {
    cells.wrong("duration", "нужно целое число минут от 1 до 1440",
                "whole minutes from 1 to 1440 are needed");
  }
  take_money(cells, row.fields);
  for (auto field : {"subject", "topic", "meet_link"}) cells.take_text(row.fields, field);
  return row;
}

}  // namespace

std::vector<PersonRow> read_people(const Sheet& sheet, Time now, Problems& problems) {
  std::vector<PersonRow> out;
  for (const auto& row : sheet.rows) out.push_back(read_person({sheet, row, problems}, row.line, now));
  return out;
}

std::vector<LessonRow> read_lessons(const Sheet& sheet, Problems& problems) {
  std::vector<LessonRow> out;
  for (const auto& row : sheet.rows) out.push_back(read_lesson({sheet, row, problems}, row.line));
  return out;
}

std::vector<Time> occurrences(const LessonRow& row, const Zone& zone) {
  const auto* moment = std::get_if<Time>(&row.start);
  auto local = moment != nullptr ? zone.to_local(*moment) : std::get<LocalTime>(row.start);
  std::vector<Time> out{moment != nullptr ? *moment : zone.to_utc(local)};
  if (!row.weekly_until) return out;
  for (local += std::chrono::weeks(1); std::chrono::floor<std::chrono::days>(local) <= *row.weekly_until;
       local += std::chrono::weeks(1))
    out.push_back(zone.to_utc(local));
  return out;
}

}  // namespace rb::notification::lists
