// The catalogue of messages in tests/golden is what the texts give.
// RB_UPDATE_GOLDEN=1 in the environment writes it anew.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "templates/test_render.hpp"

namespace rb::notification::templates {
namespace {

std::string heading(std::string_view language) {
  return language == "ru" ? "Все тексты службы уведомлений: тип · кому, тема письма, вид в Telegram. В конце "
                            "— одно письмо целиком.\n\n"
                          : "Every text of the notification service: type · reader, mail subject, Telegram "
                            "form. One whole "
                            "mail at the end.\n\n";
}

std::string catalogue(const std::string& language) {
  std::string out = heading(language);
  for (const auto& text : all_texts()) {
    if (text.language != language) continue;
    auto context = sample(text);
    out += fmt::format("──── {} · {}\n{}\n\n{}\n\n", text.type, text.audience,
                       render(text, "layout/subject.txt", context),
                       render(text, "layout/telegram.html", context));
  }
  Text last{language, "lesson.rescheduled", "parent"};
  return out + fmt::format("──── {} · {} · email.txt\n{}\n", last.type, last.audience,
                           render(last, "layout/email.txt", sample(last)));
}

class Catalogue : public testing::TestWithParam<const char*> {};

TEST_P(Catalogue, is_what_the_texts_give) {
  auto path = fmt::format("tests/golden/messages.{}.txt", GetParam());
  std::string now = catalogue(GetParam());
  if (std::getenv("RB_UPDATE_GOLDEN") != nullptr) std::ofstream(path) << now;
  std::ostringstream kept;
  kept << std::ifstream(path).rdbuf();
  EXPECT_EQ(kept.str(), now) << "a text has changed: look at it, then run with RB_UPDATE_GOLDEN=1";
}

INSTANTIATE_TEST_SUITE_P(Languages, Catalogue, testing::Values("ru", "en"),
                         [](const auto& info) { return std::string(info.param); });

}  // namespace
}  // namespace rb::notification::templates
