// Against a real Postfix with Dovecot: STARTTLS required, AUTH, its own refusals.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "base/ids.hpp"
#include "base/strings.hpp"
#include "mail/smtp.hpp"
#include "mail/testing.hpp"
#include "net/loop.hpp"
#include "testkit/servers.hpp"

namespace rb::mail {
namespace {

using namespace std::chrono_literals;

std::string content(const std::filesystem::path& path) {
  std::ostringstream out;
  out << std::ifstream(path, std::ios::binary).rdbuf();
  return out.str();
}

// What `find` gives once it is not empty; Postfix delivers and logs after it has answered.
std::string eventually(const std::function<std::string()>& find) {
  for (auto until = std::chrono::steady_clock::now() + 20s; std::chrono::steady_clock::now() < until;) {
    if (auto found = find(); !found.empty()) return found;
    std::this_thread::sleep_for(10ms);
  }
  return {};
}

class Postfix : public testing::Test {
 protected:
  void SetUp() override {
    static const auto shared = testkit::shared_mail();
    if (!shared) GTEST_SKIP() << "Postfix can only be started by root";
    server_ = *shared;
    settings_.host = "localhost";
    settings_.port = std::stoi(server_.at("EMAIL_PORT"));
    settings_.user = server_.at("EMAIL_USERNAME");
    settings_.password = server_.at("EMAIL_PASSWORD");
    settings_.ca_file = server_.at("TLS_CA_FILE");
  }

  Mail mail_to(std::string address) const {
    auto mail = plain_mail();
    mail.to = {"Аня", std::move(address)};
    mail.text = "Здравствуйте!\n.\nДо встречи";
    mail.html = "<p>Здравствуйте!</p>";
    mail.message_id = id_;
    return mail;
  }

  SmtpOutcome send(const Mail& mail) {
    if (!client_) client_ = std::make_unique<SmtpClient>(loop_, settings_);
    return loop_.run_until(client_->send(mail));
  }
  SmtpResult send_to(std::string address) { return send(mail_to(std::move(address))).result; }

  // The delivered mail with our Message-ID.
  std::string delivered() const {
    return eventually([&]() -> std::string {
      std::error_code none;
      for (const auto& file : std::filesystem::directory_iterator(server_.at("MAILDIR"), none))
        if (auto bytes = content(file.path()); bytes.contains("<" + id_ + ">")) return bytes;
      return {};
    });
  }

  net::Loop loop_{
      [](const std::string& task, const std::string& what) { ADD_FAILURE() << task << ": " << what; }};
  testkit::Settings server_;
  SmtpSettings settings_;
  std::string id_ = hex(random_bytes(8)) + "@example.org";
  std::unique_ptr<SmtpClient> client_;
};

TEST_F(Postfix, delivers_exactly_the_bytes_of_the_mail) {
  auto mail = mail_to("anna@example.org");
  auto outcome = send(mail);
  ASSERT_EQ(outcome.result, SmtpResult::accepted) << outcome.reason;
  EXPECT_TRUE(outcome.reply.text.contains("queued as")) << outcome.reply.text;
  auto expected = replace_all(to_bytes(mail).value(), "\r\n", "\n");
  EXPECT_TRUE(delivered().ends_with(expected));
}

TEST_F(Postfix, takes_mail_over_implicit_tls) {
  settings_.tls = SmtpTls::implicit;
  settings_.port = std::stoi(server_.at("SMTPS_PORT"));
  EXPECT_EQ(label(send_to("anna@example.org")), "accepted");
}

TEST_F(Postfix, refuses_a_wrong_password) {
  settings_.password = "wrong";
  auto outcome = send(mail_to("anna@example.org"));
  EXPECT_EQ(label(outcome.result), "auth_failed");
  EXPECT_EQ(outcome.reply.code, 535);
}

TEST_F(Postfix, is_checked_without_sending_a_mail) {
  client_ = std::make_unique<SmtpClient>(loop_, settings_);
  EXPECT_EQ(label(loop_.run_until(client_->check()).result), "accepted");
  EXPECT_EQ(label(send_to("anna@example.org")), "accepted") << "the connection still serves";
  settings_.password = "wrong";
  client_ = std::make_unique<SmtpClient>(loop_, settings_);
  EXPECT_EQ(label(loop_.run_until(client_->check()).result), "auth_failed");
}

TEST_F(Postfix, refuses_mail_without_login) {
  settings_.user.clear();
  auto outcome = send(mail_to("anna@example.org"));
  EXPECT_EQ(label(outcome.result), "refused") << outcome.reason;
}

TEST_F(Postfix, gets_nothing_when_its_certificate_is_not_trusted) {
  settings_.ca_file.clear();
  auto outcome = send(mail_to("anna@example.org"));
  EXPECT_EQ(label(outcome.result), "not_sent");
  EXPECT_TRUE(outcome.reason.contains("certificate")) << outcome.reason;
}

TEST_F(Postfix, gets_nothing_when_its_certificate_names_another_host) {
  settings_.host = "mail.localhost";
  auto outcome = send(mail_to("anna@example.org"));
  EXPECT_EQ(label(outcome.result), "not_sent");
  EXPECT_TRUE(outcome.reason.contains("mail.localhost")) << outcome.reason;
}

TEST_F(Postfix, has_its_refusals_told_apart) {
  EXPECT_EQ(label(send_to("reject@example.org")), "bad_address");  // 550 5.1.1
  EXPECT_EQ(label(send_to("tempfail@example.org")), "transient");  // 451 4.3.0
  EXPECT_EQ(label(send_to("greylist@example.org")), "transient");  // 450 4.2.0
  auto big = mail_to("anna@example.org");
  big.attachments = {{"big.bin", "application/octet-stream", std::string(2'000'000, 'x'), ""}};
  auto outcome = send(big);
  EXPECT_EQ(label(outcome.result), "refused");
  EXPECT_EQ(outcome.reply.code, 552);
}

TEST_F(Postfix, gets_mails_after_one_another_in_one_session) {
  for (int i = 0; i < 7; ++i) ASSERT_EQ(label(send_to("anna@example.org")), "accepted");
  client_.reset();
  auto log = std::filesystem::path(server_.at("TLS_CA_FILE")).parent_path() / "mail.log";
  EXPECT_NE(eventually([&]() -> std::string {
              auto lines = content(log);
              auto at = lines.find("starttls=1 auth=1 mail=7 rcpt=7 data=7");
              return at == std::string::npos ? "" : lines.substr(at, 60);
            }),
            "");
}

}  // namespace
}  // namespace rb::mail
