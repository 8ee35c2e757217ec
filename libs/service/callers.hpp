#pragma once
// Who calls: the tokens of the settings as an authenticator of the HTTP library.
#include "auth/jwt.hpp"
#include "config/settings.hpp"
#include "http/message.hpp"

namespace rb::service {

class Callers {
 public:
  // Throws Broken when JWT_PUBLIC_KEY is no key. `secret` is that of the settings or the kept one.
  Callers(const Clock& clock, const config::JwtSettings& jwt, const std::string& secret);

  Result<http::Caller> authenticate(std::string_view token);

 private:
  const Clock& clock_;
  auth::Verifier verifier_;
};

}  // namespace rb::service
