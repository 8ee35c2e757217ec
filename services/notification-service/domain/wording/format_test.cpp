#include "domain/wording/format.hpp"

#include <gtest/gtest.h>

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

TEST(FormatNumber, keeps_at_most_two_decimals) {
  EXPECT_EQ(format_number(true, 4.5), "4,5");
  EXPECT_EQ(format_number(true, 5), "5");
  EXPECT_EQ(format_number(true, 12345.678), "12\u00a0345,68");
  EXPECT_EQ(format_number(false, -1000), "−1,000");
  EXPECT_EQ(format_number(false, -0.001), "0");
}

}  // namespace
}  // namespace rb::notification
