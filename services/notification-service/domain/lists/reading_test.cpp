// Bytes → cells → checked rows.
#include <gmock/gmock.h>

#include <boost/json/serialize.hpp>

#include "base/strings.hpp"
#include "domain/lists/csv.hpp"
#include "domain/lists/encoding.hpp"
#include "domain/lists/lists.hpp"

namespace rb::notification::lists {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Cells = std::vector<std::string>;
using namespace std::chrono_literals;

const Time kNow = std::chrono::sys_days(std::chrono::year(2026) / 8 / 20) + 9h;
const std::string kPeople = "имя;роль;почта\nАня Ким;ученик;anya@example.test\nОльга Ли;репетитор;\n";

std::string utf16(std::string_view ascii_and_cyrillic, bool little) {
  std::string out = little ? "\xFF\xFE" : "\xFE\xFF";
  for (std::size_t i = 0; i < ascii_and_cyrillic.size(); ++i) {
    unsigned point = static_cast<unsigned char>(ascii_and_cyrillic[i]);
    if (point >= 0xC0)
      point = (point & 0x1FU) << 6U | (static_cast<unsigned char>(ascii_and_cyrillic[++i]) & 0x3FU);
    char high = static_cast<char>(point >> 8U), low = static_cast<char>(point & 0xFFU);
    out += little ? std::string{low, high} : std::string{high, low};
  }
  return out;
}

std::string windows_1251(std::string_view ascii_and_cyrillic) {
  std::string out;
  for (std::size_t i = 0; i < ascii_and_cyrillic.size(); ++i) {
    unsigned point = static_cast<unsigned char>(ascii_and_cyrillic[i]);
    if (point >= 0xC0) {
      point = (point & 0x1FU) << 6U | (static_cast<unsigned char>(ascii_and_cyrillic[++i]) & 0x3FU);
      point = point - 0x410 + 0xC0;
    }
    out += static_cast<char>(point);
  }
  return out;
}

std::vector<Cells> cells(std::string_view text, char separator = ';') {
  auto rows = read_csv(text, separator);
  std::vector<Cells> out;
  if (!rows) return {{"line " + std::to_string(rows.error().line)}};
  for (auto& row : *rows) out.push_back(std::move(row.cells));
  return out;
}

std::string problem_of(const std::string& csv) {
  Problems problems;
  read_lists({{std::nullopt, csv}}, kNow, problems);
  if (problems.empty()) return "";
  const auto& p = problems.front();
  return p.list + ":" + std::to_string(p.line) + ":" + p.column + ": " + p.reason;
}

TEST(Encoding, gives_the_same_text_however_the_file_was_saved) {
  for (const auto& bytes : {kPeople, "\xEF\xBB\xBF" + kPeople, windows_1251(kPeople), utf16(kPeople, true),
                            utf16(kPeople, false)})
    EXPECT_EQ(to_utf8(bytes).value(), kPeople);
}

TEST(Encoding, names_workbooks_and_other_files_that_are_no_text) {
  EXPECT_THAT(to_utf8("PK\x03\x04 workbook").error().message, HasSubstr("Excel"));
  EXPECT_FALSE(to_utf8(std::string("\x89PNG\0\x01", 6)));
  EXPECT_FALSE(to_utf8("\x98\xFF"));
}

TEST(Csv, reads_quotes_line_ends_and_separators_as_rfc_4180) {
  EXPECT_THAT(cells("a;b\r\nc;d"), ElementsAre(Cells{"a", "b"}, Cells{"c", "d"}));
  EXPECT_THAT(cells("a\rb\n\n ; \nc\n"), ElementsAre(Cells{"a"}, Cells{"b"}, Cells{"c"}));
  EXPECT_THAT(cells(R"("a;b";"say ""hi""")"), ElementsAre(Cells{"a;b", "say \"hi\""}));
  EXPECT_THAT(cells("\"two\r\nlines\";x"), ElementsAre(Cells{"two\nlines", "x"}));
  EXPECT_THAT(cells("ООО \"Ромашка\";"), ElementsAre(Cells{"ООО \"Ромашка\"", ""}));
  EXPECT_THAT(cells(""), ElementsAre());
}

TEST(Csv, tells_on_which_line_a_quote_is_wrong_and_where_rows_begin) {
  EXPECT_THAT(cells("a\n\"b\n\nc"), ElementsAre(Cells{"line 2"}));
  EXPECT_THAT(cells("a\n\"b\"c"), ElementsAre(Cells{"line 2"}));
  auto rows = read_csv("a\n\"b\n\nc\"\nd", ';');
  ASSERT_EQ(rows->size(), 3U);
  EXPECT_EQ((*rows)[2].line, 5);
}

TEST(Csv, finds_the_separator_outside_quotes) {
  EXPECT_EQ(separator_of("\n\"a,b\";c;d\nx,y,z,v"), ';');
  EXPECT_EQ(separator_of("a,b\nc"), ',');
  EXPECT_EQ(separator_of("a\tb\tc,d"), '\t');
  EXPECT_EQ(separator_of("a"), ';');
}

TEST(Lists, are_told_apart_by_their_headers_in_either_language) {
  for (auto text : {"Имя,Роль\nx,ученик", "ROLE;Full_Name\nstudent;x"})
    EXPECT_EQ(kind_of(text), Kind::people) << text;
  for (auto text : {"Начало\tУченик", "student;start"}) EXPECT_EQ(kind_of(text), Kind::lessons) << text;
  EXPECT_FALSE(kind_of("foo;bar"));
  EXPECT_FALSE(kind_of(""));
}

TEST(Lists, do_not_depend_on_separator_encoding_column_order_or_line_ends) {
  auto read = [](const std::string& bytes) {
    Problems problems;
    auto lists = read_lists({{std::nullopt, bytes}}, kNow, problems);
    EXPECT_EQ(problems, Problems{});
    std::string out;
    for (const auto& row : lists.people.value())
      out += row.name + "|" + boost::json::serialize(row.fields.at("roles")) + "|" +
             std::to_string(row.fields.size()) + "\n";
    return out;
  };
  auto expected = read(kPeople);
  EXPECT_EQ(read(replace_all(kPeople, ";", ",")), expected);
  EXPECT_EQ(read(replace_all(kPeople, ";", "\t")), expected);
  EXPECT_EQ(read(replace_all(kPeople, "\n", "\r\n")), expected);
  EXPECT_EQ(read(windows_1251(kPeople)), expected);
  EXPECT_EQ(read("роль;E-Mail;ФИО\nученик;anya@example.test;Аня Ким\nрепетитор;;Ольга Ли"), expected);
}

struct Wrong {
  std::string csv, problem;
};

TEST(Lists, name_line_column_and_what_was_expected) {
  const std::vector<Wrong> cases = {
      {"", "csv:0:: файл пуст"},
      {"имя;роль\n", "people:0:: в списке только заголовки"},
      {"цвет;вкус\n1;2", "csv:1:: по заголовкам не видно"},
      {"имя;почта\nx;y", "people:1:: нет столбца «роль» · there is no column “role”"},
      {"имя;роль;Роль\nx;ученик;ученик", "people:1:Роль: такой столбец уже есть"},
      {"имя;роль\nАня;ученик;;лишнее", "people:2:: ячеек больше, чем столбцов (2)"},
      {"имя;роль\n;ученик", "people:2:имя: пусто: нужно имя"},
      {"имя;роль\nАня;король", "people:2:роль: «король»: нужно: ученик"},
      {"имя;роль\nАня;", "people:2:роль: пусто: нужно: ученик"},
      {"имя;роль;почта\nАня;ученик;нет", "people:2:почта: «нет»: это не адрес почты"},
      {"имя;роль;telegram\nАня;ученик;@anya", "people:2:telegram: «@anya»: нужен числовой id"},
      {"имя;роль;часовой пояс\nАня;ученик;Марс", "people:2:часовой пояс: «Марс»: нужен часовой пояс"},
      {"имя;роль;год рождения\nАня;ученик;2027", "people:2:год рождения: «2027»: нужен год"},
      {"имя;роль;обращение\nАня;ученик;сэр", "people:2:обращение: «сэр»: нужно ты или вы"},
      {"имя;роль;язык\nАня;ученик;fr", "people:2:язык: «fr»: нужно ru или en"},
      {"имя;роль;дети\nАня;ученик;Боря", "people:2:дети: «Боря»: дети бывают у роли"},
      {"ученик;начало\nАня;завтра", "lessons:2:начало: «завтра»: нужны дата и время"},
      {"ученик;начало\nАня;2026-09-01", "lessons:2:начало: «2026-09-01»: нужны дата и время"},
      {"ученик;начало\nАня;31.02.2026 10:00", "lessons:2:начало: «31.02.2026 10:00»"},
      {"ученик;начало\n;01.09.2026 17:00", "lessons:2:ученик: пусто"},
      {"ученик;начало;длительность\nАня;01.09.2026 17:00;час", "lessons:2:длительность: «час»: нужно целое"},
      {"ученик;начало;каждую неделю до\nАня;01.09.2026 17:00;31.08.2026",
       "lessons:2:каждую неделю до: «31.08.2026»: это раньше начала"},
      {"ученик;начало;каждую неделю до\nАня;01.09.2026 17:00;31.08.2036", "больше чем через два года"},
      {"ученик;начало;цена\nАня;01.09.2026 17:00;дорого", "lessons:2:цена: «дорого»: нужна цена"},
      {"ученик;начало;валюта\nАня;01.09.2026 17:00;рубли", "lessons:2:валюта: «рубли»: нужен код валюты"},
      {"ученик;начало\n\"Аня;01.09.2026", "csv:2:: кавычка открыта"},
  };
  for (const auto& [csv, problem] : cases) EXPECT_THAT(problem_of(csv), HasSubstr(problem)) << csv;
}

TEST(Lists, name_the_columns_that_mean_nothing_here) {
  Problems problems;
  auto lists = read_lists({{std::nullopt, "имя;роль;Телефон\nАня;ученик;123"}}, kNow, problems);
  EXPECT_THAT(lists.ignored_people, ElementsAre("Телефон"));
}

TEST(Lists, hold_at_most_5000_rows) {
  std::string csv = "имя;роль\n";
  for (int i = 0; i <= 5000; ++i) csv += "x;ученик\n";
  EXPECT_THAT(problem_of(csv), HasSubstr("5001 строк, а можно не больше 5000"));
}

TEST(Cells, take_dates_as_people_write_them) {
  auto local = [](int day, std::chrono::minutes clock) {
    return Start(LocalTime(std::chrono::local_days(std::chrono::year(2026) / 9 / day)) + clock);
  };
  EXPECT_EQ(parse_start("01.09.2026 17:00"), local(1, 17h));
  EXPECT_EQ(parse_start("1.9.2026 9:30"), local(1, 9h + 30min));
  EXPECT_EQ(parse_start("2026-09-01 17:00"), local(1, 17h));
  EXPECT_EQ(parse_start("2026-09-01T17:00:00"), local(1, 17h));
  EXPECT_EQ(parse_start("01.09.2026, 17:00"), local(1, 17h));
  EXPECT_EQ(parse_start("2026-09-01T17:00:00+03:00"),
            Start(Time(std::chrono::sys_days(std::chrono::year(2026) / 9 / 1) + 14h)));
  for (auto text :
       {"", "17:00", "01.09.26 17:00", "2026-09-01", "01.09.2026 ", "01.13.2026 17:00", "1.9.2026 25:00"})
    EXPECT_EQ(parse_start(text), std::nullopt) << text;
  EXPECT_EQ(parse_day("24.12.2026"), parse_day("2026-12-24"));
}

TEST(Cells, take_prices_minutes_and_several_names_as_people_write_them) {
  EXPECT_EQ(parse_price("1 500,50 ₽", "RUB"), "1500.50");
  EXPECT_EQ(parse_price("1500", "RUB"), "1500.00");
  EXPECT_EQ(parse_price("1500.5", "JPY"), std::nullopt);
  EXPECT_EQ(parse_price("-5", "RUB"), std::nullopt);
  EXPECT_EQ(parse_minutes("90 мин"), 90);
  EXPECT_EQ(parse_minutes("0"), std::nullopt);
  EXPECT_EQ(parse_minutes("1441"), std::nullopt);
  EXPECT_THAT(parse_several("Аня, Боря;Аня;\n"), ElementsAre("Аня", "Боря"));
  EXPECT_EQ(name_key("Ким  Алёна"), name_key("алена КИМ"));
}

TEST(Rows, repeat_weekly_on_the_wall_clock_across_daylight_saving) {
  LessonRow row;
  row.start = *parse_start("2026-10-18 17:00");
  row.weekly_until = parse_day("2026-11-01");
  auto zone = Zone::find("Europe/Berlin").value();  // the clock goes back on 25 October
  std::vector<std::string> hours;
  for (auto moment : occurrences(row, zone)) {
    EXPECT_EQ(split_local(zone.to_local(moment)).clock.hours(), 17h);
    hours.push_back(std::to_string(zone.offset(moment).count() / 3600));
  }
  EXPECT_THAT(hours, ElementsAre("2", "1", "1"));
}

}  // namespace
}  // namespace rb::notification::lists
