#include <fstream>
#include <iterator>

#include "base/strings.hpp"
#include "config/kept_secret.hpp"
#include "config/rooms.hpp"

namespace rb::config {

constexpr std::size_t kLeastSecret = 32;  // bytes, as RFC 7518 asks for HS256

Group jwt_group() {
  return {"Access tokens",
          {
              {.name = "JWT_SECRET_KEY",
               .help = "Key of HS256 tokens, at least 32 bytes; development makes one of its own",
               .secret = true,
               .placeholders = {"your_super_secret_jwt_key", "generate_a_very_long_random_string_here"}},
              {.name = "JWT_PREVIOUS_SECRET_KEYS",
               .help = "Older keys that are still accepted, separated by commas",
               .kind = Kind::list,
               .secret = true},
              {.name = "JWT_PUBLIC_KEY", .help = "Public key of RS256 or ES256 tokens: PEM text or its file"},
          }};
}

namespace {

void check_secret(Reader& in, std::string_view name, std::string_view secret) {
  if (secret.size() < kLeastSecret)
    in.problem(name, "must have at least 32 bytes in production, such as: openssl rand -base64 48");
}

std::string read_public_key(Reader& in) {
  auto value = in.text("JWT_PUBLIC_KEY");
  if (value.empty() || value.starts_with("-----BEGIN")) return replace_all(value, "\\n", "\n");
  std::ifstream file(value);
  if (!file) in.problem("JWT_PUBLIC_KEY", "must be PEM text or a file that can be read");
  return {std::istreambuf_iterator(file), {}};
}

}  // namespace

JwtSettings read_jwt(Reader& in) {
  JwtSettings out{in.text("JWT_SECRET_KEY"), in.list("JWT_PREVIOUS_SECRET_KEYS"), read_public_key(in)};
  if (!in.production()) return out;
  if (!in.is_set("JWT_SECRET_KEY"))
    in.problem("JWT_SECRET_KEY", "must be set in production, such as: openssl rand -base64 48");
  else if (!out.secret.empty())
    check_secret(in, "JWT_SECRET_KEY", out.secret);
  for (const auto& previous : out.previous) check_secret(in, "JWT_PREVIOUS_SECRET_KEYS", previous);
  return out;
}

std::string jwt_secret(const AppSettings& settings) {
  if (!settings.jwt.secret.empty()) return settings.jwt.secret;
  auto folder = settings.database.file.parent_path();
  return kept_secret(folder.empty() ? "." : folder);
}

}  // namespace rb::config
