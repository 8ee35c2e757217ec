// Quiet hours and digest windows, as tables over zones and changes of the clock.
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "domain/preferences_json.hpp"
#include "domain/timing/digest_window.hpp"
#include "domain/timing/quiet_hours.hpp"
#include "time/iso.hpp"

namespace rb::notification {
namespace {

Zone zone(std::string_view name) { return Zone::find(name).value(); }

// In the zone unless the text has an offset.
Time at(std::string_view text, const Zone& in) { return parse_iso(text, in).value(); }

constexpr int clock(int hour, int minute = 0) { return hour * 60 + minute; }

struct QuietCase {
  const char* zone;
  QuietHours hours;
  const char* now;
  const char* until;  // "" when it is not quiet
};

TEST(QuietHours, delay_until_the_window_ends) {
  constexpr QuietHours kNight{clock(22), clock(8)}, kNap{clock(13), clock(15)};
  const QuietCase cases[] = {
      {"Europe/Moscow", kNight, "2026-03-10T21:59:59", ""},
      {"Europe/Moscow", kNight, "2026-03-10T22:00", "2026-03-11T08:00"},
      {"Europe/Moscow", kNight, "2026-03-11T00:00", "2026-03-11T08:00"},
      {"Europe/Moscow", kNight, "2026-03-11T07:59:59", "2026-03-11T08:00"},
      {"Europe/Moscow", kNight, "2026-03-11T08:00", ""},
      {"Europe/Moscow", kNight, "2026-03-10T20:00Z", "2026-03-11T08:00"},
      {"Europe/Moscow", kNap, "2026-03-11T14:00", "2026-03-11T15:00"},
      {"Europe/Moscow", kNap, "2026-03-11T15:00", ""},
      {"Europe/Moscow", kNap, "2026-03-11T12:59", ""},
      {"Europe/Moscow", {clock(9), clock(9)}, "2026-03-11T09:00", ""},  // off
      {"Europe/Moscow", {0, clock(7)}, "2026-03-11T00:00", "2026-03-11T07:00"},
      {"Europe/Moscow", {clock(23), 0}, "2026-03-11T23:30", "2026-03-12T00:00"},
      {"Asia/Kolkata", kNight, "2026-03-10T17:00Z", "2026-03-11T02:30Z"},    // +05:30
      {"Asia/Kathmandu", kNight, "2026-03-10T16:20Z", "2026-03-11T02:15Z"},  // +05:45
      {"Pacific/Chatham", kNight, "2026-06-10T22:00", "2026-06-11T08:00"},   // +12:45
      {"America/New_York", kNight, "2026-03-10T22:30", "2026-03-11T08:00"},
      // Berlin loses 02:00..03:00 on 29 March 2026: the night is an hour shorter.
      {"Europe/Berlin", kNight, "2026-03-28T22:00", "2026-03-29T06:00Z"},
      {"Europe/Berlin", {clock(22), clock(2, 30)}, "2026-03-28T23:00", "2026-03-29T01:00Z"},
      {"Europe/Berlin", {clock(2, 10), clock(2, 50)}, "2026-03-29T01:00Z", ""},  // skipped altogether
      {"Europe/Berlin", {clock(2, 30), clock(4)}, "2026-03-29T01:00Z", "2026-03-29T02:00Z"},
      // and has it twice on 25 October 2026: the night is an hour longer.
      {"Europe/Berlin", kNight, "2026-10-24T22:00", "2026-10-25T07:00Z"},
      {"Europe/Berlin", {clock(22), clock(2, 30)}, "2026-10-25T00:40Z", "2026-10-25T01:30Z"},
      {"Europe/Berlin", {clock(22), clock(2, 30)}, "2026-10-25T01:30Z", ""},
      {"Europe/Berlin", {clock(2, 30), clock(4)}, "2026-10-25T00:30Z", "2026-10-25T03:00Z"},
      // Lord Howe moves by half an hour.
      {"Australia/Lord_Howe", kNight, "2026-04-04T22:00", "2026-04-05T08:00"},
  };
  for (const auto& c : cases) {
    auto in = zone(c.zone);
    auto until = quiet_until(c.hours, in, at(c.now, in));
    auto expected = *c.until == '\0' ? std::nullopt : std::optional(at(c.until, in));
    EXPECT_EQ(until, expected) << c.zone << " at " << c.now << ": " << (until ? format_iso(*until) : "none");
  }
}

struct DigestCase {
  const char* zone;
  const char* wish;  // JSON
  const char* now;
  const char* window;
};

TEST(DigestWindow, is_the_next_chosen_hour) {
  const DigestCase cases[] = {
      {"Europe/Moscow", R"({"digest_mode":"daily"})", "2026-03-10T12:00", "2026-03-10T18:00"},
      {"Europe/Moscow", R"({"digest_mode":"daily"})", "2026-03-10T18:00", "2026-03-11T18:00"},
      {"Europe/Moscow", R"({"digest_mode":"daily","digest_time":"7:30"})", "2026-03-10T12:00",
       "2026-03-11T07:30"},
      {"Europe/Moscow", R"({"digest_mode":"daily","digest_time":"00:00"})", "2026-03-10T23:59",
       "2026-03-11T00:00"},
      {"Asia/Kathmandu", R"({"digest_mode":"daily"})", "2026-03-10T00:00Z", "2026-03-10T12:15Z"},
      // 10 March 2026 is a Tuesday.
      {"Europe/Moscow", R"({"digest_mode":"weekly"})", "2026-03-10T12:00", "2026-03-15T18:00"},
      {"Europe/Moscow", R"({"digest_mode":"weekly","digest_weekday":"tuesday"})", "2026-03-10T12:00",
       "2026-03-10T18:00"},
      {"Europe/Moscow", R"({"digest_mode":"weekly","digest_weekday":"tuesday"})", "2026-03-10T18:00",
       "2026-03-17T18:00"},
      // The day is that of the person: Monday has begun in Auckland.
      {"Pacific/Auckland", R"({"digest_mode":"weekly","digest_weekday":"monday","digest_time":"00:30"})",
       "2026-06-14T12:10Z", "2026-06-14T12:30Z"},
      // 02:30 does not exist on 29 March in Berlin and comes twice on 25 October.
      {"Europe/Berlin", R"({"digest_mode":"daily","digest_time":"02:30"})", "2026-03-28T12:00",
       "2026-03-29T01:00Z"},
      {"Europe/Berlin", R"({"digest_mode":"daily","digest_time":"02:30"})", "2026-03-29T01:00Z",
       "2026-03-30T00:30Z"},
      {"Europe/Berlin", R"({"digest_mode":"daily","digest_time":"02:30"})", "2026-10-24T12:00",
       "2026-10-25T00:30Z"},
      {"Europe/Berlin", R"({"digest_mode":"daily","digest_time":"02:30"})", "2026-10-25T00:30Z",
       "2026-10-26T01:30Z"},
      {"Europe/Berlin", R"({"digest_mode":"daily","digest_time":"02:30"})", "2026-10-25T01:10Z",
       "2026-10-26T01:30Z"},
      {"Europe/Berlin", R"({"digest_mode":"daily"})", "2026-03-28T18:00", "2026-03-29T16:00Z"},
  };
  for (const auto& c : cases) {
    auto in = zone(c.zone);
    auto wish = changed({}, boost::json::parse(c.wish).as_object()).value();
    auto window = next_digest(wish, *wish.digest("custom"), in, at(c.now, in));
    EXPECT_EQ(window, at(c.window, in))
        << c.zone << " " << c.wish << " at " << c.now << ": " << format_iso(window);
  }
}

}  // namespace
}  // namespace rb::notification
