// telegram-bot between a strict Bot API server and a real notification-service that it reaches over HTTP.
#include <gmock/gmock.h>

#include "auth/jwt.hpp"
#include "log/capture.hpp"
#include "notification/school.hpp"
#include "store/people.hpp"
#include "telegram-bot/service.hpp"

namespace rb::notification {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::int64_t kMother = 3, kFather = 4;  // the mother has a chat and mail, the father mail only
constexpr std::int64_t kPhone = 700000004, kOtherPhone = 700000005;

class BotTest : public School {
 protected:
  void SetUp() override {
    School::SetUp();
    if (!HasFatalFailure()) start_bot();
  }
  void TearDown() override {
    stop_bot();
    School::TearDown();
  }

  void start_bot() {
    config::Variables variables(environment_.begin(), environment_.end());
    auto settings = config::read_settings(config::Source(std::move(variables))).value();
    settings.process.bot_port = 0;  // any free one
    settings.process.notification_url = "http://127.0.0.1:" + std::to_string(port_);
    telegram_bot_ = std::make_unique<bot::Service>(
        bot::Deps{loop_, clock_, bot_registry_, settings, settings.jwt.secret});
    ASSERT_TRUE(telegram_bot_->start());
  }
  void stop_bot() {
    if (telegram_bot_) run(telegram_bot_->stop());
    telegram_bot_.reset();
  }

  // As until(), for conditions that use the loop themselves.
  void eventually(const std::function<bool()>& done, const char* what) {
    SystemClock real;
    auto deadline = real.now() + 10s;
    while (!done()) {
      ASSERT_LT(real.now(), deadline) << "never happened: " << what;
      run(net::sleep_for(loop_, real, 2ms));
    }
  }

  // POST /api/v1/contacts/{user}/link, as a tutor's service would.
  json::value new_link(std::int64_t user) {
    http::Request request;
    request.method = http::Method::post;
    request.path = request.target = "/api/v1/contacts/" + std::to_string(user) + "/link";
    auto token = auth::make_token({"tests", {auth::Role::service}, {}, clock_.now() + 1h},
                                  environment_["JWT_SECRET_KEY"], clock_.now());
    request.headers.set("Authorization", "Bearer " + token);
    request.remote = "127.0.0.1";
    return json::parse(run(service_->api().handle(request)).body).value();
  }
  std::string token_for(std::int64_t user) { return std::string(new_link(user).at("token").as_string()); }

  // Until the bot has said so many things in a chat; the last one.
  std::string answer(std::int64_t chat, std::size_t count = 1) {
    eventually([&] { return texts(chat).size() >= count; }, "the bot answers");
    return texts(chat).back();
  }
  std::string ask(std::int64_t chat, const std::string& text) {
    auto before = texts(chat).size();
    bot_->says(chat, text);
    return answer(chat, before + 1);
  }
  bool suspended(std::int64_t user) {
    auto id = std::to_string(user);
    return run(load_people(reading(*backends_.database), {id}, false))
        .at(id)
        .address(Channel::telegram)
        ->suspended;
  }
  void until_suspended(std::int64_t user, bool expected) {
    eventually([&] { return suspended(user) == expected; }, expected ? "suspended" : "resumed");
  }
  void homework(const std::string& id) {
    happens("homework.assigned", R"("homework_id":)" + id + R"(,"student_id":2)");
  }
  void wait_for_channel(std::int64_t user, Channel channel, const std::string& status) {
    auto type = newest_type_;
    wait_for_message(std::to_string(user), [&](const Message& m) {
      return m.channel == channel && m.status == status && m.type == type;
    });
  }
  static auto lines_about(const log::Capture& log, std::string_view what) {
    return std::ranges::count_if(log.lines, [&](const auto& line) { return line.contains(what); });
  }

