#include <gmock/gmock.h>

#include "domain/figures/asking.hpp"
#include "domain/figures/exact.hpp"

namespace rb::analytics {
namespace {

TEST(Days, begin_and_end_with_the_days_of_the_zone) {
  struct {
    const char *what, *zone, *day, *begin, *end;
  } cases[] = {
      {"plain", "Europe/Moscow", "2025-03-30", "2025-03-29T21:00:00Z", "2025-03-30T21:00:00Z"},
      {"of 23 hours", "Europe/Berlin", "2025-03-30", "2025-03-29T23:00:00Z", "2025-03-30T22:00:00Z"},
      {"of 25 hours", "Europe/Berlin", "2025-10-26", "2025-10-25T22:00:00Z", "2025-10-26T23:00:00Z"},
      {"at half past", "Asia/Kolkata", "2025-05-01", "2025-04-30T18:30:00Z", "2025-05-01T18:30:00Z"},
      {"at a quarter to", "Asia/Kathmandu", "2025-05-01", "2025-04-30T18:15:00Z", "2025-05-01T18:15:00Z"},
      {"a shift of half an hour", "Australia/Lord_Howe", "2025-04-06", "2025-04-05T13:00:00Z",
       "2025-04-06T13:30:00Z"},
      {"midnight skipped", "Africa/Cairo", "2025-04-25", "2025-04-24T22:00:00Z", "2025-04-25T21:00:00Z"},
      {"midnight comes twice", "America/Havana", "2025-11-02", "2025-11-02T04:00:00Z",
       "2025-11-03T05:00:00Z"},
  };
  for (const auto& c : cases) {
    Days days(day(c.day), day(c.day), Zone::find(c.zone).value());
    EXPECT_EQ(days.begin(), at(c.begin)) << c.what;
    EXPECT_EQ(days.end(), at(c.end)) << c.what;
    EXPECT_EQ(days.index(at(c.begin)), 0U) << c.what;
    EXPECT_FALSE(days.index(at(c.begin) - Micros(1))) << c.what;
    EXPECT_EQ(days.index(at(c.end) - Micros(1)), 0U) << c.what;
    EXPECT_FALSE(days.index(at(c.end))) << c.what;
  }
}

TEST(Days, a_day_that_the_zone_left_out_holds_nothing) {
  Days days(day("2011-12-29"), day("2011-12-31"), Zone::find("Pacific/Apia").value());
  EXPECT_EQ(days.count(), 3U);
  EXPECT_EQ(days.index(at("2011-12-30T09:59:59Z")), 0U);
  EXPECT_EQ(days.index(at("2011-12-30T10:00:00Z")), 2U);
  Days none(day("2011-12-30"), day("2011-12-30"), Zone::find("Pacific/Apia").value());
  EXPECT_FALSE(none.index(at("2011-12-30T10:00:00Z")));
}

TEST(Days, an_hour_told_again_after_midnight_belongs_to_the_day_before) {
  // Newfoundland used to turn its clocks back at one minute past midnight.
  Days days(day("2010-11-06"), day("2010-11-07"), Zone::find("America/St_Johns").value());
  EXPECT_EQ(days.index(at("2010-11-07T02:30:30Z")), 1U);
  EXPECT_EQ(days.index(at("2010-11-07T02:31:30Z")), 0U);
  EXPECT_EQ(days.index(at("2010-11-07T03:30:00Z")), 1U);
}

TEST(Days, agree_with_the_zone_through_ten_years) {
  for (const char* name :
       {"Europe/Moscow", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Apia"}) {
    auto zone = Zone::find(name).value();
    Days days(day("2008-01-01"), day("2017-12-31"), zone);
    for (auto t = at("2007-12-30"); t < at("2018-01-03"); t += std::chrono::minutes(617)) {
      auto date = std::chrono::floor<std::chrono::days>(zone.to_local(t));
      auto index = days.index(t);
      bool inside = date >= day("2008-01-01") && date <= day("2017-12-31");
      ASSERT_EQ(index.has_value(), inside) << name << ' ' << format_iso(t);
      if (index) {
        ASSERT_EQ(days.date(*index), date) << name << ' ' << format_iso(t);
      }
    }
  }
}

TEST(Days, weeks_start_on_monday) {
  EXPECT_EQ(monday(day("2026-03-01")), day("2026-02-23"));
  EXPECT_EQ(monday(day("2026-03-02")), day("2026-03-02"));
}

TEST(Question, the_previous_period_is_as_long) {
  auto before = previous(asking("2026-03-01", "2026-03-30"));
  EXPECT_EQ(iso_date(before.first), "2026-01-30");
  EXPECT_EQ(iso_date(before.last), "2026-02-28");
}

TEST(Exact, rounds_half_away_from_zero) {
  EXPECT_EQ(rounded(1, 200), 0.01);
  EXPECT_EQ(rounded(-1, 200), -0.01);
  EXPECT_EQ(rounded(1, 201), 0.0);
  EXPECT_EQ(rounded(2675, 1000), 2.68);
  EXPECT_EQ(percent(2, 3), 66.67);
  EXPECT_EQ(percent(0, 0), std::nullopt);
  EXPECT_EQ(mean_money(1000, 3, "RUB"), 3.33);
  EXPECT_EQ(mean_money(1000, 3, "JPY"), 333.33);
}

TEST(Exact, grades_of_thirds_meet_the_half_exactly) {
  Sum grades;
  for (int i = 0; i < 3; ++i) grades.add(std::int64_t{720'720'000} * 10 / 3);
  grades.add(720'720'000 / 50);
  EXPECT_EQ(mean(grades, 720'720'000), 2.51);  // 10.02 / 4
}

}  // namespace
}  // namespace rb::analytics
