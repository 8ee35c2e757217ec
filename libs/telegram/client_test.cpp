// Against the strict fake of the Bot API (tests/testkit/botapi.mjs).
#include "telegram/client.hpp"

#include <gtest/gtest.h>

#include "json/json.hpp"
#include "net/loop.hpp"
#include "telegram/html.hpp"
#include "testkit/botapi.hpp"

namespace rb::telegram {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t kAnna = 5;

class BotApiClient : public testing::Test {
 protected:
  static testkit::BotApi& api() {
    static testkit::BotApi one;
    return one;
  }
  void SetUp() override { api().reset(); }

  BotSettings settings() const {
    return {.token = std::string(testkit::BotApi::token), .api_url = api().url()};
  }

  template <class T>
  T wait(Task<T> task) {
    return loop_.run_until(std::move(task));
  }
  Outcome send(std::string text) {
    return wait(client_.send_message({.chat_id = kAnna, .text = std::move(text)}));
  }
  Outcome send_when(const json::object& order, std::string text = "hello") {
    api().order(order);
    return send(std::move(text));
  }
  static std::string told(const Outcome& outcome) {
    return outcome ? "sent" : std::string(label(outcome.error()));
  }
  static std::string text_of(const json::value& message, std::string_view member = "text") {
    return std::string(message.at(member).as_string());
  }

