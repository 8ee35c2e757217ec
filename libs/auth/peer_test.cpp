// Against PyJWT and openssl: an independent implementation shares no fault with ours.
#include <gtest/gtest.h>

#include <cstdio>

#include "auth/jwt.hpp"
#include "json/json.hpp"

namespace rb::auth {
namespace {

constexpr auto kSecret = "a secret of at least thirty-two bytes";

std::string run(const std::string& command) {
  std::FILE* pipe = ::popen(command.c_str(), "r");
  std::string out;
  char buffer[4096];
  while (auto size = std::fread(buffer, 1, sizeof buffer, pipe)) out.append(buffer, size);
  EXPECT_EQ(::pclose(pipe), 0) << command;
  return out;
}

class Peer : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    made_ = json::parse(run("/usr/bin/python3 libs/auth/peer.py make")).value().as_object();
  }
  static std::string made(std::string_view name) { return std::string(made_.at(name).as_string()); }
  static Key key(std::string_view name) { return Key::from_public_pem(made(name)).value(); }
  static Time now() { return SystemClock().now(); }

  static json::object made_;
};
json::object Peer::made_;

TEST_F(Peer, tokens_of_all_three_algorithms_are_read) {
  struct {
    std::string_view token;
    Key key;
  } cases[] = {{"rs256", key("rsa")}, {"es256", key("ec")}, {"hs256", Key::hs256(kSecret)}};
  for (const auto& c : cases) {
    auto who = Verifier({c.key}).verify(made(c.token), now());
    ASSERT_TRUE(who) << c.token << ": " << who.error().message;
    EXPECT_EQ(who->user_id, "42");
    EXPECT_EQ(who->roles, (std::vector{Role::tutor, Role::parent}));
    EXPECT_EQ(who->children_ids, (std::vector<std::string>{"5", "6"}));
  }
}

TEST_F(Peer, keys_of_different_kinds_serve_side_by_side) {
  Verifier verifier({Key::hs256(kSecret), key("rsa")});
  EXPECT_TRUE(verifier.verify(made("hs256"), now()));
  EXPECT_TRUE(verifier.verify(made("rs256"), now()));
  EXPECT_EQ(verifier.verify(made("es256"), now()).error().message,
            "the token is signed in a way that is not accepted here");
}

TEST_F(Peer, a_public_key_is_never_taken_for_a_secret) {
  EXPECT_EQ(Verifier({key("rsa")}).verify(made("confused"), now()).error().message,
            "the token is signed in a way that is not accepted here");
  EXPECT_EQ(Verifier({key("rsa"), Key::hs256(kSecret)}).verify(made("confused"), now()).error().message,
            "the token has a wrong signature");
}

TEST_F(Peer, a_changed_signature_is_refused) {
  for (std::string_view name : {"rs256", "es256", "hs256"}) {
    auto token = made(name);
    auto& digit = token[token.rfind('.') + 5];
    digit = digit == 'A' ? 'B' : 'A';
    Verifier verifier({key("rsa"), key("ec"), Key::hs256(kSecret)});
    EXPECT_EQ(verifier.verify(token, now()).error().message, "the token has a wrong signature") << name;
    EXPECT_FALSE(verifier.verify(token.substr(0, token.size() - 8), now())) << name;
  }
}

TEST_F(Peer, weak_and_unknown_keys_are_refused) {
  for (auto name : {"small_rsa", "p384"})
    EXPECT_EQ(Key::from_public_pem(made(name)).error().message,
              "must be an RSA key of at least 2048 bits or one on the curve P-256");
  EXPECT_EQ(Key::from_public_pem("nonsense").error().message, "is not a public key in PEM form");
}

TEST_F(Peer, PyJWT_reads_our_tokens) {
  Identity who{"7", {Role::parent}, {"5", "6"}, now() + std::chrono::minutes(10)};
  auto token = make_token(who, kSecret, now());
  auto claims =
      json::parse(run("/usr/bin/python3 libs/auth/peer.py read " + token + " '" + kSecret + "'")).value();
  EXPECT_EQ(claims.at("sub"), "7");
  EXPECT_EQ(claims.at("role"), "parent");
  EXPECT_EQ(claims.at("children_ids"), (json::array{"5", "6"}));
}

}  // namespace
}  // namespace rb::auth
