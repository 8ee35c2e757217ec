#include "plot/text.hpp"

#include <gtest/gtest.h>

#include "plot/markup.hpp"
#include "plot/shaping.hpp"

namespace rb::plot {
namespace {

std::vector<std::string> words(std::string_view markup) {
  std::vector<std::string> out;
  for (const auto& line : parse_markup(markup))
    for (const auto& run : line) out.push_back(run.text);
  return out;
}

TEST(Markup, knows_the_tags_of_plotly) {
  auto lines =
      parse_markup("a<b>b<i>c</i></b><br>x<sup>2</sup><span style='color:#f00;font-size:20px'>r</span>");
  ASSERT_EQ(lines.size(), 2U);
  ASSERT_EQ(lines[0].size(), 3U);
  EXPECT_TRUE(lines[0][1].style.bold);
  EXPECT_TRUE(lines[0][2].style.bold && lines[0][2].style.italic);
  EXPECT_LT(lines[1][1].style.size, 1);
  EXPECT_GT(lines[1][1].style.rise, 0);
  EXPECT_EQ(lines[1][2].style.color, (Color{255, 0, 0}));
  EXPECT_EQ(lines[1][2].style.pixels, 20);
}

TEST(Markup, keeps_a_style_over_a_line_break) {
  auto lines = parse_markup("<b>a<br>b</b>c");
  EXPECT_TRUE(lines[1][0].style.bold);
  EXPECT_FALSE(lines[1][1].style.bold);
}

TEST(Markup, leaves_what_it_does_not_know_as_text) {
  EXPECT_EQ(words("1 < 2"), (std::vector<std::string>{"1 < 2"}));
  EXPECT_EQ(words("a <blink>b</blink>"), (std::vector<std::string>{"a <blink>b</blink>"}));
  EXPECT_EQ(words("</b>a &amp; &#1078; &lt;&nosuch; &"), (std::vector<std::string>{"a & ж <&nosuch; &"}));
}

TEST(Markup, takes_only_links_that_open_a_page_or_a_mail) {
  EXPECT_EQ(parse_markup("<a href='https://a.ru/?b=1'>x</a>")[0][0].style.link, "https://a.ru/?b=1");
  EXPECT_EQ(parse_markup("<a href='javascript:alert(1)'>x</a>")[0][0].style.link, "");
}

TEST(Markup, survives_bytes_that_are_no_text) {
  EXPECT_EQ(words("a\xff\n\x01z"), (std::vector<std::string>{"a?  z"}));
}

TEST(Text, is_as_high_as_a_browser_makes_it) {
  auto one = measure("Доход", {}), three = measure("a<br>b<br>c", {});
  EXPECT_EQ(one.height, 17);
  EXPECT_EQ(one.ascent, 13);
  EXPECT_DOUBLE_EQ(three.height, 17 + 2 * 1.3 * 12);
  EXPECT_EQ(three.lines, 3);
  EXPECT_NEAR(one.width, 35.4, 0.5);
}

TEST(Text, grows_with_its_font) {
  Font large{.size = 24};
  EXPECT_NEAR(measure("1 234,50 ₽", large).width, 2 * measure("1 234,50 ₽", {}).width, 0.5);
  EXPECT_GT(measure("<b>Итого</b>", {}).width, measure("Итого", {}).width);
  EXPECT_EQ(measure("", {}).width, 0);
  EXPECT_GT(measure("🎉", {}).width, 8);
}

TEST(Text, is_wrapped_at_blanks) {
  auto text = wrap("Очень длинная подпись, которой тесно", {}, 100);
  EXPECT_GT(measure(text, {}).lines, 2);
  EXPECT_LE(measure(text, {}).width, 100);
  EXPECT_EQ(plain_text(text), "Очень длинная подпись, которой тесно");
  EXPECT_EQ(wrap("Неделимоедлинноеслово", {}, 20), "Неделимоедлинноеслово");
  EXPECT_EQ(wrap("коротко", {}, 100), "коротко");
}

TEST(Text, is_measured_bold_when_a_line_before_has_begun_so) {
  auto text = wrap("<b>Первая строка вторая строка третья</b>", {}, 90);
  EXPECT_LE(measure(text, {}).width, 90);
}

TEST(TextBudget, stops_shaping_when_it_is_spent) {
  TextBudget budget(10);
  EXPECT_GT(measure("ново1", {.size = 31}).width, 0);  // 9 bytes
  EXPECT_FALSE(budget.is_spent());
  EXPECT_EQ(measure("ново2", {.size = 31}).width, 0);
  EXPECT_TRUE(budget.is_spent());
  EXPECT_GT(measure("ново1", {.size = 31}).width, 0);  // known already
}

}  // namespace
}  // namespace rb::plot
