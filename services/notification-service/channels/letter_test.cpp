#include "channels/letter.hpp"

#include <gtest/gtest.h>

#include "channels/inbox.hpp"

namespace rb::notification {
namespace {

std::string shown(std::string html) {
  Letter letter;
  letter.html = std::move(html);
  return safe_html(letter);
}

TEST(SafeHtml, keeps_what_telegram_knows_and_shows_line_breaks) {
  EXPECT_EQ(shown("<b>Физика</b>\n<i>завтра</i> &amp; <a href=\"https://meet.example/7\">сюда</a>"),
            "<b>Физика</b><br><i>завтра</i> &amp; <a href=\"https://meet.example/7\">сюда</a>");
  EXPECT_EQ(shown("<blockquote>раз</blockquote>\nдва"), "<blockquote>раз</blockquote>два");
}

TEST(SafeHtml, knows_no_elements_of_telegram_alone) {
  EXPECT_EQ(shown("<tg-spoiler>a > <b>b</b></tg-spoiler> <tg-time unix=\"1772350200\" format=\"wDt\">1 "
                  "марта</tg-time>"),
            "a &gt; <b>b</b> 1 марта");
}

TEST(SafeHtml, lets_nothing_run) {
  EXPECT_EQ(shown("<script>alert(1)</script>x").find('<'), std::string::npos);
  EXPECT_EQ(shown("<b onclick=\"x()\">x</b>").find("onclick"), std::string::npos);
  EXPECT_EQ(shown("<img src=x onerror=y>").find('<'), std::string::npos);
  for (auto address : {"javascript:alert(1)", " javascript:alert(1)", "JavaScript:x", "data:text/html,x",
                       "//evil.example", "java&#10;script:x"})
    EXPECT_EQ(shown("<a href=\"" + std::string(address) + "\">x</a>"), "<a>x</a>") << address;
}

TEST(InboxSender, keeps_a_text_in_which_nothing_runs) {
  net::Loop loop([](const std::string& task, const std::string& what) { ADD_FAILURE() << task << what; });
  service::Feed feed(loop);
  std::string kept;
  auto keep = [&kept](Letter letter) -> Task<> {
    kept = letter.html;
    co_return;
  };
  InboxSender sender(keep, feed);
  Letter letter;
  letter.html = "<a href=\"javascript:alert(1)\">x</a>";
  EXPECT_EQ(loop.run_until(sender.send(letter)).kind, Outcome::Kind::delivered);
  EXPECT_EQ(kept, "<a>x</a>");
}

TEST(Letter, says_what_an_app_may_open_ids_as_numbers_where_they_are_such) {
  Message message;
  message.id = "m";
  message.lesson_id = "7";
  message.student_id = "s-1";
  message.event_id = "007";
  auto about = letter_of(message).about;
  EXPECT_EQ(about.at("lesson_id"), 7);
  EXPECT_EQ(about.at("student_id"), "s-1");
  EXPECT_EQ(about.at("event_id"), "007");
  EXPECT_FALSE(about.contains("correlation_id"));
}

}  // namespace
}  // namespace rb::notification
