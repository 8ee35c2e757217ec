#include "domain/wording/format.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "time/iso.hpp"

namespace rb::notification {
namespace {

Reader reader(std::string_view language, std::string_view zone = "Europe/Moscow") {
  return {language == "ru", *Zone::find(zone), *parse_iso("2026-09-14T12:00:00Z", Zone::utc())};
}

TEST(FormatDay, names_near_days_and_the_weekday_of_others) {
  EXPECT_EQ(format_day(reader("ru"), "2026-09-14T20:59:00Z"), "сегодня, 14\u00a0сентября");
  EXPECT_EQ(format_day(reader("ru"), "2026-09-14T21:00:00Z"), "завтра, 15\u00a0сентября");
  EXPECT_EQ(format_day(reader("ru"), "2026-09-13T15:00:00Z"), "вчера, 13\u00a0сентября");
  EXPECT_EQ(format_day(reader("ru"), "2026-09-20T15:00:00Z"), "вс, 20\u00a0сентября");
  EXPECT_EQ(format_day(reader("en"), "2026-09-15T15:00:00Z"), "tomorrow, 15\u00a0September");
  EXPECT_EQ(format_day(reader("en"), "2026-09-22T15:00:00Z"), "Tue, 22\u00a0September");
}

TEST(FormatDay, tells_the_year_only_when_it_is_another) {
  EXPECT_EQ(format_day(reader("ru"), "2027-01-12T15:00:00Z"), "вт, 12\u00a0января\u00a02027");
  EXPECT_EQ(format_day(reader("en"), "2025-12-31T15:00:00Z"), "Wed, 31\u00a0December\u00a02025");
}

TEST(FormatDay, follows_the_zone_of_the_reader_but_a_bare_date_follows_none) {
  EXPECT_EQ(format_day(reader("ru", "Asia/Vladivostok"), "2026-09-14T15:00:00Z"), "завтра, 15\u00a0сентября");
  EXPECT_EQ(format_day(reader("ru", "America/New_York"), "2026-09-18"), "пт, 18\u00a0сентября");
}

TEST(FormatDay, refuses_what_is_no_moment) {
  ASSERT_FALSE(format_day(reader("ru"), "завтра"));
  EXPECT_EQ(format_day(reader("ru"), "завтра").error().code, Errc::invalid);
}

TEST(FormatMoment, reads_the_clock_of_the_zone) {
  EXPECT_EQ(format_moment(reader("ru"), "2026-09-14T15:05:00Z", "%H:%M"), "18:05");
  EXPECT_EQ(format_moment(reader("ru", "UTC"), "2026-09-14T18:05:09+03:00", "%H:%M:%S"), "15:05:09");
}

TEST(FormatMoment, knows_the_patterns_of_strftime_in_both_languages) {
  EXPECT_EQ(format_moment(reader("ru"), "2026-09-14T15:05:00Z", "%d.%m.%Y"), "14.09.2026");
  EXPECT_EQ(format_moment(reader("ru"), "2026-09-14", "%A, %d %B (%b)"), "понедельник, 14 сентября (сен)");
  EXPECT_EQ(format_moment(reader("en"), "2026-09-14", "%a %b %A %B %j %y 100%% %"),
            "Mon Sep Monday September 257 26 100% %");
}

TEST(FormatCurrency, groups_digits_and_leaves_out_zero_decimals) {
  EXPECT_EQ(format_currency(reader("ru"), "12000", "RUB"), "12\u00a0000\u00a0₽");
  EXPECT_EQ(format_currency(reader("ru"), "1234567.50", "RUB"), "1\u00a0234\u00a0567,50\u00a0₽");
  EXPECT_EQ(format_currency(reader("en"), "1234.5", "USD"), "1,234.50\u00a0$");
  EXPECT_EQ(format_currency(reader("ru"), "0", "₽"), "0\u00a0₽");
  EXPECT_EQ(format_currency(reader("ru"), "-999.00", "EUR"), "−999\u00a0€");
  EXPECT_EQ(format_currency(reader("ru"), "100000", "JPY"), "100\u00a0000\u00a0JPY");
}

TEST(FormatCurrency, refuses_what_is_no_amount) {
  EXPECT_FALSE(format_currency(reader("ru"), "много", "RUB"));
  EXPECT_FALSE(format_currency(reader("ru"), "", "RUB"));
}

TEST(FormatNumber, keeps_at_most_two_decimals) {
  EXPECT_EQ(format_number(reader("ru"), 4.5), "4,5");
  EXPECT_EQ(format_number(reader("ru"), 5), "5");
  EXPECT_EQ(format_number(reader("ru"), 12345.678), "12\u00a0345,68");
  EXPECT_EQ(format_number(reader("en"), -1000), "−1,000");
  EXPECT_EQ(format_number(reader("en"), -0.001), "0");
}

TEST(Plural, follows_the_russian_rule_with_three_forms) {
  std::vector<std::string_view> forms = {"урок", "урока", "уроков"};
  for (int n : {1, 21, 101, -1}) EXPECT_EQ(plural(n, forms), "урок") << n;
  for (int n : {2, 3, 4, 22, 104}) EXPECT_EQ(plural(n, forms), "урока") << n;
  for (int n : {0, 5, 11, 12, 14, 20, 111, 112, 25}) EXPECT_EQ(plural(n, forms), "уроков") << n;
}

TEST(Plural, follows_the_english_rule_with_two_forms) {
  std::vector<std::string_view> forms = {"lesson", "lessons"};
  EXPECT_EQ(plural(1, forms), "lesson");
  for (int n : {0, 2, 11, 21}) EXPECT_EQ(plural(n, forms), "lessons") << n;
}

}  // namespace
}  // namespace rb::notification
