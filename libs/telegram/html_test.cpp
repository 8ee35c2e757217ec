#include "telegram/html.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace rb::telegram {
namespace {

std::string normal(std::string_view html) {
  auto parsed = Html::parse(html);
  return parsed ? parsed->html() : "error: " + parsed.error().message;
}

TEST(TelegramHtml, keeps_one_spelling_of_each_tag) {
  EXPECT_EQ(normal("<STRONG>a</STRONG><em>b</em><ins>c</ins><strike>d</strike><del>e</del>"),
            "<b>a</b><i>b</i><u>c</u><s>d</s><s>e</s>");
  EXPECT_EQ(normal(R"(<span class="tg-spoiler">x</span>)"), "<tg-spoiler>x</tg-spoiler>");
  EXPECT_EQ(normal(R"(<a target=_blank href='https://x.ru/?a=1&b=2'>y</a>)"),
            R"(<a href="https://x.ru/?a=1&amp;b=2">y</a>)");
  EXPECT_EQ(normal(R"(<pre><code class="language-cpp">int a;</code></pre>)"),
            R"(<pre><code class="language-cpp">int a;</code></pre>)");
  EXPECT_EQ(normal("<blockquote expandable>q</blockquote>"), "<blockquote expandable>q</blockquote>");
  EXPECT_EQ(
      normal(R"(<tg-time unix="1789000000" format="wDt">вт</tg-time><tg-emoji emoji-id="5">👍</tg-emoji>)"),
      R"(<tg-time unix="1789000000" format="wDt">вт</tg-time><tg-emoji emoji-id="5">👍</tg-emoji>)");
  EXPECT_EQ(normal("a<b></b> \r\nb"), "a \nb");
}

TEST(TelegramHtml, decodes_numeric_and_four_named_entities) {
  auto parsed = Html::parse("&lt;&gt;&amp;&quot;&#39;&#x44F; AT&T & Co > 5");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->plain(), "<>&\"'я AT&T & Co > 5");
  EXPECT_EQ(parsed->html(), "&lt;&gt;&amp;&quot;'я AT&amp;T &amp; Co &gt; 5");
}

struct Refused {
  std::string_view html, reason;
};
class TelegramHtmlRefuses : public testing::TestWithParam<Refused> {};

TEST_P(TelegramHtmlRefuses, what_telegram_would_not_parse) {
  EXPECT_EQ(normal(GetParam().html), "error: " + std::string(GetParam().reason));
}

INSTANTIATE_TEST_SUITE_P(
    Faults, TelegramHtmlRefuses,
    testing::Values(Refused{"a<br>b", "Telegram does not know <br> (byte 4)"},
                    Refused{"<b>a", "<b> is not closed (byte 4)"},
                    Refused{"<b>a</strong>", "expected </b>, found </strong> (byte 12)"},
                    Refused{"<b><i>a</b></i>", "expected </i>, found </b> (byte 10)"},
                    Refused{"a</b>", "</b> closes nothing (byte 4)"},
                    Refused{"1 < 2", "Telegram does not know <> (byte 3)"},
                    Refused{"<b", "a tag has no > (byte 2)"},
                    Refused{"</b", "a closing tag has no > (byte 3)"},
                    Refused{"a&nbsp;b", "Telegram does not know &nbsp; (byte 1)"},
                    Refused{"&#0;", "Telegram does not know &#0; (byte 0)"},
                    Refused{"&#xD800;", "Telegram does not know &#xD800; (byte 0)"},
                    Refused{"<span>a</span>", "<span> must have the class tg-spoiler (byte 6)"},
                    Refused{"<a>b</a>", "<a> must have a href (byte 3)"},
                    Refused{"<a href=\"x>b</a>", "an attribute's value has no end (byte 8)"},
                    Refused{"<a =x>b</a>", "an attribute has no name (byte 3)"},
                    Refused{"<tg-emoji emoji-id=\"x\">a</tg-emoji>",
                            "<tg-emoji> must have a numeric emoji-id (byte 23)"},
                    Refused{"<tg-time>a</tg-time>", "<tg-time> must have its unix time in digits (byte 9)"},
                    Refused{"<tg-time unix=1 format=x>a</tg-time>",
                            "the format of <tg-time> is r or w?[dD]?[tT]? (byte 25)"},
                    Refused{"<pre><b>a</b></pre>", "<b> is not allowed inside <pre> (byte 8)"},
                    Refused{"<code><code>a</code></code>", "<code> is not allowed inside <code> (byte 12)"},
                    Refused{"<blockquote><b><blockquote>a</blockquote></b></blockquote>",
                            "<blockquote> is not allowed inside <blockquote> (byte 27)"},
                    Refused{"\xD0", "the text is not UTF-8 (byte 0)"}));

TEST(TelegramHtml, counts_utf16_units_of_the_visible_text) {
  EXPECT_EQ(Html::parse("<b>Аня</b> &amp; 😀")->length(), 8U);
  EXPECT_EQ(Html{}.length(), 0U);
  EXPECT_TRUE(Html::parse("<b> \n&#160;</b>")->blank());
}

TEST(TelegramHtml, takes_plain_text_as_it_is) {
  auto text = Html::of_text("a < b & \"c\"\xFF");
  EXPECT_EQ(text.html(), "a &lt; b &amp; &quot;c&quot;\uFFFD");
  EXPECT_EQ(text.plain(), "a < b & \"c\"\uFFFD");
}

TEST(TelegramHtml, strips_tags_of_text_that_telegram_refuses) {
  EXPECT_EQ(strip_tags("<p>1 < 2 &amp; <b>x</b></p><br/>&nbsp;<b"), "1 < 2 & x&nbsp;<b");
  EXPECT_EQ(strip_tags("<3 <3"), "<3 <3");
}

std::vector<std::string> parts(std::string_view html, std::size_t limit) {
  std::vector<std::string> out;
  for (const auto& part : Html::parse(html).value().split(limit)) out.push_back(part.html());
  return out;
}

using Parts = std::vector<std::string>;

TEST(TelegramHtmlSplit, closes_and_reopens_tags_at_the_cut) {
  EXPECT_EQ(parts("<a href=\"u\"><b>one two</b></a>", 4),
            (Parts{"<a href=\"u\"><b>one </b></a>", "<a href=\"u\"><b>two</b></a>"}));
}

TEST(TelegramHtmlSplit, prefers_paragraph_then_line_then_word) {
  EXPECT_EQ(parts("aaaa\n\nb b\nccc", 11), (Parts{"aaaa\n\n", "b b\nccc"}));
  EXPECT_EQ(parts("aaaaa b\nc c ccc", 11), (Parts{"aaaaa b\n", "c c ccc"}));
  EXPECT_EQ(parts("a\n\nbbbb bb cccc", 11), (Parts{"a\n\nbbbb bb ", "cccc"}));
  EXPECT_EQ(parts("abcdefgh", 3), (Parts{"abc", "def", "gh"}));
}

TEST(TelegramHtmlSplit, never_cuts_an_entity_a_surrogate_pair_or_a_replaced_element) {
  EXPECT_EQ(parts("a&amp;&lt;b", 2), (Parts{"a&amp;", "&lt;b"}));
  EXPECT_EQ(parts("a😀b", 2), (Parts{"a", "😀", "b"}));
  EXPECT_EQ(parts("на <tg-time unix=\"1\">2 мая</tg-time>", 6),
            (Parts{"на ", "<tg-time unix=\"1\">2 мая</tg-time>"}));
}

TEST(TelegramHtmlSplit, leaves_out_blank_parts) {
  EXPECT_EQ(parts("ab" + std::string(9, '\n') + "c", 3), (Parts{"ab\n", "\n\nc"}));
  EXPECT_TRUE(parts(" \n ", 2).empty());
}

// Random valid HTML: nested tags around text with blanks, entities and astral characters.
rc::Gen<std::string> any_html(int depth) {
  auto text = rc::gen::map(
      rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
          "a", "слово", " ", " ", "\n", "\n\n", "&amp;", "&lt;", "&#x1F600;", "😀", "длинноеслово")),
      [](const std::vector<std::string>& all) {
        std::string out;
        for (const auto& one : all) out += one;
        return out;
      });
  if (depth == 0) return text;
  const auto wrap = [](std::string open, std::string close) {
    return [open = std::move(open), close = std::move(close)](const std::string& inner) {
      return open + inner + close;
    };
  };
  return rc::gen::map(
      rc::gen::container<std::vector<std::string>>(rc::gen::oneOf(
          text, rc::gen::map(any_html(depth - 1), wrap("<b>", "</b>")),
          rc::gen::map(any_html(depth - 1), wrap("<a href=\"https://x.ru/?a=1&amp;b=2\">", "</a>")),
          rc::gen::map(any_html(depth - 1), wrap("<tg-spoiler>", "</tg-spoiler>")),
          rc::gen::map(text, wrap("<pre><code class=\"language-x\">", "</code></pre>")))),
      [](const std::vector<std::string>& all) {
        std::string out;
        for (const auto& one : all) out += one;
        return out;
      });
}

