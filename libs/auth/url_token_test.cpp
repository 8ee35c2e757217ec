#include "auth/url_token.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace rb::auth {
namespace {

using namespace std::chrono_literals;

constexpr Time kNow{std::chrono::seconds(1'767'348'000)};

TEST(UrlToken, gives_its_payload_back_until_it_expires) {
  UrlTokens tokens({"secret"});
  std::string payload("user 7\0all", 10);
  auto token = tokens.sign("unsubscribe", payload, kNow + 60s);
  EXPECT_EQ(tokens.verify("unsubscribe", token, kNow + 59s).value(), payload);
  EXPECT_EQ(tokens.verify("unsubscribe", token, kNow + 60s).error().message, "the link has expired");
  EXPECT_LT(token.size(), 64U);
}

TEST(UrlToken, is_worthless_for_another_purpose_or_key) {
  auto token = UrlTokens({"secret"}).sign("stream", "7", kNow + 60s);
  EXPECT_FALSE(UrlTokens({"secret"}).verify("unsubscribe", token, kNow));
  EXPECT_FALSE(UrlTokens({"other"}).verify("stream", token, kNow));
  EXPECT_TRUE(UrlTokens({"new", "secret"}).verify("stream", token, kNow));
}

TEST(UrlToken, is_refused_after_any_change) {
  UrlTokens tokens({"secret"});
  auto token = tokens.sign("stream", "7", kNow + 60s);
  for (std::size_t at = 0; at < token.size(); ++at) {
    auto changed = token;
    changed[at] = changed[at] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(tokens.verify("stream", changed, kNow)) << at;
  }
  for (std::string text : {"", "AAAA", "not base64!"})
    EXPECT_FALSE(tokens.verify("stream", text, kNow)) << text;
}

TEST(RandomToken, fits_a_telegram_deep_link_and_differs_each_time) {
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) seen.insert(random_token());
  EXPECT_EQ(seen.size(), 100U);
  EXPECT_EQ(seen.begin()->size(), 22U);
  EXPECT_TRUE(std::ranges::all_of(*seen.begin(),
                                  [](unsigned char c) { return std::isalnum(c) || c == '-' || c == '_'; }));
}

}  // namespace
}  // namespace rb::auth
