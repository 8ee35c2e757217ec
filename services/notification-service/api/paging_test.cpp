#include "api/paging.hpp"

#include <gtest/gtest.h>

#include "api/qr.hpp"
#include "api/unsubscribe_page.hpp"
#include "time/iso.hpp"

namespace rb::notification {
namespace {

TEST(Cursor, leads_back_to_its_place) {
  Place place{from_micros(1'700'000'000'123'456), "018f:with:colons"};
  EXPECT_EQ(read_cursor(cursor_of(place)).value(), place);
  EXPECT_EQ(read_cursor(std::nullopt).value(), std::nullopt);
}

TEST(Cursor, that_is_none_of_ours_is_refused) {
  for (const auto* text : {"!", "MTIz", "eDp5", "MTIzOg"}) {
    auto read = read_cursor(std::string(text));
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().fields.at(0).field, "cursor");
  }
}

TEST(Period, holds_its_last_day_whole) {
  EXPECT_EQ(format_iso(*period_end("to_date", "2026-01-31").value()), "2026-02-01T00:00:00Z");
  EXPECT_EQ(format_iso(*period_end("to_date", "2026-01-31T10:00:00Z").value()), "2026-01-31T10:00:00Z");
  EXPECT_EQ(format_iso(*period_start("from_date", "2026-01-31").value()), "2026-01-31T00:00:00Z");
  EXPECT_EQ(period_start("from_date", "soon").error().fields.at(0).field, "from_date");
}

TEST(QrCode, is_a_square_picture_with_a_quiet_zone) {
  auto svg = qr_svg("https://t.me/a_bot?start=abc");
  EXPECT_TRUE(svg.starts_with("<svg ")) << svg;
  EXPECT_NE(svg.find("viewBox=\"0 0 37 37\""), std::string::npos) << svg.substr(0, 100);
  EXPECT_NE(svg.find("M4 4h1v1h-1z"), std::string::npos);
}

TEST(UnsubscribePage, escapes_what_it_shows_and_posts_only_when_there_is_a_button) {
  UnsubscribePage page{UnsubscribePage::State::asks, "<b>", "to\"ken", false};
  auto html = unsubscribe_html(page);
  EXPECT_NE(html.find("“&lt;b&gt;”"), std::string::npos) << html;
  EXPECT_NE(html.find("action=\"/unsubscribe?token=to%22ken\""), std::string::npos);
  page.state = UnsubscribePage::State::broken;
  EXPECT_EQ(unsubscribe_html(page).find("<form"), std::string::npos);
}

}  // namespace
}  // namespace rb::notification
