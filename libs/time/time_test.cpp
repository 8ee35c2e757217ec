#include <gtest/gtest.h>

#include "time/backoff.hpp"
#include "time/clock.hpp"
#include "time/iso.hpp"
#include "time/zone.hpp"

namespace rb {
namespace {

Time utc(std::string_view text) { return parse_iso(text, Zone::utc()).value(); }
LocalTime reading(std::string_view text) { return LocalTime(utc(text).time_since_epoch()); }

TEST(Iso, reads_offsets_fractions_and_bare_dates) {
  auto moscow = Zone::find("Europe/Moscow").value();
  struct {
    std::string_view text, expected;
  } cases[] = {
      {"2026-01-02T10:00:00Z", "2026-01-02T10:00:00Z"},
      {"2026-01-02T10:00:00+03:00", "2026-01-02T07:00:00Z"},
      {"2026-01-02T10:00:00-0530", "2026-01-02T15:30:00Z"},
      {"2026-01-02 10:00", "2026-01-02T07:00:00Z"},
      {"2026-01-02T10:00:00.5", "2026-01-02T07:00:00.500000Z"},
      {"2026-01-02T10:00:00.1234567Z", "2026-01-02T10:00:00.123456Z"},
      {"2026-01-02", "2026-01-01T21:00:00Z"},
  };
  for (auto& c : cases) EXPECT_EQ(format_iso(parse_iso(c.text, moscow).value()), c.expected) << c.text;
}

TEST(Iso, refuses_what_is_not_a_moment) {
  for (std::string_view text :
       {"", "yesterday", "2026-13-01", "2026-02-30", "2026-01-02T25:00", "2026-01-02T10:00:61",
        "2026-01-02T10:00:00+", "1969-12-31", "2026-01-02T10:00:00Zx", "2026-1-2"})
    EXPECT_FALSE(parse_iso(text, Zone::utc())) << text;
}

TEST(Zone, shifts_a_reading_that_daylight_saving_skips) {
  auto berlin = Zone::find("Europe/Berlin").value();
  EXPECT_EQ(berlin.to_utc(reading("2026-03-29T02:30:00Z")), utc("2026-03-29T01:00:00Z"));
}

TEST(Zone, takes_the_earlier_of_two_equal_readings) {
  auto berlin = Zone::find("Europe/Berlin").value();
  EXPECT_EQ(berlin.to_utc(reading("2026-10-25T02:30:00Z")), utc("2026-10-25T00:30:00Z"));
}

TEST(Zone, says_how_long_its_clocks_keep_one_offset) {
  auto summer = Zone::find("Europe/Berlin").value().stretch(utc("2026-07-01"));
  EXPECT_EQ(summer.from, utc("2026-03-29T01:00:00Z"));
  EXPECT_EQ(summer.until, utc("2026-10-25T01:00:00Z"));
  EXPECT_EQ(summer.offset, std::chrono::hours(2));
}

TEST(Zone, names_an_unknown_zone) {
  EXPECT_EQ(Zone::find("Mars/Olympus").error().message, "unknown time zone: Mars/Olympus");
}

TEST(ManualClock, wakes_listeners_until_their_token_dies) {
  ManualClock clock(utc("2026-01-01"));
  int woken = 0;
  auto token = clock.on_jump([&] { ++woken; });
  clock.advance(std::chrono::hours(1));
  token.reset();
  clock.advance(std::chrono::hours(1));
  EXPECT_EQ(woken, 1);
  EXPECT_EQ(clock.now(), utc("2026-01-01T02:00:00Z"));
}

TEST(Backoff, doubles_up_to_its_limit_and_stays_in_the_upper_half) {
  Backoff backoff{.first = std::chrono::seconds(1), .most = std::chrono::seconds(8)};
  EXPECT_EQ(backoff.delay(1, 0), std::chrono::milliseconds(500));
  EXPECT_EQ(backoff.delay(2, 0), std::chrono::seconds(1));
  EXPECT_EQ(backoff.delay(3, 0.5), std::chrono::seconds(3));
  EXPECT_EQ(backoff.delay(50, 0), std::chrono::seconds(4));
}

}  // namespace
}  // namespace rb
