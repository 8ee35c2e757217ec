#include "texts/texts.hpp"

#include <gmock/gmock.h>

#include "base/strings.hpp"

namespace rb::bot {
namespace {

using testing::HasSubstr;

bool has_cyrillic(std::string_view text) { return text.contains("\xd0") || text.contains("\xd1"); }

TEST(Texts, are_russian_and_english_and_short) {
  for (int i = 0; i <= static_cast<int>(Text::old_button); ++i) {
    auto text = static_cast<Text>(i);
    EXPECT_TRUE(has_cyrillic(say(text, Language::ru))) << i;
    EXPECT_FALSE(has_cyrillic(say(text, Language::en))) << i;
    for (auto language : {Language::ru, Language::en}) {
      EXPECT_GT(utf8_length(say(text, language)), 10U) << i;
      EXPECT_LT(utf8_length(say(text, language)), 400U) << i;
    }
  }
}

TEST(Texts, call_a_person_by_name_if_it_is_known) {
  EXPECT_THAT(say_linked("Вера", Language::ru), HasSubstr("Готово, Вера! "));
  EXPECT_THAT(say_linked("", Language::ru), HasSubstr("Готово! "));
  EXPECT_THAT(say_linked("Vera", Language::en), HasSubstr("Done, Vera! "));
}

TEST(Texts, fit_an_answer_to_a_button) {  // 200 characters
  EXPECT_LE(utf8_length(say(Text::old_button, Language::ru)), 200U);
}

TEST(Language, is_the_first_part_of_a_tag) {
  EXPECT_EQ(language_of("en-GB", Language::ru), Language::en);
  EXPECT_EQ(language_of("EN", Language::ru), Language::en);
  EXPECT_EQ(language_of("ru_RU", Language::en), Language::ru);
  for (const auto* other : {"", "de", "rum", "english"}) {
    EXPECT_EQ(language_of(other, Language::ru), Language::ru) << other;
    EXPECT_EQ(language_of(other, Language::en), Language::en) << other;
  }
}

TEST(Commands, are_what_the_bot_understands_in_each_language) {
  auto russian = commands(Language::ru), english = commands(Language::en);
  for (std::size_t i = 0; i < russian.size(); ++i) {
    EXPECT_EQ(russian[i].name, english[i].name);
    EXPECT_NE(russian[i].description, english[i].description);
    EXPECT_THAT(std::string(say(Text::help, Language::en)), HasSubstr("/" + std::string(russian[i].name)));
  }
}

}  // namespace
}  // namespace rb::bot
