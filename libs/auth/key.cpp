#include "auth/key.hpp"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "base/ids.hpp"

namespace rb::auth {
namespace {

constexpr std::size_t kP256Part = 32;  // bytes of r and of s

const unsigned char* bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

// JWS carries r and s side by side (RFC 7518, 3.4), OpenSSL wants them in DER. "": not such a signature.
std::string to_der(std::string_view raw) {
  if (raw.size() != 2 * kP256Part) return {};
  std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> pair(ECDSA_SIG_new(), ECDSA_SIG_free);
  auto* r = BN_bin2bn(bytes(raw), kP256Part, nullptr);
  auto* s = BN_bin2bn(bytes(raw) + kP256Part, kP256Part, nullptr);
  ECDSA_SIG_set0(pair.get(), r, s);
  unsigned char* out = nullptr;
  int size = i2d_ECDSA_SIG(pair.get(), &out);
  std::string der(reinterpret_cast<char*>(out), size > 0 ? static_cast<std::size_t>(size) : 0);
  OPENSSL_free(out);
  return der;
}

}  // namespace

struct Key::PublicKey {
  std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> pkey{nullptr, EVP_PKEY_free};

  bool verifies(std::string_view text, std::string_view signature) const {
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    bool good =
        EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, pkey.get()) == 1 &&
        EVP_DigestVerify(context.get(), bytes(signature), signature.size(), bytes(text), text.size()) == 1;
    ERR_clear_error();
    return good;
  }
};

Key Key::hs256(std::string secret) {
  Key key;
  key.algorithm_ = "HS256";
  key.secret_ = std::move(secret);
  return key;
}

Result<Key> Key::from_public_pem(std::string_view pem) {
  std::unique_ptr<BIO, decltype(&BIO_free)> memory(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())),
                                                   BIO_free);
  auto parsed = std::make_shared<PublicKey>();
  parsed->pkey.reset(PEM_read_bio_PUBKEY(memory.get(), nullptr, nullptr, nullptr));
  ERR_clear_error();
  if (!parsed->pkey) return fail(Errc::invalid, "is not a public key in PEM form");
  Key key;
  char curve[32] = {};
  if (EVP_PKEY_is_a(parsed->pkey.get(), "RSA") == 1 && EVP_PKEY_get_bits(parsed->pkey.get()) >= 2048)
    key.algorithm_ = "RS256";
  else if (EVP_PKEY_get_group_name(parsed->pkey.get(), curve, sizeof curve, nullptr) == 1 &&
           std::string_view(curve) == "prime256v1")
    key.algorithm_ = "ES256";
  else
    return fail(Errc::invalid, "must be an RSA key of at least 2048 bits or one on the curve P-256");
  key.public_key_ = std::move(parsed);
  return key;
}

bool Key::verifies(std::string_view signed_part, std::string_view signature) const {
  if (!public_key_) return equal_in_constant_time(hmac_sha256(secret_, signed_part), signature);
  if (algorithm_ == "RS256") return public_key_->verifies(signed_part, signature);
  return public_key_->verifies(signed_part, to_der(signature));
}

}  // namespace rb::auth
