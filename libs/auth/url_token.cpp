#include "auth/url_token.hpp"

#include <algorithm>

#include "base/ids.hpp"
#include "base/strings.hpp"

namespace rb::auth {
namespace {

// A token is base64url(expiry in seconds, 5 bytes big-endian · payload · first 16 bytes of the HMAC).
constexpr std::size_t kExpiry = 5, kMac = 16;

std::string pack_seconds(Time t) {
  auto seconds = std::chrono::floor<std::chrono::seconds>(t).time_since_epoch().count();
  std::string out(kExpiry, '\0');
  for (std::size_t i = 0; i < kExpiry; ++i) out[i] = static_cast<char>(seconds >> (8 * (kExpiry - 1 - i)));
  return out;
}

Time unpack_seconds(std::string_view packed) {
  std::int64_t seconds = 0;
  for (char c : packed) seconds = seconds * 256 + static_cast<unsigned char>(c);
  return Time(std::chrono::seconds(seconds));
}

// The purpose makes a key of its own, so that no text can be read as another purpose's.
std::string mac(std::string_view secret, std::string_view purpose, std::string_view body) {
  auto key = hmac_sha256(secret, "repitbot url token: " + std::string(purpose));
  return hmac_sha256(key, body).substr(0, kMac);
}

}  // namespace

UrlTokens::UrlTokens(std::vector<std::string> secrets) : secrets_(std::move(secrets)) {}

std::string UrlTokens::sign(std::string_view purpose, std::string_view payload, Time expires) const {
  auto body = pack_seconds(expires) + std::string(payload);
  return base64url(body + mac(secrets_.front(), purpose, body));
}

Result<std::string> UrlTokens::verify(std::string_view purpose, std::string_view token, Time now) const {
  auto raw = from_base64url(token);
  if (!raw || raw->size() < kExpiry + kMac) return fail(Errc::unauthorized, "the link is not valid");
  auto body = std::string_view(*raw).substr(0, raw->size() - kMac);
  auto given = std::string_view(*raw).substr(body.size());
  bool ours = std::ranges::any_of(secrets_, [&](const std::string& secret) {
    return equal_in_constant_time(mac(secret, purpose, body), given);
  });
  if (!ours) return fail(Errc::unauthorized, "the link is not valid");
  if (unpack_seconds(body.substr(0, kExpiry)) <= now) return fail(Errc::unauthorized, "the link has expired");
  return std::string(body.substr(kExpiry));
}

std::string random_token(std::size_t bytes) { return base64url(random_bytes(bytes)); }

}  // namespace rb::auth