std::string without_blanks(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n'; });
  return text;
}

RC_GTEST_PROP(TelegramHtmlSplit, gives_valid_parts_within_the_limit_that_join_to_the_original, ()) {
  auto source = *rc::gen::resize(8, any_html(2));
  auto limit = *rc::gen::inRange<std::size_t>(2, 40);
  auto html = Html::parse(source).value();
  std::string joined;
  for (const auto& part : html.split(limit)) {
    RC_ASSERT(part.length() <= limit);
    RC_ASSERT(!part.blank());
    auto again = Html::parse(part.html());
    RC_ASSERT(again.has_value());
    RC_ASSERT(again->plain() == part.plain());
    joined += part.plain();
  }
  RC_ASSERT(without_blanks(joined) == without_blanks(html.plain()));
}

RC_GTEST_PROP(TelegramHtmlSplit, keeps_every_blank_between_words, ()) {
  auto words = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(
      rc::gen::element<std::string>("a ", "слово\n", "два слова\n\n", "длинноеслово ")));
  std::string source;
  for (const auto& word : words) source += word;
  std::string joined;
  for (const auto& part : Html::of_text(source).split(*rc::gen::inRange<std::size_t>(4, 30)))
    joined += part.plain();
  RC_ASSERT(source.starts_with(joined));
  RC_ASSERT(without_blanks(source.substr(joined.size())).empty());
}

RC_GTEST_PROP(TelegramHtml, normal_form_is_stable, ()) {
  auto once = Html::parse(*rc::gen::resize(8, any_html(2))).value();
  auto twice = Html::parse(once.html()).value();
  RC_ASSERT(twice.html() == once.html());
  RC_ASSERT(twice.plain() == once.plain());
}

}  // namespace
}  // namespace rb::telegram
