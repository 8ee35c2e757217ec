#include "service/callers.hpp"

namespace rb::service {
namespace {

auth::Verifier verifier_of(const config::JwtSettings& jwt, const std::string& secret) {
  std::vector<auth::Key> keys;
  keys.push_back(auth::Key::hs256(secret));
  for (const auto& previous : jwt.previous) keys.push_back(auth::Key::hs256(previous));
  if (jwt.public_key.empty()) return auth::Verifier(std::move(keys));
  auto key = auth::Key::from_public_pem(jwt.public_key);
  if (!key) throw Broken("JWT_PUBLIC_KEY: " + key.error().message);
  keys.push_back(std::move(*key));
  return auth::Verifier(std::move(keys));
}

}  // namespace

Callers::Callers(const Clock& clock, const config::JwtSettings& jwt, const std::string& secret)
    : clock_(clock), verifier_(verifier_of(jwt, secret)) {}

Result<http::Caller> Callers::authenticate(std::string_view token) {
  auto who = verifier_.verify(token, clock_.now());
  if (!who) return fail(std::move(who.error()));
  http::Caller caller;
  caller.subject = who->user_id;
  for (auto role : who->roles) caller.roles.emplace_back(to_string(role));
  caller.children = who->children_ids;
  return caller;
}

}  // namespace rb::service
