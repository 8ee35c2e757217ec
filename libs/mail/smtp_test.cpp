#include "mail/smtp.hpp"

#include <gtest/gtest.h>

#include "mail/testing.hpp"
#include "net/loop.hpp"
#include "testkit/process.hpp"

namespace rb::mail {
namespace {

using namespace std::chrono_literals;

// smtp_peer.py with one of its tricks, and a client of it.
class SmtpTrick : public testing::Test {
 protected:
  void start(const std::string& trick, SmtpSettings settings = {}) {
    peer_ = std::make_unique<testkit::Process>(
        std::vector<std::string>{"/usr/bin/python3", "libs/mail/testdata/smtp_peer.py", trick});
    settings.host = "127.0.0.1";
    settings.port = std::stoi(peer_->read_line().substr(std::string("listening ").size()));
    client_ = std::make_unique<SmtpClient>(loop_, settings);
  }
  static SmtpSettings plain() {
    SmtpSettings settings;
    settings.tls = SmtpTls::none;
    return settings;
  }
  SmtpOutcome send(Mail mail = plain_mail()) { return loop_.run_until(client_->send(std::move(mail))); }

  // What the peer saw up to the line that starts with `last`.
  std::vector<std::string> seen(const std::string& last) {
    std::vector<std::string> lines;
    do lines.push_back(peer_->read_line());
    while (!lines.back().starts_with(last));
    return lines;
  }