  metrics::Registry bot_registry_;
  std::unique_ptr<bot::Service> telegram_bot_;
};

TEST_P(BotTest, a_link_connects_a_chat_with_its_person) {
  EXPECT_THAT(ask(kPhone, "/start " + token_for(kFather)), HasSubstr("Готово, Пётр!"));
  homework("1");
  wait_for_channel(kFather, Channel::telegram, "delivered");
  EXPECT_THAT(texts(kPhone), SizeIs(2));
}

TEST_P(BotTest, links_have_the_address_of_the_bot_once_telegram_has_told_its_name) {
  eventually([&] { return new_link(kFather).at("url").is_string(); }, "the name is known");
  auto link = new_link(kFather);
  EXPECT_THAT(std::string(link.at("url").as_string()), testing::StartsWith("https://t.me/"));
  EXPECT_THAT(std::string(link.at("url").as_string()),
              testing::EndsWith("?start=" + std::string(link.at("token").as_string())));
}

TEST_P(BotTest, a_link_is_for_one_chat_which_may_repeat_it) {
  auto token = token_for(kFather);
  EXPECT_THAT(ask(kPhone, "/start " + token), HasSubstr("Готово"));
  EXPECT_THAT(ask(kPhone, "/start " + token), HasSubstr("Готово"));
  EXPECT_THAT(ask(kOtherPhone, "/start " + token), HasSubstr("больше не действует"));
}

TEST_P(BotTest, an_expired_or_unknown_link_is_told_from_each_other) {
  auto token = token_for(kFather);
  advance(25h);
  EXPECT_THAT(ask(kPhone, "/start " + token), HasSubstr("больше не действует"));
  EXPECT_THAT(ask(kPhone, "/start nonsense"), HasSubstr("Такой ссылки нет"));
  EXPECT_THAT(ask(kPhone, "/start " + std::string(3000, 'x')), HasSubstr("Такой ссылки нет"));
}

TEST_P(BotTest, after_stop_mail_is_used_and_telegram_is_not_tried_until_start) {
  auto chat = chat_of(kMother);
  EXPECT_THAT(ask(chat, "/stop"), HasSubstr("отключены"));
  homework("1");
  wait_for_channel(kMother, Channel::email, "delivered");
  EXPECT_THAT(texts(chat), SizeIs(1));
  EXPECT_THAT(ask(chat, "/start"), HasSubstr("включены"));
  homework("2");
  wait_for_channel(kMother, Channel::telegram, "delivered");
}

TEST_P(BotTest, blocking_and_unblocking_the_bot_suspends_and_resumes) {
  bot_->blocks(chat_of(kMother));
  until_suspended(kMother, true);
  bot_->blocks(chat_of(kMother), false);
  until_suspended(kMother, false);
  EXPECT_THAT(texts(chat_of(kMother)), IsEmpty());
}

TEST_P(BotTest, a_stranger_is_told_what_to_do) {
  EXPECT_THAT(ask(kPhone, "/start"), HasSubstr("личную ссылку"));
  EXPECT_THAT(ask(kPhone, "/stop"), HasSubstr("ни с кем не связан"));
  EXPECT_THAT(ask(kPhone, "/help"), HasSubstr("/stop"));
  EXPECT_THAT(ask(kPhone, "Добрый день"), HasSubstr("/help"));
}

TEST_P(BotTest, while_notification_service_is_away_people_are_told_and_suspensions_wait) {
  stop();
  EXPECT_THAT(ask(kPhone, "/start some-token"), HasSubstr("через минуту"));
  bot_->blocks(chat_of(kMother));
  log::Capture log;
  eventually([&] { return lines_about(log, "could not be carried out") > 0; }, "a first try");
  start();
  eventually(
      [&] {
        advance(1s);
        return suspended(kMother);
      },
      "suspended");
}

TEST_P(BotTest, what_was_not_done_at_the_end_is_done_after_the_next_start) {
  stop();
  log::Capture log;
  bot_->blocks(chat_of(kMother));
  eventually([&] { return lines_about(log, "could not be carried out") > 0; }, "a first try");
  stop_bot();
  start();
  EXPECT_FALSE(suspended(kMother));
  start_bot();
  until_suspended(kMother, true);
}

TEST_P(BotTest, what_was_done_is_not_done_again_after_the_next_start) {
  ask(kPhone, "/help");
  stop_bot();
  start_bot();
  ask(kOtherPhone, "/help");
  EXPECT_THAT(texts(kPhone), SizeIs(1));
}

TEST_P(BotTest, an_answer_waits_as_long_as_telegram_asks) {
  bot_->order({{"kind", "rate_limited"}, {"chat_id", kPhone}, {"retry_after", 1}});
  bot_->says(kPhone, "/help");
  eventually(
      [&] {
        advance(100ms);
        return !texts(kPhone).empty();
      },
      "the answer");
  EXPECT_EQ(bot_->stats().at("answers").at("sendMessage 429"), 1);
}

TEST_P(BotTest, another_reader_of_the_updates_is_named_once) {
  log::Capture log;
  constexpr auto kOther = "Conflict: terminated by other getUpdates request";
  bot_->order(
      {{"kind", "error"}, {"method", "getUpdates"}, {"code", 409}, {"description", kOther}, {"times", 3}});
  bot_->says(kPhone, "/help");  // ends the poll that waits already
  eventually(
      [&] {
        advance(1s);
        return lines_about(log, "answers the bot again") > 0;
      },
      "answers again");
  EXPECT_EQ(lines_about(log, "another program reads the updates"), 1);
}

TEST_P(BotTest, a_wrong_token_is_named_once_and_tried_again_slowly) {
  stop_bot();
  log::Capture log;
  bot_->order({{"kind", "unauthorized"}, {"method", "getMe"}, {"times", 2}});
  start_bot();
  eventually([&] { return lines_about(log, "take it from @BotFather") > 0; }, "the token is refused");
  bot_->says(kPhone, "/help");
  int seconds = 0;
  eventually(
      [&] {
        advance(1s);
        ++seconds;
        return !texts(kPhone).empty();
      },
      "the bot answers");
  EXPECT_GE(seconds, 60) << "two tries were refused";
  EXPECT_EQ(lines_about(log, "take it from @BotFather"), 1);
}

INSTANTIATE_TEST_SUITE_P(Backends, BotTest, testing::Values("embedded", "distributed"),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace rb::notification
