#include "api/qr.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/strings.hpp"

namespace rb::notification {
namespace {

constexpr auto kLink = "https://t.me/school_bot?start=abcdefghijklmnopqrstuvwxyz012345";

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

}  // namespace
}  // namespace rb::notification
