#include "base/ids.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include "base/error.hpp"
#include "base/strings.hpp"

namespace rb {

std::string random_bytes(std::size_t bytes) {
  std::string out(bytes, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(out.data()), static_cast<int>(bytes)) != 1)
    throw Broken("the system gives no randomness");
  return out;
}

std::string new_uuid(std::int64_t unix_ms) {
  auto raw = random_bytes(16);
  for (std::size_t i = 0; i < 6; ++i) raw[i] = static_cast<char>(unix_ms >> (8 * (5 - i)));
  raw[6] = static_cast<char>((raw[6] & 0x0F) | 0x70);
  raw[8] = static_cast<char>((raw[8] & 0x3F) | 0x80);
  auto text = hex(raw);
  for (std::size_t at : {8U, 13U, 18U, 23U}) text.insert(at, 1, '-');
  return text;
}

std::string sha256(std::string_view data) {
  std::string out(32, '\0');
  if (EVP_Digest(data.data(), data.size(), reinterpret_cast<unsigned char*>(out.data()), nullptr,
                 EVP_sha256(), nullptr) != 1)
    throw Broken("SHA-256 is not available");
  return out;
}

std::string hmac_sha256(std::string_view key, std::string_view data) {
  std::string out(32, '\0');
  unsigned int size = 0;
  if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
           reinterpret_cast<const unsigned char*>(data.data()), data.size(),
           reinterpret_cast<unsigned char*>(out.data()), &size) == nullptr)
    throw Broken("HMAC-SHA-256 is not available");
  return out;
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace rb
