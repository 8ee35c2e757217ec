#include "domain/wording/html.hpp"

#include <gtest/gtest.h>

namespace rb::notification {
namespace {

TEST(HtmlToText, drops_tags_and_decodes_entities) {
  EXPECT_EQ(html_to_text("<b>Урок</b> &amp; <i>чай</i> &lt;3 &#34;&#x27;&quot;&#128512;"),
            "Урок & чай <3 \"'\"😀");
}

TEST(HtmlToText, writes_the_address_of_a_link_behind_its_label) {
  EXPECT_EQ(html_to_text("<a href=\"https://a.example/?x=1&amp;y=2\">сюда</a>!"),
            "сюда (https://a.example/?x=1&y=2)!");
  EXPECT_EQ(html_to_text("<a href=\"https://a.example\">https://a.example</a>"), "https://a.example");
  EXPECT_EQ(html_to_text("<a>просто</a>"), "просто");
}

TEST(HtmlToText, marks_every_line_of_a_quotation) {
  EXPECT_EQ(html_to_text("до\n<blockquote>раз\nдва</blockquote>\nпосле"), "до\n> раз\n> два\nпосле");
}

TEST(HtmlToText, keeps_line_breaks) { EXPECT_EQ(html_to_text("a\n\nb<br>c<br/>d"), "a\n\nb\nc\nd"); }

TEST(HtmlToText, leaves_alone_what_is_no_markup) {
  EXPECT_EQ(html_to_text("5 < 6 &unknown; & &; <3"), "5 < 6 &unknown; & &; <3");
  EXPECT_EQ(html_to_text("конец <b"), "конец <b");
  EXPECT_EQ(html_to_text("</blockquote></a>"), "");
  EXPECT_EQ(html_to_text(""), "");
}

TEST(SafeMarkup, keeps_what_texts_are_written_in) {
  for (const char* html : {"<b>Урок</b> &amp; чай", "<a href=\"https://a.example/?x=1&amp;y=2\">сюда</a>",
                           "до\n<blockquote>раз\n<i>два</i></blockquote>"})
    EXPECT_EQ(safe_markup(html), html);
}

TEST(SafeMarkup, takes_everything_else_away) {
  EXPECT_EQ(safe_markup("<script>alert(1)</script> <img src=x> 5 < 6"), "alert(1)  5 &lt; 6");
  EXPECT_EQ(safe_markup("<a href=\"javascript:x\">да</a><a onclick=\"x\">нет</a>"), "данет");
  EXPECT_EQ(safe_markup("<B onclick=x>а</B><br>б"), "<b>а</b>\nб");
}

TEST(SafeMarkup, closes_what_is_left_open) {
  EXPECT_EQ(safe_markup("<b>раз <i>два</b> три"), "<b>раз <i>два</i></b> три");
  EXPECT_EQ(safe_markup("</i><b>раз <i>два"), "<b>раз <i>два</i></b>");
}

}  // namespace
}  // namespace rb::notification
