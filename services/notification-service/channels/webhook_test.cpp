#include "channels/webhook.hpp"

#include <gtest/gtest.h>

#include "base/ids.hpp"
#include "base/strings.hpp"

namespace rb::notification {
namespace {

using Kind = Outcome::Kind;
using namespace std::chrono_literals;

const Time kNow = std::chrono::sys_days(std::chrono::year(2026) / 3 / 2) + 12h;

TEST(WebhookUrl, is_https_to_the_open_internet_in_production) {
  for (auto url : {"https://hooks.example.com/a?b=c", "https://8.8.8.8/hook", "https://пример.рф/"})
    EXPECT_EQ(check_webhook_url(url, true).has_value(),
              std::string_view(url).find("рф") == std::string_view::npos)
        << url;
  for (auto url : {"http://example.com/", "https://localhost/", "https://127.0.0.1/", "https://10.0.0.5/x",
                   "https://169.254.169.254/latest", "https://[::1]/", "https://[fd00::1]/",
                   "https://user:x@example.com/", "https://intranet/", "https://printer.local/",
                   "ftp://example.com/", "file:///etc/passwd", "https://", "example.com", ""})
    EXPECT_FALSE(check_webhook_url(url, true)) << url;
}

TEST(WebhookUrl, may_be_plain_http_to_this_machine_in_development) {
  EXPECT_TRUE(check_webhook_url("http://localhost:9000/hook", false));
  EXPECT_TRUE(check_webhook_url("http://127.0.0.1:9000/hook", false));
  EXPECT_TRUE(check_webhook_url("https://10.0.0.5/hook", false));
  EXPECT_FALSE(check_webhook_url("http://example.com/hook", false));
}

TEST(WebhookSecret, differs_by_person_address_and_installation) {
  auto secret = webhook_secret("installation", "5", "https://example.com/");
  EXPECT_TRUE(secret.starts_with("whsec_"));
  EXPECT_EQ(secret.size(), 6 + 44U) << "32 bytes in base64";
  EXPECT_EQ(secret, webhook_secret("installation", "5", "https://example.com/"));
  EXPECT_NE(secret, webhook_secret("installation", "6", "https://example.com/"));
  EXPECT_NE(secret, webhook_secret("installation", "5", "https://example.org/"));
  EXPECT_NE(secret, webhook_secret("another", "5", "https://example.com/"));
}

TEST(WebhookSignature, has_one_for_each_secret_that_is_still_honoured) {
  Letter letter;
  letter.message_id = "m1";
  letter.user_id = "5";
  letter.to = "https://example.com/";
  auto today = webhook_signature({.secrets = {"new"}}, letter, 1700000000, "{}");
  auto both = webhook_signature({.secrets = {"new", "old"}}, letter, 1700000000, "{}");
  EXPECT_TRUE(today.starts_with("v1,"));
  EXPECT_EQ(both, today + " " + webhook_signature({.secrets = {"old"}}, letter, 1700000000, "{}"));
  EXPECT_NE(today, webhook_signature({.secrets = {"new"}}, letter, 1700000001, "{}"));
  EXPECT_NE(today, webhook_signature({.secrets = {"new"}}, letter, 1700000000, "{} "));
}

struct Case {
  int status;
  std::string retry_after;
  Kind kind;
  std::optional<Micros> wait;
};

TEST(WebhookOutcome, follows_from_the_status) {
  const std::vector<Case> cases = {{200, "", Kind::delivered, {}},
                                   {204, "", Kind::delivered, {}},
                                   {301, "", Kind::message_bad, {}},
                                   {400, "", Kind::message_bad, {}},
                                   {404, "", Kind::message_bad, {}},
                                   {408, "", Kind::transient, {}},
                                   {410, "", Kind::address_bad, {}},
                                   {429, "7", Kind::transient, 7s},
                                   {429, "", Kind::transient, {}},
                                   {429, "0", Kind::transient, 1s},
                                   {429, "999999999", Kind::transient, 1h},
                                   {429, "soon", Kind::transient, {}},
                                   {503, "Mon, 02 Mar 2026 12:00:30 GMT", Kind::transient, 30s},
                                   {503, "Mon, 02 Mar 2026 11:00:00 GMT", Kind::transient, 1s},
                                   {500, "9", Kind::transient, {}},
                                   {502, "", Kind::transient, {}}};
  for (const auto& c : cases) {
    http::ClientResponse answer;
    answer.status = c.status;
    if (!c.retry_after.empty()) answer.headers.set("Retry-After", c.retry_after);
    auto outcome = webhook_outcome(answer, kNow);
    EXPECT_EQ(outcome.kind, c.kind) << c.status << " " << c.retry_after;
    EXPECT_EQ(outcome.retry_after, c.wait) << c.status << " " << c.retry_after;
  }
}

TEST(WebhookOutcome, of_a_call_without_an_answer_says_whether_it_may_have_arrived) {
  auto kind = [](Errc code) { return webhook_outcome(fail(code, "why"), kNow).kind; };
  EXPECT_EQ(kind(Errc::unavailable), Kind::transient);
  EXPECT_EQ(kind(Errc::timeout), Kind::unknown);
  EXPECT_EQ(kind(Errc::forbidden), Kind::address_bad);
}

}  // namespace
}  // namespace rb::notification
