#include "updates.hpp"

#include <gmock/gmock.h>

namespace rb::bot {
namespace {

Decision said(std::string text, std::string chat_type = "private", bool by_bot = false) {
  telegram::Update update;
  auto& message = update.message.emplace();
  message.chat.id = chat_type == "private" ? 5 : -7;
  message.chat.type = std::move(chat_type);
  message.text = std::move(text);
  auto& from = message.from.emplace();
  from.is_bot = by_bot;
  from.language_code = "en";
  return decide(update, "School_bot");
}

struct Said {
  const char* text;
  Wish wish;
  const char* argument = "";
};

class PrivateChat : public testing::TestWithParam<Said> {};

TEST_P(PrivateChat, means) {
  auto decision = said(GetParam().text);
  EXPECT_EQ(to_string(decision.wish), to_string(GetParam().wish)) << GetParam().text;
  EXPECT_EQ(decision.argument, GetParam().argument);
  EXPECT_EQ(decision.chat_id, 5);
  EXPECT_EQ(decision.language, "en");
}

INSTANTIATE_TEST_SUITE_P(
    Words, PrivateChat,
    testing::Values(Said{"/start AbC-_9", Wish::link, "AbC-_9"}, Said{"  /start \n AbC  ", Wish::link, "AbC"},
                    Said{"/start@school_bot AbC", Wish::link, "AbC"}, Said{"/start", Wish::start},
                    Said{"/START ", Wish::start}, Said{"/stop", Wish::stop}, Said{"/stop please", Wish::stop},
                    Said{"/help", Wish::help}, Said{"/help@other_bot", Wish::help},
                    Said{"/starts", Wish::hint}, Said{"start", Wish::hint}, Said{"/", Wish::hint},
                    Said{"/@", Wish::hint}, Said{"Здравствуйте", Wish::hint}, Said{"", Wish::hint}));

TEST(Groups, get_an_answer_only_to_commands_for_us) {
  for (const auto* type : {"group", "supergroup"}) {
    EXPECT_EQ(said("/help@school_bot", type).wish, Wish::in_group);
    EXPECT_EQ(said("/start@SCHOOL_BOT token", type).wish, Wish::in_group);
    EXPECT_EQ(said("/start@school_bot token", type).argument, "");
    for (const auto* text : {"/help", "/help@other_bot", "hello @school_bot", "@school_bot", ""})
      EXPECT_EQ(said(text, type).wish, Wish::nothing) << text;
  }
}

TEST(Bots, are_not_answered) { EXPECT_EQ(said("/help", "private", true).wish, Wish::nothing); }

TEST(Membership, tells_who_has_left_and_who_is_back) {
  auto change = [](std::string from, std::string to) {
    telegram::Update update;
    auto& changed = update.my_chat_member.emplace();
    changed.old_chat_member.status = std::move(from);
    changed.new_chat_member.status = std::move(to);
    return decide(update, "school_bot").wish;
  };
  EXPECT_EQ(change("member", "kicked"), Wish::left);
  EXPECT_EQ(change("administrator", "left"), Wish::left);
  EXPECT_EQ(change("kicked", "member"), Wish::joined);
  EXPECT_EQ(change("left", "restricted"), Wish::joined);
  EXPECT_EQ(change("member", "administrator"), Wish::nothing);
  EXPECT_EQ(change("left", "kicked"), Wish::nothing);
}

TEST(Buttons, are_answered_by_the_id_of_the_press) {
  telegram::Update update;
  update.callback_query.emplace().id = "77";
  auto decision = decide(update, "school_bot");
  EXPECT_EQ(decision.wish, Wish::button);
  EXPECT_EQ(decision.argument, "77");
}

TEST(Updates, that_could_not_be_read_ask_for_nothing) {
  EXPECT_EQ(decide({}, "school_bot").wish, Wish::nothing);
}

}  // namespace
}  // namespace rb::bot
