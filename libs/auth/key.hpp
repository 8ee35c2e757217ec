#pragma once
// Keys that check the signature of a JWT (RFC 7518). A key has one algorithm and never serves another one.
#include <memory>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace rb::auth {

class Key {
 public:
  static Key hs256(std::string secret);

  // RS256 for an RSA key of at least 2048 bits, ES256 for one on P-256. Errc::invalid: anything else.
  static Result<Key> from_public_pem(std::string_view pem);

  std::string_view algorithm() const { return algorithm_; }
  bool verifies(std::string_view signed_part, std::string_view signature) const;

 private:
  struct PublicKey;
  std::string_view algorithm_;
  std::string secret_;                     // of HS256
  std::shared_ptr<PublicKey> public_key_;  // of the others
};

}  // namespace rb::auth
