#include <gtest/gtest.h>

#include <boost/json/value.hpp>

#include "telegram/answer.hpp"

namespace rb::telegram {
namespace {

std::string refusal(int code, std::string_view description, std::string_view parameters = "{}") {
  return R"({"ok":false,"error_code":)" + std::to_string(code) + R"(,"description":")" +
         std::string(description) + R"(","parameters":)" + std::string(parameters) + "}";
}

struct Case {
  int code;
  std::string_view description, label;
};
class BotApiRefusal : public testing::TestWithParam<Case> {};

TEST_P(BotApiRefusal, is_told_by_what_to_do_next) {
  const auto& given = GetParam();
  auto answer = classify(given.code, refusal(given.code, given.description));
  ASSERT_FALSE(answer);
  EXPECT_EQ(label(answer.error()), given.label) << given.description;
  EXPECT_EQ(describe(answer.error()), given.description);
}

INSTANTIATE_TEST_SUITE_P(
    Facts, BotApiRefusal,
    testing::Values(
        Case{403, "Forbidden: bot was blocked by the user", "gone"},
        Case{403, "Forbidden: user is deactivated", "gone"},
        Case{403, "Forbidden: bot was kicked from the supergroup chat", "gone"},
        Case{403, "Forbidden: bot is not a member of the channel chat", "gone"},
        Case{403, "Forbidden: the group chat was deleted", "gone"},
        Case{403, "Forbidden: bot can't initiate conversation with a user", "gone"},
        Case{400, "Bad Request: chat not found", "gone"}, Case{400, "Bad Request: chat_id is empty", "gone"},
        Case{400, "Bad Request: PEER_ID_INVALID", "gone"},
        Case{400, "Bad Request: not enough rights to send text messages to the chat", "gone"},
        Case{400, "Bad Request: can't parse entities: Unsupported start tag at byte offset 0", "bad_markup"},
        Case{400, "Bad Request: message text is empty", "bad_request"},
        Case{400, "Bad Request: message is too long", "bad_request"},
        Case{400, "Bad Request: reply markup is too long", "bad_request"},
        Case{400, "Bad Request: Wrong HTTP URL specified", "bad_request"},
        Case{400, "Bad Request: group chat was upgraded to a supergroup chat", "bad_request"},
        Case{401, "Unauthorized", "token_invalid"}, Case{404, "Not Found", "token_invalid"},
        Case{409, "Conflict: terminated by other getUpdates request", "conflict"},
        Case{409, "Conflict: can't use getUpdates method while webhook is active", "conflict"},
        Case{413, "Request Entity Too Large", "bad_request"}, Case{429, "Too Many Requests", "transient"},
        Case{500, "Internal Server Error", "transient"}, Case{502, "Bad Gateway", "transient"},
        Case{504, "Gateway Timeout", "unknown"}));

TEST(BotApiAnswer, gives_the_result_of_a_success) {
  auto answer = classify(200, R"({"ok":true,"result":{"message_id":7}})");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->at("message_id"), 7);
}

TEST(BotApiAnswer, keeps_the_exact_wait_of_a_429) {
  auto answer = classify(429, refusal(429, "Too Many Requests: retry after 35", R"({"retry_after":35})"));
  EXPECT_EQ(std::get<RetryAfter>(answer.error()).wait, std::chrono::seconds(35));
  EXPECT_EQ(describe(answer.error()), "Telegram asks to wait 35 s");
}

TEST(BotApiAnswer, keeps_the_new_id_of_a_migrated_group) {
  auto answer = classify(400, refusal(400, "Bad Request: group chat was upgraded to a supergroup chat",
                                      R"({"migrate_to_chat_id":-1001234567890123})"));
  EXPECT_EQ(std::get<Migrated>(answer.error()).chat_id, -1001234567890123);
}

TEST(BotApiAnswer, trusts_error_code_over_the_http_status) {
  EXPECT_EQ(label(classify(400, refusal(403, "Forbidden")).error()), "gone");
}

TEST(BotApiAnswer, that_is_no_json_is_judged_by_its_status) {
  EXPECT_EQ(label(classify(200, "<html>").error()), "unknown");
  EXPECT_EQ(label(classify(502, "<html>Bad Gateway").error()), "transient");
  EXPECT_EQ(label(classify(404, "").error()), "token_invalid");
  EXPECT_EQ(describe(classify(502, "[]").error()), "HTTP 502 without a JSON answer");
}

TEST(BotApiAnswer, that_never_came_is_unknown_only_if_the_request_had_left) {
  EXPECT_EQ(label(no_answer(true, "connection lost")), "unknown");
  EXPECT_EQ(label(no_answer(false, "connection refused")), "transient");
}

TEST(PauseAfter, is_what_telegram_asks_for_or_grows_up_to_a_limit) {
  using namespace std::chrono_literals;
  EXPECT_EQ(pause_after(RetryAfter{7s}, 9, 0.5), 7s);
  EXPECT_EQ(pause_after(Transient{""}, 1, 0), 500ms);
  EXPECT_EQ(pause_after(Conflict{""}, 3, 0), 2s);
  EXPECT_LE(pause_after(Unknown{""}, 100, 0.99), 1min);
  EXPECT_GE(pause_after(TokenInvalid{""}, 1, 0), 30s);
  EXPECT_LE(pause_after(TokenInvalid{""}, 100, 0.99), 10min);
}

}  // namespace
}  // namespace rb::telegram
