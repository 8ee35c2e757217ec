#include "domain/export/text.hpp"

#include <gtest/gtest.h>

#include "domain/told.hpp"

namespace rb::analytics {
namespace {

std::string whole(Style style, std::vector<std::string_view> columns,
                  const std::vector<std::vector<ExportCell>>& rows) {
  ExportText text(style, std::move(columns));
  auto out = text.begin();
  for (const auto& row : rows) text.add(out, row);
  return out + text.end();
}

std::string in_csv(const ExportCell& cell, char delimiter = ',') {
  auto out = whole({Format::csv, delimiter}, {"a"}, {{cell}});
  return out.substr(6, out.size() - 8);  // without the mark, the header and the last line end
}

TEST(ExportText, of_csv_has_a_mark_a_header_and_lines_of_rfc_4180) {
  EXPECT_EQ(whole({}, {"id", "text"}, {{Id{"7"}, std::string("да")}, {Id{"8"}, std::monostate()}}),
            "\xEF\xBB\xBFid,text\r\n7,да\r\n8,\r\n");
}

TEST(ExportText, of_csv_quotes_what_needs_it) {
  struct Case {
    std::string text, with_comma, with_semicolon;
  };
  const std::vector<Case> cases = {{"a b", "a b", "a b"},
                                   {"a,b", "\"a,b\"", "a,b"},
                                   {"a;b", "a;b", "\"a;b\""},
                                   {"a \"b\"", "\"a \"\"b\"\"\"", "\"a \"\"b\"\"\""},
                                   {"a\nb", "\"a\nb\"", "\"a\nb\""},
                                   {"a\rb", "\"a\rb\"", "\"a\rb\""}};
  for (const auto& one : cases) {
    EXPECT_EQ(in_csv(one.text, ','), one.with_comma);
    EXPECT_EQ(in_csv(one.text, ';'), one.with_semicolon);
  }
}

TEST(ExportText, of_csv_has_no_formulas) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"=1+1", "'=1+1"},     {"+7 900", "'+7 900"}, {"-1+1", "'-1+1"}, {"@SUM(A1)", "'@SUM(A1)"},
      {"\tx", "'\tx"},       {"\rx", "\"'\rx\""},   {"-", "'-"},       {"-5", "-5"},
      {"-5.25", "-5.25"},    {"-5.", "'-5."},       {"--5", "'--5"},   {"=a,\"b\"", "\"'=a,\"\"b\"\"\""},
      {"-5.2.5", "'-5.2.5"}, {"x=1", "x=1"},        {"'", "'"},        {"- дроби", "'- дроби"},
      {"-5,2", "\"-5,2\""},  {"-5;1", "'-5;1"},     {"1", "1"},        {"", ""}};
  for (const auto& [text, shown] : cases) EXPECT_EQ(in_csv(text), shown) << text;
  EXPECT_EQ(in_csv(Id{"=7"}), "'=7");
  EXPECT_EQ(in_csv(std::vector<std::string>{"=7", "8"}), "\"'=7, 8\"");
}

TEST(ExportText, of_csv_has_decimal_commas_beside_semicolons) {
  EXPECT_EQ(in_csv(Number{"-1500.50"}, ','), "-1500.50");
  EXPECT_EQ(in_csv(Number{"-1500.50"}, ';'), "-1500,50");
}

TEST(ExportText, of_json_is_a_list_of_objects) {
  EXPECT_EQ(whole({Format::json}, {"a"}, {}), "[\n]\n");
  EXPECT_EQ(whole({Format::json}, {"a", "b"}, {{Id{"7"}, true}, {Id{"x"}, Number{"1500.50"}}}),
            "[\n{\"a\":7,\"b\":true},\n{\"a\":\"x\",\"b\":1500.50}\n]\n");
}

TEST(ExportText, of_ndjson_is_an_object_a_line) {
  EXPECT_EQ(whole({Format::ndjson}, {"a"}, {}), "");
  EXPECT_EQ(whole({Format::ndjson}, {"a", "b", "c"},
                  {{std::string("=\n\""), std::monostate(), RawJson{"{\"x\":1}"}},
                   {std::vector<std::string>{"2", "parent"}, false, RawJson{"{}"}}}),
            "{\"a\":\"=\\n\\\"\",\"b\":null,\"c\":{\"x\":1}}\n{\"a\":[2,\"parent\"],\"b\":false,\"c\":{}}\n");
}

TEST(ExportText, tells_moments_as_the_clocks_of_a_zone_read) {
  auto moment = at("2026-03-01T22:30:00Z");
  EXPECT_EQ(iso(moment_in(moment, Zone::utc())), "2026-03-01T22:30:00+00:00");
  EXPECT_EQ(iso(moment_in(moment, Zone::find("Europe/Moscow").value())), "2026-03-02T01:30:00+03:00");
  EXPECT_EQ(iso(moment_in(moment, Zone::find("America/St_Johns").value())), "2026-03-01T19:00:00-03:30");
  EXPECT_EQ(iso(moment_in(moment + Micros(5), Zone::find("Asia/Kolkata").value())),
            "2026-03-02T04:00:00.000005+05:30");
}

}  // namespace
}  // namespace rb::analytics