  net::Loop loop_{
      [](const std::string& task, const std::string& what) { ADD_FAILURE() << task << ": " << what; }};
  http::Client http_{loop_};
  Client client_{http_, settings()};
};

TEST_F(BotApiClient, sends_html) {
  auto outcome = send("<b>Занятие</b> &amp; всё");
  ASSERT_TRUE(outcome) << describe(outcome.error());
  auto message = api().messages(kAnna).at(0);
  EXPECT_EQ(message.at("message_id").as_int64(), outcome->message_id);
  EXPECT_EQ(text_of(message), "Занятие & всё");
  EXPECT_EQ(text_of(message.at("entities").at(0), "type"), "bold");
}

TEST_F(BotApiClient, sends_every_part_that_split_makes) {
  std::string long_text;
  for (int i = 0; i < 2000; ++i) long_text += "<b>слово</b> &amp;\n";
  for (const auto& part : Html::parse(long_text)->split()) ASSERT_EQ(told(send(part.html())), "sent");
  EXPECT_EQ(api().messages(kAnna).size(), 4U);
}

TEST_F(BotApiClient, tells_each_refusal_by_what_to_do_next) {
  EXPECT_EQ(told(send_when({{"kind", "blocked"}})), "gone");
  EXPECT_EQ(told(send_when({{"kind", "deactivated"}})), "gone");
  EXPECT_EQ(told(send_when({{"kind", "kicked"}})), "gone");
  EXPECT_EQ(told(send_when({{"kind", "chat_not_found"}})), "gone");
  EXPECT_EQ(told(send_when({{"kind", "unauthorized"}})), "token_invalid");
  EXPECT_EQ(told(send_when({{"kind", "server_error"}})), "transient");
  EXPECT_EQ(told(send_when({{"kind", "server_error"}, {"code", 502}})), "transient");
  EXPECT_EQ(told(send("")), "bad_request");
  EXPECT_EQ(told(send(std::string(4097, 'x'))), "bad_request");
  EXPECT_TRUE(api().messages().empty());
}

TEST_F(BotApiClient, keeps_the_wait_of_a_429_and_the_new_id_of_a_migration) {
  auto wait_first = send_when({{"kind", "rate_limited"}, {"retry_after", 7}});
  EXPECT_EQ(std::get<RetryAfter>(wait_first.error()).wait, 7s);
  api().reset();
  auto migrated = send_when({{"kind", "migrated"}, {"migrate_to_chat_id", -1001234567890123}});
  EXPECT_EQ(std::get<Migrated>(migrated.error()).chat_id, -1001234567890123);
}

TEST_F(BotApiClient, sends_once_more_without_the_markup_that_is_refused) {
  auto outcome = send("<p>1 &lt; 2</p>");
  ASSERT_TRUE(outcome) << describe(outcome.error());
  EXPECT_EQ(text_of(api().messages(kAnna).at(0)), "1 < 2");
}

TEST_F(BotApiClient, does_not_know_what_happened_when_no_answer_comes_back) {
  EXPECT_EQ(told(send_when({{"kind", "cut_after"}}, "done")), "unknown");
  EXPECT_EQ(told(send_when({{"kind", "cut_before"}}, "not done")), "unknown");
  EXPECT_EQ(told(send_when({{"kind", "garbage"}}, "done")), "unknown");
  EXPECT_EQ(api().messages(kAnna).size(), 2U);
}

TEST_F(BotApiClient, gives_up_at_the_deadline) {
  auto hasty = settings();
  hasty.deadline = 200ms;
  Client client(http_, hasty);
  api().order({{"kind", "slow"}, {"ms", 60'000}});
  EXPECT_EQ(told(wait(client.send_message({.chat_id = kAnna, .text = "hello"}))), "unknown");
}

TEST_F(BotApiClient, knows_that_nothing_was_sent_when_nobody_listens) {
  auto nowhere = settings();
  nowhere.api_url = "http://127.0.0.1:1/";
  Client client(http_, nowhere);
  auto outcome = wait(client.send_message({.chat_id = kAnna, .text = "hello"}));
  EXPECT_EQ(told(outcome), "transient");
  EXPECT_EQ(describe(outcome.error()).find(settings().token), std::string::npos);
}

TEST_F(BotApiClient, refuses_a_token_that_is_none_without_a_call) {
  for (const auto* token : {"", "123", ":a", "1:", "1:a/b", "1:a\r\n"}) {
    auto wrong = settings();
    wrong.token = token;
    Client client(http_, wrong);
    EXPECT_EQ(told(wait(client.send_message({.chat_id = kAnna, .text = "hello"}))), "token_invalid") << token;
  }
  auto other = settings();
  other.token = "1:other";
  Client client(http_, other);
  EXPECT_EQ(label(wait(client.get_me()).error()), "token_invalid");
}

TEST_F(BotApiClient, sends_a_file_with_its_caption) {
  OutgoingFile file{.chat_id = kAnna,
                    .name = "Отчёт «май».pdf",
                    .type = "application/pdf",
                    .bytes = std::string("%PDF\0\r\n--x", 10),
                    .caption = "<b>Отчёт</b>"};
  auto sent = wait(client_.send_document(file));
  ASSERT_TRUE(sent) << describe(sent.error());
  auto message = api().messages(kAnna).at(0);
  EXPECT_EQ(text_of(message), "Отчёт");
  EXPECT_EQ(text_of(message.at("file"), "file_name"), file.name);
  EXPECT_EQ(message.at("file").at("file_size"), file.bytes.size());
}

TEST_F(BotApiClient, reads_what_people_do_and_confirms_it) {
  api().says(kAnna, "/start abc");
  api().blocks(kAnna);
  auto updates = wait(client_.get_updates(0, 0s)).value();
  ASSERT_EQ(updates.size(), 2U);
  EXPECT_EQ(updates[0].message->text, "/start abc");
  EXPECT_EQ(updates[1].my_chat_member->new_chat_member.status, "kicked");
  auto rest = wait(client_.get_updates(updates[1].update_id, 0s)).value();
  EXPECT_EQ(rest.size(), 1U);
}

TEST_F(BotApiClient, waits_for_the_first_update) {
  std::vector<Update> seen;
  net::Signal done(loop_);
  loop_.spawn("poll", [](Client& client, std::vector<Update>& to, net::Signal& ended) -> Task<> {
    to = (co_await client.get_updates(0, 50s)).value();
    ended.notify();
  }(client_, seen, done));
  loop_.post([] { api().presses(kAnna, "y", 1); });
  wait(done.wait());
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_TRUE(wait(client_.answer_callback_query(seen[0].callback_query->id, "Готово")));
  EXPECT_TRUE(wait(client_.answer_callback_query("12345", "")));  // too late
}

TEST_F(BotApiClient, is_told_that_another_one_polls_or_a_webhook_does) {
  ASSERT_TRUE(wait(client_.set_webhook({.url = "http://127.0.0.1:1/hook", .secret = "s"})));
  EXPECT_EQ(label(wait(client_.get_updates(0, 0s)).error()), "conflict");
  ASSERT_TRUE(wait(client_.set_webhook({.url = "", .secret = ""})));
  EXPECT_TRUE(wait(client_.get_updates(0, 0s)));
}

TEST_F(BotApiClient, knows_itself_and_tells_its_commands) {
  EXPECT_EQ(wait(client_.get_me())->username, "repitbot_test_bot");
  EXPECT_TRUE(wait(client_.set_my_commands({{"help", "Помощь"}}, "ru")));
  EXPECT_EQ(label(wait(client_.set_my_commands({{"HELP!", ""}}, "")).error()), "bad_request");
}

}  // namespace
}  // namespace rb::telegram
