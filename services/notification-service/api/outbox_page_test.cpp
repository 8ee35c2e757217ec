#include "api/outbox_page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rb::notification {
namespace {

using testing::HasSubstr;
using testing::Not;

KeptLetter letter_to(const std::string& name, Channel channel) {
  KeptLetter letter;
  letter.id = "a1";
  letter.channel = channel;
  letter.address = "person@example.com";
  letter.subject = "Тема <1>";
  letter.html = "<b>Привет</b>";
  letter.to = {"5", name, {Audience::parent}};
  return letter;
}

TEST(OutboxPage, shows_a_chat_message_with_its_formatting) {
  auto html = OutboxPage().letter({}, letter_to("Ольга Ким", Channel::telegram));
  EXPECT_THAT(html, HasSubstr("<div class=\"text\"><b>Привет</b></div>"));
  EXPECT_THAT(html, HasSubstr("родитель"));
  EXPECT_THAT(html, HasSubstr(">ОК<"));
}

TEST(OutboxPage, keeps_a_mail_in_a_frame_without_scripts) {
  auto html = OutboxPage().letter({}, letter_to("Ольга Ким", Channel::email));
  EXPECT_THAT(html, HasSubstr("srcdoc=\"&lt;base target="));
  EXPECT_THAT(html, Not(HasSubstr("allow-scripts")));
  EXPECT_THAT(html, Not(HasSubstr("<b>Привет</b>")));
  EXPECT_THAT(html, HasSubstr("Тема &lt;1&gt;"));
}

TEST(OutboxPage, a_name_cannot_bring_markup) {
  auto html = OutboxPage().letter({}, letter_to("<img src=x>", Channel::telegram));
  EXPECT_THAT(html, Not(HasSubstr("<img")));
}

TEST(OutboxPage, an_empty_outbox_says_how_to_begin) {
  OutboxPage page;
  EXPECT_THAT(page.page({}, {}), HasSubstr("repitbot serve --demo"));
  EXPECT_THAT(page.page({"en", {}, ""}, {}), HasSubstr("The first messages will appear here"));
}

TEST(OutboxPage, a_choice_without_letters_offers_all_of_them) {
  auto html = OutboxPage().page({"ru", Channel::email, "5"}, {});
  EXPECT_THAT(html, Not(HasSubstr("serve --demo")));
  EXPECT_THAT(html, HasSubstr("Показать все"));
}

TEST(OutboxPage, older_letters_are_one_link_away) {
  OutboxContent content;
  content.letters = {letter_to("Ольга Ким", Channel::telegram)};
  content.more = true;
  EXPECT_THAT(OutboxPage().page({}, content), HasSubstr("cursor=a1"));
}

TEST(BrowserHtml, links_lead_to_web_pages_only) {
  auto web = browser_html("<a href=\"https://school.example/a?b=1\">x</a>");
  EXPECT_THAT(web, HasSubstr("href=\"https://school.example/a?b=1\""));
  EXPECT_THAT(web, HasSubstr("noopener"));
  EXPECT_THAT(browser_html("<a href=\"javascript:alert(1)\">x</a>"), Not(HasSubstr("href=")));
}

TEST(BrowserHtml, broken_markup_becomes_plain_text) {
  EXPECT_THAT(browser_html("<b>a <script>x</script>"), Not(HasSubstr("<script")));
}

}  // namespace
}  // namespace rb::notification