  net::Loop loop_{
      [](const std::string& task, const std::string& what) { ADD_FAILURE() << task << ": " << what; }};
  std::unique_ptr<testkit::Process> peer_;
  std::unique_ptr<SmtpClient> client_;
};

TEST_F(SmtpTrick, none_gives_the_queue_id) {
  start("none", plain());
  auto outcome = send();
  EXPECT_EQ(label(outcome.result), "accepted");
  EXPECT_EQ(outcome.reply.text, "queued as 1");
}

TEST_F(SmtpTrick, a_connection_lost_before_the_final_reply_is_unknown_and_the_retry_has_the_same_id) {
  start("lose-body", plain());
  EXPECT_EQ(label(send().result), "unknown");
  EXPECT_EQ(label(send().result), "accepted");
  EXPECT_EQ(seen("Message-Id").back(), "Message-Id: <0190-1@example.org>");
  EXPECT_EQ(seen("Message-Id").back(), "Message-Id: <0190-1@example.org>");
}

TEST_F(SmtpTrick, a_kept_connection_lost_before_the_final_reply_is_unknown_and_not_tried_again) {
  start("lose-second", plain());
  EXPECT_EQ(label(send().result), "accepted");
  EXPECT_EQ(label(send().result), "unknown");
}

TEST_F(SmtpTrick, silence_after_the_mail_is_unknown) {
  auto settings = plain();
  settings.deadline = 300ms;
  start("mute-body", settings);
  EXPECT_EQ(label(send().result), "unknown");
}

TEST_F(SmtpTrick, silence_after_the_password_makes_it_suspect) {
  auto settings = plain();
  settings.deadline = 300ms;
  settings.user = "anna";
  settings.password = "secret";
  start("mute-auth", settings);
  auto outcome = send();
  EXPECT_EQ(label(outcome.result), "auth_suspect");
  EXPECT_EQ(outcome.reason.find("secret"), std::string::npos);
}

TEST_F(SmtpTrick, a_server_without_starttls_gets_neither_password_nor_mail) {
  SmtpSettings settings;
  settings.user = "anna";
  settings.password = "secret";
  start("plain", settings);
  EXPECT_EQ(label(send().result), "not_sent");
  client_.reset();
  EXPECT_EQ(seen("closed"), (std::vector<std::string>{"connected", "EHLO localhost", "closed"}));
}

TEST_F(SmtpTrick, a_connection_lost_before_the_mail_is_not_sent) {
  start("lose-rcpt", plain());
  EXPECT_EQ(label(send().result), "not_sent");
}

TEST_F(SmtpTrick, a_kept_connection_that_was_closed_is_replaced_at_once) {
  for (const auto* trick : {"drop-idle", "close-421"}) {
    start(trick, plain());
    EXPECT_EQ(label(send().result), "accepted") << trick;
    EXPECT_EQ(label(send().result), "accepted") << trick;
  }
}

TEST_F(SmtpTrick, mails_one_after_another_share_a_connection) {
  start("none", plain());
  for (int i = 0; i < 3; ++i) EXPECT_EQ(send().reply.text, "queued as " + std::to_string(i + 1));
}

TEST_F(SmtpTrick, a_refusal_in_two_lines_is_read_whole) {
  start("two-faced", plain());
  auto outcome = send();
  EXPECT_EQ(label(outcome.result), "bad_address");
  EXPECT_EQ(outcome.reason, "550 5.1.1 The account does not exist");
}

TEST_F(SmtpTrick, the_end_does_not_wait_for_an_answer_to_quit) {
  start("mute-quit", plain());
  EXPECT_EQ(label(send().result), "accepted");
  client_.reset();  // would take two minutes, and the test's time-out
  EXPECT_EQ(seen("QUIT").back(), "QUIT");
}

TEST_F(SmtpTrick, the_end_breaks_off_a_mail_under_way) {
  start("mute-body", plain());
  SmtpOutcome outcome;
  net::Signal ended(loop_);
  loop_.spawn("send", [](SmtpClient& client, SmtpOutcome& to, net::Signal& done) -> Task<> {
    to = co_await client.send(plain_mail());
    done.notify();
  }(*client_, outcome, ended));
  loop_.run_until([]() -> Task<> { co_return; }());
  seen("Message-Id");
  client_.reset();
  loop_.run_until(ended.wait());
  EXPECT_TRUE(outcome.result == SmtpResult::unknown || outcome.result == SmtpResult::not_sent);
}

TEST_F(SmtpTrick, mails_beyond_the_connections_wait_for_one) {
  auto settings = plain();
  settings.connections = 2;
  start("none", settings);
  net::TaskGroup group(loop_);
  int accepted = 0;
  for (int i = 0; i < 10; ++i)
    group.spawn("send", [](SmtpClient& client, int& count) -> Task<> {
      auto outcome = co_await client.send(plain_mail());
      count += outcome.result == SmtpResult::accepted ? 1 : 0;
    }(*client_, accepted));
  loop_.run_until(group.drained());
  EXPECT_EQ(accepted, 10);
  client_.reset();
  int connections = 0, quits = 0;
  while (quits < 2) {
    auto line = peer_->read_line();
    connections += line == "connected" ? 1 : 0;
    quits += line == "QUIT" ? 1 : 0;
  }
  EXPECT_EQ(connections, 2);
}

TEST(SmtpClient, refuses_to_send_in_the_clear_beyond_this_machine) {
  net::Loop loop([](const std::string&, const std::string&) {});
  SmtpSettings settings;
  settings.host = "mail.example.org";
  settings.tls = SmtpTls::none;
  EXPECT_THROW(SmtpClient(loop, settings), std::invalid_argument);
}

TEST_F(SmtpTrick, a_mail_that_cannot_be_written_is_refused_with_its_fields) {
  start("none", plain());
  auto mail = plain_mail();
  mail.subject = "a\r\nBcc: all@example.org";
  EXPECT_EQ(send(mail).reason,
            "the mail cannot be written; subject must be UTF-8 without control characters");
}

TEST_F(SmtpTrick, nobody_listening_is_not_sent) {
  start("none", plain());
  peer_.reset();
  auto outcome = send();
  EXPECT_EQ(label(outcome.result), "not_sent");
  EXPECT_NE(outcome.reason.find("127.0.0.1"), std::string::npos) << outcome.reason;
}

}  // namespace
}  // namespace rb::mail
