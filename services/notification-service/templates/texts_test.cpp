// Every text in every form: with all fields, with only the required ones, and with hostile ones.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "base/strings.hpp"
#include "telegram/html.hpp"
#include "templates/test_render.hpp"

namespace rb::notification::templates {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class EveryText : public testing::TestWithParam<Text> {
 protected:
  // All forms of the text with this context.
  void check(const bj::object& context, const std::string& what) {
    SCOPED_TRACE(what);
    check_plain(render(GetParam(), "layout/subject.txt", context), true);
    check_plain(render(GetParam(), "layout/email.txt", context), false);
    check_telegram(render(GetParam(), "layout/telegram.html", context));
    check_telegram(render(GetParam(), "layout/inbox.html", context));
    check_mail(render(GetParam(), "layout/email.html", context));
  }

  static void check_plain(const std::string& text, bool one_line) {
    check_tidy(text);
    if (one_line) EXPECT_THAT(text, Not(HasSubstr("\n")));
    EXPECT_THAT(text, Not(HasSubstr("&#"))) << "an entity was left";
  }

  static void check_telegram(const std::string& html) {
    check_tidy(html);
    auto parsed = telegram::Html::parse(html);
    ASSERT_TRUE(parsed) << parsed.error().message << "\n" << html;
    EXPECT_LE(parsed->length(), telegram::kTextLimit);
  }

  static void check_mail(const std::string& html) {
    EXPECT_THAT(html, StartsWith("<!DOCTYPE html>"));
    EXPECT_THAT(html, HasSubstr("/unsubscribe?token=demo"));
    EXPECT_THAT(html, Not(HasSubstr("<script")));
    EXPECT_EQ(unbalanced(html), "") << html;
    check_words(html);
  }

  static void check_tidy(const std::string& text) {
    EXPECT_EQ(trim(text), text);
    for (const char* mess : {"  ", " \n", "\n ", "\n\n\n", "()", " ,", "«»", ": \n"})
      EXPECT_THAT(text, Not(HasSubstr(mess))) << text;
    check_words(text);
  }

  static void check_words(const std::string& text) {
    for (const char* word : {"None", "ndefined", "null", "{{", "{%"})
      EXPECT_THAT(text, Not(HasSubstr(word))) << text;
  }

  // The first tag that is closed out of turn or never; "" when all are in order.
  static std::string unbalanced(std::string_view html) {
    std::vector<std::string> open;
    for (auto at = html.find('<'); at != html.npos; at = html.find('<', at + 1)) {
      auto tag = html.substr(at + 1, html.find('>', at) - at - 1);
      auto name = std::string(tag.substr(0, tag.find_first_of(" \n")));
      if (name.starts_with("!") || name == "meta" || name == "br") continue;
      if (!name.starts_with("/")) {
        open.push_back(name);
      } else if (open.empty() || "/" + open.back() != name) {
        return name;
      } else {
        open.pop_back();
      }
    }
    return open.empty() ? "" : open.back();
  }
};

TEST_P(EveryText, reads_well_with_all_fields) { check(sample(GetParam()), "all fields"); }

TEST_P(EveryText, reads_well_with_the_required_fields_alone) {
  check(minimal(GetParam()), "required fields");
}

TEST_P(EveryText, takes_hostile_values_as_words) {
  auto context = with_every_value(sample(GetParam()), R"(<b>&"'</a><script>{{ 7 }}x)");
  for (const char* layout : {"layout/telegram.html", "layout/inbox.html"}) {
    auto parsed = telegram::Html::parse(render(GetParam(), layout, context));
    EXPECT_TRUE(parsed) << parsed.error().message;
  }
  EXPECT_EQ(unbalanced(render(GetParam(), "layout/email.html", context)), "");
}

TEST_P(EveryText, stays_within_the_limit_of_telegram_with_endless_values) {
  auto context = with_every_value(sample(GetParam()), std::string(10'000, 'W'));
  // Only these may be as long as their authors want; the channel splits them.
  if (context.contains("message")) context["message"] = "W";
  if (context.contains("items")) context["items"] = bj::array{{{"title", "W"}}};
  check_telegram(render(GetParam(), "layout/telegram.html", context));
}

INSTANTIATE_TEST_SUITE_P(Texts, EveryText, testing::ValuesIn(all_texts()), [](const auto& info) {
  return replace_all(fmt::format("{}_{}_{}", info.param.language, info.param.type, info.param.audience), ".",
                     "_");
});

}  // namespace
}  // namespace rb::notification::templates
