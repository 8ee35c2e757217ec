#include "auth/jwt.hpp"

#include <gtest/gtest.h>

#include "base/ids.hpp"
#include "base/strings.hpp"

namespace rb::auth {
namespace {

using namespace std::chrono_literals;

constexpr Time kNow{std::chrono::seconds(1'767'348'000)};
const std::string kSecret(32, 's');

std::string token(std::string_view claims, std::string_view header = R"({"alg":"HS256","typ":"JWT"})",
                  std::string_view secret = kSecret) {
  auto text = base64url(header) + "." + base64url(claims);
  return text + "." + base64url(hmac_sha256(secret, text));
}

Result<Identity> verify(const std::string& text) {
  return Verifier({Key::hs256(kSecret)}).verify(text, kNow);
}

std::string refusal(const std::string& text) {
  auto who = verify(text);
  return who ? "accepted" : who.error().message;
}

TEST(Jwt, says_who_asks) {
  Identity who{"7", {Role::parent, Role::tutor}, {"5"}, kNow + 60s};
  EXPECT_EQ(verify(make_token(who, kSecret, kNow)).value(), who);
}

TEST(Jwt, takes_integers_for_ids_and_one_role_or_many) {
  auto who = verify(token(R"({"sub":42,"role":"Student","roles":["student","janitor"],"exp":1767348001.5})"))
                 .value();
  EXPECT_EQ(who.user_id, "42");
  EXPECT_EQ(who.roles, std::vector{Role::student});
  EXPECT_EQ(who.expires, kNow + 1500ms);
}

TEST(Jwt, matches_the_example_of_rfc_7515) {
  // Appendix A.1: the key, and a token that is rightly signed but has no sub.
  auto key = from_base64url(
      "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow");
  Verifier verifier({Key::hs256(key.value())});
  auto who = verifier.verify(
      "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9."
      "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ."
      "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
      Time(1'300'000'000s));
  EXPECT_EQ(who.error().message, "the token has no usable sub");
}

TEST(Jwt, is_refused_with_a_plain_reason) {
  constexpr std::string_view kGood = R"({"sub":"1","role":"admin","exp":1767349000})";
  struct {
    std::string token, reason;
  } cases[] = {
      {token(kGood), "accepted"},
      {"", "the token is not a JWT"},
      {"a.b", "the token is not a JWT"},
      {"a.b.c.d", "the token is not a JWT"},
      {"!!!.e30.e30", "the token is not a JWT"},
      {token("[]"), "the token is not a JWT"},
      {token("{"), "the token is not a JWT"},
      {std::string(9000, 'a') + ".b.c", "the token is not a JWT"},
      {token(kGood, R"({"alg":"none"})"), "the token is signed in a way that is not accepted here"},
      {token(kGood, R"({"alg":"HS512"})"), "the token is signed in a way that is not accepted here"},
      {token(kGood, R"({"alg":"RS256"})"), "the token is signed in a way that is not accepted here"},
      {token(kGood, R"({"typ":"JWT"})"), "the token is signed in a way that is not accepted here"},
      {token(kGood, R"({"alg":"HS256","crit":["b64"]})"),
       "the token demands an extension that is not known here"},
      {token(kGood, R"({"alg":"HS256"})", "another secret"), "the token has a wrong signature"},
      {token(kGood).substr(0, token(kGood).rfind('.') + 1), "the token has a wrong signature"},
      {token(R"({"sub":"1","role":"admin"})"), "the token has no exp"},
      {token(R"({"sub":"1","role":"admin","exp":"soon"})"), "the token has expired"},
      {token(R"({"sub":"1","role":"admin","exp":1767348000})"), "the token has expired"},
      {token(R"({"sub":"1","role":"admin","exp":-1e300})"), "the token has expired"},
      {token(R"({"sub":"1","role":"admin","exp":1e300})"), "accepted"},
      {token(R"({"sub":"1","role":"admin","exp":1767349000,"nbf":1767348030})"), "accepted"},
      {token(R"({"sub":"1","role":"admin","exp":1767349000,"nbf":1767348031})"),
       "the token is not valid yet"},
      {token(R"({"sub":"1","role":"admin","exp":1767349000,"iat":1767348031})"),
       "the token is not valid yet"},
      {token(R"({"sub":"1","role":"admin","exp":1767349000,"iat":"now"})"), "the token has a wrong iat"},
      {token(R"({"role":"admin","exp":1767349000})"), "the token has no usable sub"},
      {token(R"({"sub":"","role":"admin","exp":1767349000})"), "the token has no usable sub"},
      {token(R"({"sub":1.5,"role":"admin","exp":1767349000})"), "the token has no usable sub"},
      {token(R"({"sub":"1","exp":1767349000})"), "the token names no role known here"},
      {token(R"({"sub":"1","role":"janitor","exp":1767349000})"), "the token names no role known here"},
  };
  for (const auto& c : cases) EXPECT_EQ(refusal(c.token), c.reason) << c.token;
}

TEST(Verifier, accepts_older_secrets_while_they_are_listed) {
  Identity who{"1", {Role::admin}, {}, kNow + 60s};
  auto text = make_token(who, "the older secret", kNow);
  EXPECT_TRUE(Verifier({Key::hs256(kSecret), Key::hs256("the older secret")}).verify(text, kNow));
  EXPECT_FALSE(Verifier({Key::hs256(kSecret)}).verify(text, kNow));
}

TEST(Verifier, forgets_a_token_it_knew_when_it_expires) {
  Verifier verifier({Key::hs256(kSecret)});
  auto text = make_token({"1", {Role::admin}, {}, kNow + 60s}, kSecret, kNow);
  EXPECT_TRUE(verifier.verify(text, kNow));
  EXPECT_TRUE(verifier.verify(text, kNow + 59s));
  EXPECT_EQ(verifier.verify(text, kNow + 60s).error().message, "the token has expired");
}

TEST(Verifier, stays_right_when_it_has_seen_more_tokens_than_it_keeps) {
  Verifier verifier({Key::hs256(kSecret)});
  auto text = [](int i) {
    return make_token({std::to_string(i), {Role::admin}, {}, kNow + 60s}, kSecret, kNow);
  };
  for (int round = 0; round < 2; ++round)
    for (int i = 0; i < 1100; ++i)
      ASSERT_EQ(verifier.verify(text(i), kNow).value().user_id, std::to_string(i));
}

TEST(Role, has_a_name_that_is_read_back) {
  for (auto role : {Role::admin, Role::tutor, Role::parent, Role::student, Role::service})
    EXPECT_EQ(parse_role(to_string(role)), role);
  EXPECT_EQ(parse_role("janitor"), std::nullopt);
}

}  // namespace
}  // namespace rb::auth
