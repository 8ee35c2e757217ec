#include <gtest/gtest.h>

#include <limits>

#include "plot/number_format.hpp"
#include "plot/time_format.hpp"

namespace rb::plot {
namespace {

std::string number(std::string_view format, double value, std::string_view language = "en") {
  auto parsed = NumberFormat::parse(format);
  if (!parsed) return "invalid";
  return (*parsed)(value, locale_of(language));
}

TEST(NumberFormat, writes_what_d3_writes) {
  struct Case {
    std::string_view format;
    double value;
    std::string_view expected;
  };
  for (auto [format, value, expected] : std::initializer_list<Case>{{",.2f", 1234567.891, "1,234,567.89"},
                                                                    {",.0f", 1234.5, "1,235"},
                                                                    {".0f", 2.5, "3"},
                                                                    {".2f", 1.005, "1.00"},
                                                                    {".1f", 0.25, "0.3"},
                                                                    {"~s", 1500, "1.5k"},
                                                                    {".3s", 0.000012345, "12.3µ"},
                                                                    {"s", 12345678, "12.3457M"},
                                                                    {".1%", 0.1234, "12.3%"},
                                                                    {"%", 0.5, "50.000000%"},
                                                                    {".0%", 0.005, "1%"},
                                                                    {"$,.2f", -1234.5, "-$1,234.50"},
                                                                    {"(.2f", -3, "(3.00)"},
                                                                    {"+.1f", 0, "+0.0"},
                                                                    {".1e", 12345, "1.2e+4"},
                                                                    {".2r", 1234, "1200"},
                                                                    {".2p", 0.1234, "12%"},
                                                                    {".3g", 0.00000012345, "1.23e-7"},
                                                                    {"08,.1f", 1234.5, "01,234.5"},
                                                                    {"*^9d", 42, "***42****"},
                                                                    {"#x", 255, "0xff"},
                                                                    {"", 1.50, "1.5"},
                                                                    {",", 1234567.25, "1,234,567.25"},
                                                                    {"d", -0.2, "0"},
                                                                    {".2f", 999.999, "1000.00"},
                                                                    {".3s", 999999, "1.00M"}})
    EXPECT_EQ(number(format, value), expected) << format << ' ' << value;
}

TEST(NumberFormat, writes_russian_numbers_with_comma_and_unbreakable_blanks) {
  EXPECT_EQ(number(",.2f", 1234.5, "ru"), "1\u00a0234,50");
  EXPECT_EQ(number("$,.2f", 1234.5, "ru"), "1\u00a0234,50\u00a0₽");
  EXPECT_EQ(number(".1%", 0.105, "ru-RU"), "10,5%");
}

TEST(NumberFormat, refuses_what_is_no_format) {
  for (auto text : {"abc", ",.f2", "..2f", "%d", ".2ff", "9999999999d"})
    EXPECT_EQ(number(text, 1), "invalid") << text;
}

TEST(NumberFormat, writes_numbers_that_are_none) {
  EXPECT_EQ(number(",.2f", std::numeric_limits<double>::quiet_NaN()), "NaN");
  EXPECT_EQ(number(".1f", -std::numeric_limits<double>::infinity()), "-∞");
  EXPECT_EQ(number("f", 1e300).size(), 301U);
}

TEST(PlainNumbers, keep_years_whole_and_part_larger_numbers) {
  const auto& en = locale_of("en");
  EXPECT_EQ(localized("2026", en), "2026");
  EXPECT_EQ(localized("20260", en), "20,260");
  EXPECT_EQ(localized("-1234.5", with_separators(en, ", ")), "-1\u00a0234,5");
  EXPECT_EQ(localized("1234", en, true), "1,234");
  EXPECT_EQ(precise(63.917, 3), "63.9");
  EXPECT_EQ(precise(100.0, 3), "100");
  EXPECT_EQ(fixed(-0.001, 2), "0.00");
}

constexpr double kMoment = 1'789'480'805'123;  // 2026-09-15T14:00:05.123Z, a Tuesday

std::string moment(std::string_view format, std::string_view language = "en") {
  return format_time(kMoment, format, locale_of(language));
}

TEST(TimeFormat, writes_what_d3_writes) {
  EXPECT_EQ(moment("%Y-%m-%d %H:%M:%S.%L"), "2026-09-15 14:00:05.123");
  EXPECT_EQ(moment("%a %A %b %B %e %-I%p"), "Tue Tuesday Sep September 15 2PM");
  EXPECT_EQ(moment("%j %U %W %V %u %w %q %h %y %Z %%"), "258 37 37 38 2 2 3 2 26 +0000 %");
  EXPECT_EQ(moment("%2f|%_m|%-m"), "12| 9|9");
  EXPECT_EQ(moment("%x %X"), "09/15/2026 14:00:05");
  EXPECT_EQ(format_time(0, "%I %p", locale_of("en")), "12 AM");
  EXPECT_EQ(format_time(12 * 3'600'000, "%-I %p", locale_of("en")), "12 PM");
  EXPECT_EQ(moment("100% %i %"), "100% %i %");
  EXPECT_EQ(format_time(-1, "%Y-%m-%d %H:%M", locale_of("en")), "1969-12-31 23:59");
  EXPECT_EQ(format_time(1e300, "%Y", locale_of("en")), "");
}

TEST(TimeFormat, puts_russian_months_into_the_genitive_beside_a_day) {
  EXPECT_EQ(moment("%-d %b", "ru"), "15 сен");
  EXPECT_EQ(moment("%-d %B %Y", "ru"), "15 сентября 2026");
  EXPECT_EQ(moment("%B %Y", "ru"), "Сентябрь 2026");
  EXPECT_EQ(format_time(1'778'000'000'000, "%-d %b", locale_of("ru")), "5 мая");
}

}  // namespace
}  // namespace rb::plot
