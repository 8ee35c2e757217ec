// RFC 5545 rules against the moments that python-dateutil gives for them, and what daylight saving does to
// them.
#include "domain/recurrence.hpp"

#include <gtest/gtest.h>

#include "base/strings.hpp"
#include "time/iso.hpp"

namespace rb::notification {
namespace {

Result<Recurrence> recurrence(const std::string& rule, const std::string& start, const std::string& zone) {
  auto in = Zone::find(zone).value();
  return Recurrence::parse(rule, parse_iso(start, in).value(), in);
}

// The first moments, "2026-01-05T06:00:00Z 2026-…".
std::string moments(const std::string& rule, const std::string& start, const std::string& zone, int count) {
  auto read = recurrence(rule, start, zone);
  if (!read) return read.error().message;
  std::vector<std::string> out;
  auto last = parse_iso(start, Zone::find(zone).value()).value() - Micros(1);
  while (static_cast<int>(out.size()) < count) {
    auto next = read->next_after(last);
    out.push_back(next ? format_iso(*next) : "end");
    if (!next) break;
    last = *next;
  }
  return join(out, " ");
}

// The days of the first moments, "0105 0112 …", where the time of day is not the point.
std::string days(const std::string& rule, const std::string& start, int count) {
  std::vector<std::string> out;
  for (const auto& moment : split(moments(rule, start, "Etc/UTC", count), ' '))
    out.push_back(moment == "end" ? moment : moment.substr(5, 2) + moment.substr(8, 2));
  return join(out, " ");
}

struct Case {
  std::string rule, start, days;
};

TEST(Recurrence, names_the_days_of_its_rule) {
  const std::vector<Case> cases = {
      {"FREQ=DAILY;COUNT=3", "2026-01-05T09:00", "0105 0106 0107 end"},
      {"FREQ=DAILY;INTERVAL=10;COUNT=3", "2026-01-05T09:00", "0105 0115 0125 end"},
      {"FREQ=WEEKLY;COUNT=3", "2026-01-05T09:00", "0105 0112 0119 end"},
      {"FREQ=WEEKLY;UNTIL=20260119T090000Z", "2026-01-05T09:00", "0105 0112 0119 end"},
      {"FREQ=WEEKLY;UNTIL=20260118", "2026-01-05T09:00", "0105 0112 end"},
      {"FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,FR", "2026-01-07T09:00", "0107 0109 0119 0121"},
      // The same rule with another first day of the week: RFC 5545's own example.
      {"FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "1997-08-05T09:00", "0805 0810 0819 0824"},
      {"FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1997-08-05T09:00", "0805 0817 0819 0831"},
      {"FREQ=MONTHLY;BYMONTHDAY=-1", "2026-01-31T09:00", "0131 0228 0331 0430"},
      {"FREQ=MONTHLY", "2026-01-31T09:00", "0131 0331 0531 0731"},
      {"FREQ=MONTHLY;BYMONTHDAY=1,15,-1", "2026-02-10T09:00", "0215 0228 0301 0315"},
      {"FREQ=MONTHLY;BYDAY=1FR", "2026-01-01T09:00", "0102 0206 0306"},
      {"FREQ=MONTHLY;BYDAY=-2MO", "2026-01-01T09:00", "0119 0216 0323"},
      {"FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-01-01T09:00", "0130 0227 0331 0430"},
      {"FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=1", "2026-01-01T09:00", "0103 0201 0301"},
      {"FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "2026-01-01T09:00", "0213 0313 1113"},
      {"FREQ=YEARLY;BYMONTH=9;BYDAY=1MO", "2026-01-01T09:00", "0907 0906 0904"},
      {"FREQ=YEARLY;BYDAY=20MO", "1997-05-19T09:00", "0519 0518 0517"},
      {"FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "1997-05-12T09:00", "0512 0511 0517"},
      {"FREQ=YEARLY;BYYEARDAY=1,-1", "2026-01-02T09:00", "1231 0101 1231"},
      {"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2026-01-01T09:00", "0229 0229"},
      {"rrule:freq=weekly;byday=mo;", "2026-01-06T09:00", "0112 0119"},
  };
  for (const auto& c : cases)
    EXPECT_EQ(days(c.rule, c.start, static_cast<int>(split(c.days, ' ').size())), c.days) << c.rule;
}

TEST(Recurrence, names_the_hours_of_its_rule) {
  EXPECT_EQ(moments("FREQ=DAILY;BYHOUR=9,18;BYMINUTE=0,30", "2026-01-05T10:00", "Etc/UTC", 3),
            "2026-01-05T18:00:00Z 2026-01-05T18:30:00Z 2026-01-06T09:00:00Z");
  EXPECT_EQ(moments("FREQ=HOURLY;INTERVAL=5;BYHOUR=9,10,11,12", "2026-01-05T09:00", "Etc/UTC", 3),
            "2026-01-05T09:00:00Z 2026-01-06T10:00:00Z 2026-01-07T11:00:00Z");
  EXPECT_EQ(moments("FREQ=MINUTELY;INTERVAL=90", "2026-01-05T23:00", "Etc/UTC", 2),
            "2026-01-05T23:00:00Z 2026-01-06T00:30:00Z");
}

TEST(Recurrence, keeps_the_time_on_the_wall_across_daylight_saving) {
  EXPECT_EQ(moments("FREQ=WEEKLY;BYDAY=MO", "2026-03-23T17:00", "Europe/Berlin", 2),
            "2026-03-23T16:00:00Z 2026-03-30T15:00:00Z");
  EXPECT_EQ(moments("FREQ=WEEKLY;BYDAY=MO", "2026-10-19T17:00", "Europe/Berlin", 2),
            "2026-10-19T15:00:00Z 2026-10-26T16:00:00Z");
  EXPECT_EQ(moments("FREQ=DAILY", "2026-03-07T08:00", "America/New_York", 2),
            "2026-03-07T13:00:00Z 2026-03-08T12:00:00Z");
}

TEST(Recurrence, comes_when_a_skipped_hour_would_have_begun_and_once_in_a_doubled_one) {
  EXPECT_EQ(moments("FREQ=DAILY", "2026-03-28T02:30", "Europe/Berlin", 3),
            "2026-03-28T01:30:00Z 2026-03-29T01:00:00Z 2026-03-30T00:30:00Z");
  EXPECT_EQ(moments("FREQ=DAILY", "2026-10-24T02:30", "Europe/Berlin", 3),
            "2026-10-24T00:30:00Z 2026-10-25T00:30:00Z 2026-10-26T01:30:00Z");
  // 02:00 and 03:00 are the same moment in spring, and in autumn two hours pass between 02:00 and 03:00.
  EXPECT_EQ(moments("FREQ=HOURLY", "2026-03-29T01:00", "Europe/Berlin", 3),
            "2026-03-29T00:00:00Z 2026-03-29T01:00:00Z 2026-03-29T02:00:00Z");
  EXPECT_EQ(moments("FREQ=HOURLY", "2026-10-25T01:00", "Europe/Berlin", 3),
            "2026-10-24T23:00:00Z 2026-10-25T00:00:00Z 2026-10-25T02:00:00Z");
}

TEST(Recurrence, ends_by_the_clock_of_its_zone) {
  EXPECT_EQ(moments("FREQ=DAILY;UNTIL=20260106T090000", "2026-01-05T09:00", "Europe/Moscow", 3),
            "2026-01-05T06:00:00Z 2026-01-06T06:00:00Z end");
  EXPECT_EQ(moments("FREQ=DAILY;UNTIL=20260106T055959Z", "2026-01-05T09:00", "Europe/Moscow", 3),
            "2026-01-05T06:00:00Z end");
}

TEST(Recurrence, goes_on_from_any_moment_as_from_its_start) {
  for (const auto* rule : {"FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU", "FREQ=WEEKLY;INTERVAL=3;COUNT=40",
                           "FREQ=HOURLY;INTERVAL=7", "FREQ=MONTHLY;INTERVAL=5;BYDAY=-1FR"}) {
    auto read = recurrence(rule, "2026-01-06T09:00", "Europe/Berlin").value();
    auto moment = read.next_after(Time{});
    for (int i = 0; i < 30 && moment; ++i) {
      auto next = read.next_after(*moment);
      if (!next) break;
      EXPECT_EQ(read.next_after(*next - std::chrono::minutes(1)), next) << rule;
      EXPECT_EQ(read.next_after(*moment + std::chrono::minutes(1)), next) << rule;
      moment = next;
    }
  }
}

TEST(Recurrence, tells_what_has_passed_while_nobody_looked) {
  auto daily = recurrence("FREQ=DAILY;COUNT=5", "2026-03-27T08:00", "Europe/Berlin").value();
  auto utc = [](const char* text) { return parse_iso(text, Zone::utc()).value(); };
  auto passed = daily.passed(utc("2026-03-27T07:00"), utc("2026-03-30T06:30"));
  EXPECT_EQ(format_iso(passed.newest), "2026-03-30T06:00:00Z");
  EXPECT_EQ(passed.earlier, 3);
  EXPECT_EQ(passed.next, utc("2026-03-31T06:00"));
  auto over = daily.passed(utc("2026-03-31T06:00"), utc("2027-01-01T00:00"));
  EXPECT_EQ(over.earlier, 0);
  EXPECT_EQ(over.next, std::nullopt);
}

TEST(Recurrence, says_what_is_wrong_with_a_rule) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"", "has a part without “=”: "},
      {"every monday", "has a part without “=”: EVERY MONDAY"},
      {"BYDAY=MO", "has no FREQ"},
      {"FREQ=FORTNIGHTLY", "FREQ must be one of YEARLY, MONTHLY, WEEKLY, DAILY, HOURLY, MINUTELY"},
      {"FREQ=DAILY;FREQ=WEEKLY", "FREQ stands in it twice"},
      {"FREQ=DAILY;INTERVAL=0", "INTERVAL must be a number from 1 to 10000"},
      {"FREQ=DAILY;COUNT=many", "COUNT must be a number from 1 to 10000"},
      {"FREQ=DAILY;COUNT=2;UNTIL=20270101", "has COUNT and UNTIL, and only one of them can end it"},
      {"FREQ=DAILY;UNTIL=20270230", "UNTIL must be like 20261231 or 20261231T180000Z"},
      {"FREQ=DAILY;BYHOUR=24", "BYHOUR must be numbers from 0 to 23"},
      {"FREQ=MONTHLY;BYMONTHDAY=0", "BYMONTHDAY must be numbers from 1 to 31, or negative ones from the end"},
      {"FREQ=WEEKLY;BYDAY=MON", "BYDAY must be weekdays like MO, or 1MO and -1FR, the first and the last"},
      {"FREQ=WEEKLY;BYDAY=1MO", "has BYDAY with numbers, which needs FREQ=MONTHLY or YEARLY"},
      {"FREQ=WEEKLY;BYMONTHDAY=1", "has BYMONTHDAY, which does not go with FREQ=WEEKLY"},
      {"FREQ=MONTHLY;BYSETPOS=1", "has BYSETPOS, which needs another BY… part to choose from"},
      {"FREQ=DAILY;X-MOOD=good", "has an unknown part: X-MOOD"},
      {"FREQ=SECONDLY;INTERVAL=3600", "comes more often than every 15 minutes"},
      {"FREQ=MINUTELY;INTERVAL=10", "comes more often than every 15 minutes"},
      {"FREQ=HOURLY;BYMINUTE=0,10", "comes more often than every 15 minutes"},
      {"FREQ=WEEKLY;BYDAY=MO,TU;BYHOUR=0,23;BYMINUTE=0,50", "comes more often than every 15 minutes"},
      {"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "names no moment within ten years of its start"},
      {"FREQ=DAILY;INTERVAL=7;BYDAY=TU", "names no moment within ten years of its start"},
      {"FREQ=DAILY;UNTIL=20251231", "names no moment within ten years of its start"},
      {"FREQ=MINUTELY;INTERVAL=15;BYMONTH=2;BYMONTHDAY=30", "names no moment within ten years of its start"},
  };
  for (const auto& [rule, reason] : cases)
    EXPECT_EQ(moments(rule, "2026-01-05T09:00", "Etc/UTC", 1), reason) << rule;
}

}  // namespace
}  // namespace rb::notification
