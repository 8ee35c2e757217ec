#include "mail/smtp_outcome.hpp"

#include <gtest/gtest.h>

#include "mail/smtp_settings.hpp"

namespace rb::mail {
namespace {

struct Answer {
  SmtpPhase phase;
  std::string_view reply;
  SmtpResult result;
};
class SmtpAnswer : public testing::TestWithParam<Answer> {};

TEST_P(SmtpAnswer, is_told_by_what_to_do_next) {
  const auto& given = GetParam();
  SmtpSessionEnd end{
      .ending = SmtpEnding::answered, .phase = given.phase, .reply = {}, .reason = "", .body_sent = true};
  ASSERT_TRUE(add_line(end.reply, given.reply));
  auto outcome = classify(end);
  EXPECT_EQ(label(outcome.result), label(given.result)) << given.reply;
  EXPECT_EQ(outcome.reason, given.reply);
}

constexpr auto kRcpt = SmtpPhase::recipient, kBody = SmtpPhase::body, kSender = SmtpPhase::sender;
using enum SmtpResult;

INSTANTIATE_TEST_SUITE_P(
    Facts, SmtpAnswer,
    testing::Values(
        Answer{kRcpt, "450 4.2.0 greylisted", transient},
        Answer{kRcpt, "450 4.7.1 greylisted, try in 5 min", transient},
        Answer{kRcpt, "451 4.5.1 too many messages", transient},
        Answer{kRcpt, "451 try again later", transient}, Answer{kRcpt, "452 4.2.2 mailbox full", transient},
        Answer{SmtpPhase::connect, "421 4.3.2 busy", transient},
        Answer{SmtpPhase::auth, "454 4.7.0 temporary authentication failure", transient},
        Answer{kRcpt, "550 5.1.1 no such user", bad_address}, Answer{kRcpt, "550 no such user", bad_address},
        Answer{kRcpt, "553 5.1.3 bad syntax", bad_address}, Answer{kRcpt, "550 5.1.10 null MX", bad_address},
        Answer{kRcpt, "550 5.2.1 mailbox disabled", bad_address},
        Answer{kRcpt, "551 user not local", bad_address},
        Answer{kRcpt, "550 5.4.1 recipient address rejected", bad_address},
        Answer{kBody, "550 5.1.1 no such user", bad_address},
        Answer{kRcpt, "556 domain takes no mail", bad_address},
        Answer{kRcpt, "552 5.2.2 mailbox full", transient}, Answer{kRcpt, "552 mailbox full", transient},
        Answer{kRcpt, "552 4.2.2 mailbox full", transient},
        Answer{kRcpt, "450 5.1.1 no such user", bad_address},
        Answer{kSender, "552 5.3.4 message size exceeds limit", refused},
        Answer{kBody, "552 too big", refused},
        Answer{kSender, "550 5.1.8 sender's domain not found", refused},
        Answer{kRcpt, "550 5.7.1 relaying denied", refused}, Answer{kRcpt, "554 5.7.1 blocked", refused},
        Answer{kBody, "550 5.7.26 unauthenticated mail", refused},
        Answer{kBody, "554 looks like spam", refused}, Answer{kBody, "550 5.6.0 malformed", refused},
        Answer{kBody, "550 spam", refused},
        Answer{SmtpPhase::connect, "554 5.7.1 your address is blocked", refused},
        Answer{SmtpPhase::auth, "535 5.7.8 authentication failed", auth_failed},
        Answer{SmtpPhase::auth, "535 wrong", auth_failed},
        Answer{SmtpPhase::auth, "534 5.7.9 use an app password", auth_failed},
        Answer{kSender, "530 5.7.0 authentication required", auth_failed}));

SmtpResult after(SmtpEnding ending, SmtpPhase phase, bool body_sent = false) {
  return classify({.ending = ending, .phase = phase, .reply = {}, .reason = "reason", .body_sent = body_sent})
      .result;
}

TEST(SmtpReply, tells_too_much_from_what_concerns_one_mailbox) {
  for (auto line :
       {"421 4.7.0 try again later", "450 4.3.2 not now", "451 4.4.5 congestion", "451 too many connections",
        "451 4.5.1 The recipient has exceeded their message rate limit", "450 4.7.28 unusual",
        "452 Throttling"}) {
    SmtpReply reply;
    add_line(reply, line);
    EXPECT_TRUE(too_much(reply)) << line;
  }
  for (auto line : {"450 4.7.1 greylisted, try in 5 min", "451 4.3.0 local error", "452 4.2.2 mailbox full",
                    "250 2.0.0 too many thanks", "454 4.7.0 temporary authentication failure"}) {
    SmtpReply reply;
    add_line(reply, line);
    EXPECT_FALSE(too_much(reply)) << line;
  }
}

TEST(SmtpSilence, is_unknown_only_after_the_whole_mail_was_sent) {
  EXPECT_EQ(after(SmtpEnding::lost, SmtpPhase::connect), not_sent);
  EXPECT_EQ(after(SmtpEnding::timeout, SmtpPhase::hello), not_sent);
  EXPECT_EQ(after(SmtpEnding::lost, SmtpPhase::body), not_sent);
  EXPECT_EQ(after(SmtpEnding::lost, SmtpPhase::body, true), unknown);
  EXPECT_EQ(after(SmtpEnding::timeout, SmtpPhase::body, true), unknown);
}

TEST(SmtpSilence, after_the_password_makes_it_suspect) {
  auto outcome =
      classify({.ending = SmtpEnding::timeout, .phase = SmtpPhase::auth, .reply = {}, .reason = "10 s"});
  EXPECT_EQ(outcome.result, auth_suspect);
  EXPECT_EQ(outcome.reason, "no answer to the password: is it right? 10 s");
  EXPECT_EQ(after(SmtpEnding::lost, SmtpPhase::auth), not_sent);
  EXPECT_EQ(after(SmtpEnding::no_login, SmtpPhase::hello), auth_failed);
}

TEST(SmtpReply, joins_the_lines_of_one_code) {
  SmtpReply reply;
  EXPECT_FALSE(add_line(reply, "550-5.1.1 The account\r\n"));
  EXPECT_TRUE(add_line(reply, "550 5.1.1 does not exist\r\n"));
  EXPECT_EQ(reply.code, 550);
  EXPECT_EQ(reply.enhanced, "5.1.1");
  EXPECT_EQ(reply.text, "The account does not exist");
  EXPECT_TRUE(add_line(reply, "250"));
  EXPECT_EQ(reply.code, 250);
  EXPECT_EQ(reply.text, "");
  EXPECT_FALSE(add_line(reply, "hello"));
}

config::AppSettings account(std::string username) {
  config::AppSettings settings;
  settings.mail.username = std::move(username);
  settings.mail.password = "p";
  return settings;
}

TEST(SmtpSettings, know_the_server_of_common_accounts) {
  auto gmail = smtp_settings(account("anna@gmail.com")).value();
  EXPECT_EQ(gmail.host, "smtp.gmail.com");
  EXPECT_EQ(gmail.port, 587);
  EXPECT_EQ(gmail.tls, SmtpTls::starttls);
  EXPECT_EQ(gmail.from, "anna@gmail.com");
  auto yandex = smtp_settings(account("anna@Ya.ru")).value();
  EXPECT_EQ(yandex.host, "smtp.yandex.ru");
  EXPECT_EQ(yandex.tls, SmtpTls::implicit);
  EXPECT_EQ(smtp_settings(account("anna@bk.ru"))->host, "smtp.mail.ru");
}

TEST(SmtpSettings, take_what_is_given_over_what_is_known) {
  auto settings = account("anna@gmail.com");
  settings.mail.host = "mail.school.ru";
  settings.mail.from_address = "school@школа.рф";
  auto given = smtp_settings(settings).value();
  EXPECT_EQ(given.host, "mail.school.ru");
  EXPECT_EQ(given.port, 587);
  EXPECT_EQ(given.from, "school@xn--80atdl2c.xn--p1ai");
  settings.mail.port = 465;
  EXPECT_EQ(smtp_settings(settings)->tls, SmtpTls::implicit);
}

TEST(SmtpSettings, name_the_variable_that_is_wrong) {
  auto settings = account("anna@school.ru");
  EXPECT_EQ(smtp_settings(settings).error().message,
            "EMAIL_HOST is not set, and the server of EMAIL_USERNAME is not one we know");
  settings.mail.host = "mail.school.ru";
  settings.mail.use_tls = false;
  EXPECT_EQ(smtp_settings(settings).error().message,
            "EMAIL_USE_TLS may be false only for a server on this machine, not for mail.school.ru");
  settings.mail.host = "127.0.0.1";
  EXPECT_EQ(smtp_settings(settings)->tls, SmtpTls::none);
  settings.mail.username = "anna";
  EXPECT_EQ(smtp_settings(settings).error().fields.at(0).field, "EMAIL_FROM_ADDRESS");
}

TEST(SmtpSettings, know_this_machine) {
  for (auto* here : {"localhost", "127.0.0.1", "127.1.2.3", "::1"}) EXPECT_TRUE(is_loopback(here)) << here;
  for (auto* there : {"127.evil.com", "localhost.evil.com", "10.0.0.1", ""})
    EXPECT_FALSE(is_loopback(there)) << there;
}

}  // namespace
}  // namespace rb::mail
