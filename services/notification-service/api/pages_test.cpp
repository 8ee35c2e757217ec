#include <fmt/format.h>
#include <gtest/gtest.h>

#include "api/qr.hpp"
#include "api/unsubscribe_page.hpp"
#include "base/strings.hpp"

namespace rb::notification {
namespace {

constexpr auto kLink = "https://t.me/school_bot?start=abcdefghijklmnopqrstuvwxyz012345";

TEST(QrCode, is_a_square_picture_with_a_quiet_zone) {
  auto svg = qr_svg("https://t.me/a_bot?start=abc");
  EXPECT_TRUE(svg.starts_with("<svg ")) << svg;
  EXPECT_NE(svg.find("viewBox=\"0 0 37 37\""), std::string::npos) << svg.substr(0, 100);
  EXPECT_NE(svg.find("M4 4h1v1h-1z"), std::string::npos);
}

TEST(QrLines, show_the_same_modules_as_the_picture) {
  auto picture = qr_svg(kLink);
  picture.erase(0, picture.find("<path d="));  // the white ground
  auto lines = qr_lines(kLink);
  for (std::size_t row = 0; row < lines.size(); ++row) {
    std::size_t column = 0;
    for (std::string_view left = lines[row]; !left.empty(); ++column) {
      bool space = left.starts_with(' ');
      auto half = left.substr(0, space ? 1 : 3);
      left.remove_prefix(half.size());
      auto in_picture = [&](std::size_t y) { return picture.contains(fmt::format("M{} {}h", column, y)); };
      EXPECT_EQ(half == "▀" || half == "█", in_picture(2 * row)) << column << ' ' << row;
      EXPECT_EQ(half == "▄" || half == "█", in_picture(2 * row + 1)) << column << ' ' << row;
    }
    EXPECT_EQ(utf8_length(lines[row]), utf8_length(lines.front()));
  }
  EXPECT_EQ(lines.size(), (utf8_length(lines.front()) + 1) / 2);
}

TEST(QrLines, have_a_quiet_zone) {
  auto lines = qr_lines(kLink);
  EXPECT_EQ(trim(lines[0] + lines[1]), "");
  for (const auto& line : lines) EXPECT_TRUE(line.starts_with("    ") && line.ends_with("    "));
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
