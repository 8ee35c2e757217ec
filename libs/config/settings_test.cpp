#include "config/settings.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <set>
#include <thread>

#include "config/kept_secret.hpp"

namespace rb::config {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

AppSettings good(Variables variables) {
  auto read = read_settings(Source(std::move(variables)));
  EXPECT_TRUE(read) << read.error().message;
  return std::move(read).value();
}

std::string bad(Variables variables) { return read_settings(Source(std::move(variables))).error().message; }

TEST(Settings, need_nothing_to_be_set) {
  auto s = good({});
  EXPECT_FALSE(s.process.production);
  EXPECT_EQ(s.process.host, "127.0.0.1");
  EXPECT_EQ(s.process.notification_port, 8006);
  EXPECT_EQ(s.process.bot_port, 8000);
  EXPECT_EQ(s.process.rate_limit_per_minute, 0);
  EXPECT_EQ(s.process.event_default_timezone.name(), "UTC");
  EXPECT_FALSE(s.database.postgres);
  EXPECT_EQ(s.database.file, "repitbot.sqlite3");
  EXPECT_EQ(s.database.url, "sqlite:///repitbot.sqlite3");
  EXPECT_FALSE(s.bus.rabbitmq);
  EXPECT_THAT(s.bus.legacy_exchanges, ElementsAre("events", "analytics", "repitbot_events"));
  EXPECT_FALSE(s.cache.redis);
  EXPECT_EQ(s.telegram.token, "");
  EXPECT_EQ(s.telegram.messages_per_second, 30);
  EXPECT_FALSE(s.mail.configured());
  EXPECT_EQ(s.notification.balance_low_lessons, 1);
}

TEST(Settings, say_where_notification_service_is_reached) {
  auto url = [](Variables variables) { return good(std::move(variables)).process.notification_url; };
  EXPECT_EQ(url({}), "http://127.0.0.1:8006");
  EXPECT_EQ(url({{"HOST", "0.0.0.0"}, {"NOTIFICATION_PORT", "9006"}}), "http://127.0.0.1:9006");
  EXPECT_EQ(url({{"HOST", "fd00::5"}}), "http://[fd00::5]:8006");
  EXPECT_EQ(url({{"NOTIFICATION_SERVICE_URL", "https://notify.example/"}}), "https://notify.example");
}

TEST(Settings, have_no_name_twice) {
  std::set<std::string> names;
  for (const auto& group : all_groups())
    for (const auto& option : group.options) {
      EXPECT_TRUE(names.insert(option.name).second) << option.name;
      for (const auto& alias : option.aliases) EXPECT_TRUE(names.insert(alias).second) << alias;
    }
}

TEST(DatabaseSettings, understand_the_urls_of_sqlalchemy) {
  EXPECT_EQ(good({{"DATABASE_URL", "sqlite:////var/lib/r.db"}}).database.file, "/var/lib/r.db");
  EXPECT_EQ(good({{"DATABASE_URL", "sqlite+aiosqlite:///r.db"}}).database.url, "sqlite:///r.db");
  auto postgres = good({{"DATABASE_URL", "postgresql+asyncpg://u:p@h:5433/d?sslmode=require"}}).database;
  EXPECT_TRUE(postgres.postgres);
  EXPECT_EQ(postgres.url, "postgresql://u:p@h:5433/d?sslmode=require");
  for (auto url : {"mysql://h/d", "sqlite://", "sqlite:///:memory:", "postgresql://", "x"})
    EXPECT_EQ(bad({{"DATABASE_URL", url}}),
              "DATABASE_URL: must be sqlite:///FILE or postgresql://USER:PASSWORD@HOST/DB");
}

TEST(DatabaseSettings, are_put_together_from_parts) {
  EXPECT_EQ(good({{"POSTGRES_HOST", "db"}, {"POSTGRES_PASSWORD", "p@ss/word"}}).database.url,
            "postgresql://repitbot:p%40ss%2Fword@db:5432/repitbot");
  EXPECT_EQ(good({{"POSTGRES_HOST", "db"}, {"POSTGRES_USER", "u"}}).database.url,
            "postgresql://u@db:5432/repitbot");
}

TEST(Settings, switch_a_server_on_only_by_its_url_or_host) {
  auto s = good({{"POSTGRES_PASSWORD", "x"}, {"REDIS_PASSWORD", "x"}, {"RABBITMQ_USER", "x"}});
  EXPECT_FALSE(s.database.postgres || s.cache.redis || s.bus.rabbitmq);
}

TEST(BusSettings, come_from_a_url_or_from_parts) {
  auto url = good({{"RABBITMQ_URL", "amqps://u:p@mq/school"}}).bus;
  EXPECT_TRUE(url.rabbitmq && url.tls);
  EXPECT_EQ(url.port, 5671);
  EXPECT_EQ(url.vhost, "school");
  EXPECT_EQ(good({{"RABBITMQ_URL", "amqp://mq/"}}).bus.vhost, "/");
  auto parts = good({{"RABBITMQ_HOST", "mq"}, {"LEGACY_EXCHANGES", "none"}}).bus;
  EXPECT_EQ(parts.user + ":" + parts.password + "@" + parts.host + parts.vhost, "guest:guest@mq/");
  EXPECT_THAT(parts.legacy_exchanges, IsEmpty());
}

TEST(CacheSettings, come_from_a_url_or_from_parts) {
  auto url = good({{"REDIS_URL", "redis://:pw@r:6380/2"}}).cache;
  EXPECT_EQ(url.password, "pw");
  EXPECT_EQ(url.port, 6380);
  EXPECT_EQ(url.database, 2);
  EXPECT_EQ(good({{"REDIS_HOST", "r"}, {"REDIS_DB", "3"}}).cache.database, 3);
  EXPECT_THAT(bad({{"REDIS_URL", "redis://r/two"}}), HasSubstr("REDIS_URL: must end in the number"));
}

TEST(MailSettings, take_the_older_names) {
  auto mail =
      good({{"SMTP_HOST", "smtp.example"}, {"SMTP_PORT", "2525"}, {"FROM_EMAIL", "a@b.example"}}).mail;
  EXPECT_TRUE(mail.configured());
  EXPECT_EQ(mail.host, "smtp.example");
  EXPECT_EQ(mail.port, 2525);
  EXPECT_EQ(mail.from_address, "a@b.example");
}

TEST(MailSettings, are_configured_by_a_host_or_an_account) {
  EXPECT_TRUE(good({{"EMAIL_USERNAME", "anna@yandex.ru"}}).mail.configured());
  EXPECT_EQ(good({{"EMAIL_USERNAME", "anna@yandex.ru"}}).mail.port, std::nullopt);
  EXPECT_FALSE(good({{"EMAIL_USERNAME", "your_email@gmail.com"}, {"EMAIL_PASSWORD", "x"}}).mail.configured());
}

TEST(Settings, of_production_need_a_jwt_secret_of_their_own) {
  EXPECT_THAT(bad({{"ENVIRONMENT", "production"}}), HasSubstr("JWT_SECRET_KEY: must be set in production"));
  EXPECT_THAT(bad({{"ENVIRONMENT", "Production"}, {"JWT_SECRET_KEY", "short"}}),
              HasSubstr("JWT_SECRET_KEY: must have at least 32 bytes"));
  EXPECT_EQ(bad({{"ENVIRONMENT", "production"}, {"JWT_SECRET_KEY", "your_super_secret_jwt_key"}}),
            "JWT_SECRET_KEY: is still a placeholder; production needs a value of your own");
  EXPECT_TRUE(
      good({{"ENVIRONMENT", "production"}, {"JWT_SECRET_KEY", std::string(32, 'k')}}).process.production);
}

TEST(Settings, name_all_that_is_wrong_a_line_each) {
  EXPECT_EQ(bad({{"BOT_PORT", "x"}, {"EVENT_DEFAULT_TIMEZONE", "Mars"}, {"TELEGRAM_WEBHOOK_SECRET", "a b"}}),
            "BOT_PORT: must be a port from 1 to 65535, not \"x\"\n"
            "EVENT_DEFAULT_TIMEZONE: must be a time zone such as Europe/Moscow, not \"Mars\"\n"
            "TELEGRAM_WEBHOOK_SECRET: must be 1 to 256 of A-Z a-z 0-9 _ -");
}

TEST(Settings, log_everything_when_debugging) {
  EXPECT_EQ(good({{"DEBUG", "true"}}).process.log_level, log::Level::debug);
  EXPECT_EQ(good({{"LOG_LEVEL", "WARNING"}}).process.log_level, log::Level::warn);
}

class KeptSecret : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = testing::TempDir() + "kept_secret_XXXXXX";
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    directory_ = name;
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }
  std::filesystem::path directory_;
};

TEST_F(KeptSecret, stays_the_same_and_is_private) {
  auto first = kept_secret(directory_);
  EXPECT_GE(first.size(), 32U);
  EXPECT_EQ(kept_secret(directory_), first);
  struct stat info{};
  ASSERT_EQ(::stat((directory_ / "repitbot.sqlite3-jwt").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777U, 0600U);
}

TEST_F(KeptSecret, is_one_for_all_who_start_at_once) {
  std::vector<std::string> seen(8);
  std::vector<std::thread> threads;
  for (auto& secret : seen) threads.emplace_back([&] { secret = kept_secret(directory_); });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(std::set(seen.begin(), seen.end()).size(), 1U);
}

TEST_F(KeptSecret, says_that_its_folder_cannot_be_written) {
  EXPECT_THROW(kept_secret(directory_ / "missing"), Broken);
}

}  // namespace
}  // namespace rb::config
