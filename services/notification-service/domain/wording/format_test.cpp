#include "domain/wording/format.hpp"

#include <gtest/gtest.h>

#include "time/iso.hpp"

namespace rb::notification {
namespace {

Result<std::string> day(std::string_view moment, std::string_view language,
                        std::string_view zone = "Europe/Moscow") {
  return format_day(moment, *Zone::find(zone), *parse_iso("2026-09-14T12:00:00Z", Zone::utc()), language);
}

TEST(FormatDay, names_near_days_and_the_weekday_of_others) {
  EXPECT_EQ(day("2026-09-14T20:59:00Z", "ru"), "сегодня, 14\u00a0сентября");
  EXPECT_EQ(day("2026-09-14T21:00:00Z", "ru"), "завтра, 15\u00a0сентября");
  EXPECT_EQ(day("2026-09-13T15:00:00Z", "ru"), "вчера, 13\u00a0сентября");
  EXPECT_EQ(day("2026-09-20T15:00:00Z", "ru"), "вс, 20\u00a0сентября");
  EXPECT_EQ(day("2026-09-15T15:00:00Z", "en"), "tomorrow, 15\u00a0September");
  EXPECT_EQ(day("2026-09-22T15:00:00Z", "en"), "Tue, 22\u00a0September");
}

TEST(FormatDay, tells_the_year_only_when_it_is_another) {
  EXPECT_EQ(day("2027-01-12T15:00:00Z", "ru"), "вт, 12\u00a0января\u00a02027");
  EXPECT_EQ(day("2025-12-31T15:00:00Z", "en"), "Wed, 31\u00a0December\u00a02025");
}

TEST(FormatDay, follows_the_zone_of_the_reader_but_a_bare_date_follows_none) {
  EXPECT_EQ(day("2026-09-14T15:00:00Z", "ru", "Asia/Vladivostok"), "завтра, 15\u00a0сентября");
  EXPECT_EQ(day("2026-09-18", "ru", "America/New_York"), "пт, 18\u00a0сентября");
  EXPECT_EQ(day("2026-09-18", "ru", "Pacific/Auckland"), "пт, 18\u00a0сентября");
}

TEST(FormatDay, refuses_what_is_no_moment) {
  ASSERT_FALSE(day("завтра", "ru"));
  EXPECT_EQ(day("завтра", "ru").error().code, Errc::invalid);
}

TEST(FormatMoney, groups_digits_and_leaves_out_zero_decimals) {
  EXPECT_EQ(format_money("12000", "RUB", "ru"), "12\u00a0000\u00a0₽");
  EXPECT_EQ(format_money("1234567.50", "RUB", "ru"), "1\u00a0234\u00a0567,50\u00a0₽");
  EXPECT_EQ(format_money("1234.5", "USD", "en"), "1,234.50\u00a0$");
  EXPECT_EQ(format_money("0.00", "₽", "ru"), "0\u00a0₽");
  EXPECT_EQ(format_money("-999.00", "EUR", "ru"), "-999\u00a0€");
  EXPECT_EQ(format_money("100000", "JPY", "ru"), "100\u00a0000\u00a0JPY");
}

TEST(FormatMoney, refuses_what_is_no_amount) {
  for (const char* amount : {"много", "", "1.005", "1,5"})
    EXPECT_FALSE(format_money(amount, "RUB", "ru")) << amount;
}

TEST(FormatNumber, keeps_at_most_two_decimals) {
  EXPECT_EQ(format_number(4.5, "ru"), "4,5");
  EXPECT_EQ(format_number(5, "ru"), "5");
  EXPECT_EQ(format_number(12345.678, "ru"), "12\u00a0345,68");
  EXPECT_EQ(format_number(-1000, "en"), "-1,000");
  EXPECT_EQ(format_number(-0.001, "en"), "0");
}

}  // namespace
}  // namespace rb::notification
