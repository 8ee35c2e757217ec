#include "config/text.hpp"

#include <gmock/gmock.h>

#include <fstream>
#include <iterator>

#include "config/dotenv.hpp"
#include "config/settings.hpp"

namespace rb::config {
namespace {

using testing::HasSubstr;

TEST(EnvExample, is_what_the_option_tables_say) {
  std::ifstream file(".env.example");
  std::string committed(std::istreambuf_iterator(file), {});
  EXPECT_TRUE(committed == env_example(all_groups()))
      << "run: cmake --build build/dev --target update_env_example";
}

TEST(EnvExample, is_a_file_that_starts_a_system_as_it_is) {
  auto variables = parse_dotenv(env_example(all_groups())).value();
  EXPECT_EQ(variables.at("BOT_TOKEN"), "your_telegram_bot_token");
  EXPECT_TRUE(read_settings(Source({}, variables)));
  variables["ENVIRONMENT"] = "production";
  auto message = read_settings(Source({}, variables)).error().message;
  for (auto name : {"BOT_TOKEN", "EMAIL_PASSWORD", "JWT_SECRET_KEY", "POSTGRES_PASSWORD"})
    EXPECT_THAT(message, HasSubstr(name));
}

TEST(Help, has_a_line_for_every_setting) {
  auto text = help(all_groups());
  for (const auto& group : all_groups())
    for (const auto& option : group.options) {
      EXPECT_FALSE(option.help.empty()) << option.name;
      EXPECT_THAT(text, HasSubstr("\n  " + option.name + " "));
    }
  EXPECT_THAT(text,
              HasSubstr("NOTIFICATION_RETRY_DELAY      Seconds before the second try; each further wait "
                        "doubles; also RETRY_DELAY_SECONDS (default 5)"));
}

}  // namespace
}  // namespace rb::config
