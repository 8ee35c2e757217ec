#include <gtest/gtest.h>

#include <limits>

#include "json/format.hpp"
#include "json/json.hpp"

namespace rb::json {
namespace {

TEST(JsonText, says_where_and_why_a_text_is_broken) {
  EXPECT_EQ(parse("{\"a\": 1,\n \"b\": x}").error().message,
            "the JSON text is broken at line 2, column 7: syntax error");
  EXPECT_EQ(parse("{\"a\": 1").error().message,
            "the JSON text is broken at line 1, column 8: ends too early");
  EXPECT_EQ(parse("1 2").error().message,
            "the JSON text is broken at line 1, column 3: has more text after its end");
  EXPECT_EQ(parse("").error().message, "the JSON text is broken at line 1, column 1: ends too early");
}

TEST(JsonText, refuses_deep_nesting) {
  EXPECT_TRUE(parse(std::string(64, '[') + std::string(64, ']')));
  EXPECT_NE(parse(std::string(65, '[') + std::string(65, ']')).error().message.find("deeper than 64"),
            std::string::npos);
}

TEST(JsonText, refuses_broken_utf8_and_lone_surrogates) {
  EXPECT_FALSE(parse("\"\xD0\""));
  EXPECT_FALSE(parse(R"("\ud800")"));
}

TEST(JsonText, writes_numbers_as_shortest_plain_decimals) {
  EXPECT_EQ(to_text(1234.5), "1234.5");
  EXPECT_EQ(to_text(1000.0), "1000");
  EXPECT_EQ(to_text(0.1), "0.1");
  EXPECT_EQ(to_text(-0.0), "0");
  EXPECT_EQ(to_text(1e300), "1e+300");
  EXPECT_EQ(to_text(std::numeric_limits<double>::quiet_NaN()), "null");
  EXPECT_EQ(to_text(std::numeric_limits<std::uint64_t>::max()), "18446744073709551615");
}

TEST(JsonText, escapes_what_json_demands_and_nothing_else) {
  EXPECT_EQ(to_text("a\"\\\n\r\t\x01/Ж😀"), R"("a\"\\\n\r\t\u0001/Ж😀")");
}

TEST(JsonText, writes_empty_lists_and_objects) {
  EXPECT_EQ(to_text(array{array{}, object{}, array{1, nullptr}}), "[[],{},[1,null]]");
}

TEST(JsonFormat, tells_addresses_from_what_only_looks_like_them) {
  for (const auto* good : {"a@b.c", "anna.k+x@почта.рф", "a@localhost"})
    EXPECT_TRUE(has_format(good, Format::email)) << good;
  for (const auto* bad : {"", "a", "@b", "a@", "a b@c", "a@b..c", ".a@b", "a@b\r\nBcc:x", "<a@b>"})
    EXPECT_FALSE(has_format(bad, Format::email)) << bad;
}

TEST(JsonFormat, knows_days_of_the_calendar) {
  EXPECT_TRUE(has_format("2026-02-28", Format::date));
  EXPECT_FALSE(has_format("2026-02-30", Format::date));
  EXPECT_FALSE(has_format("2026-02-28T10:00:00Z", Format::date));
}

}  // namespace
}  // namespace rb::json
