#include "auth/jwt.hpp"

#include <algorithm>
#include <cmath>
#include <list>
#include <optional>
#include <unordered_map>

#include "base/ids.hpp"
#include "base/strings.hpp"
#include "json/json.hpp"

namespace rb::auth {
namespace {

constexpr std::size_t kLongest = 8192;
constexpr std::size_t kRemembered = 1024;
constexpr auto kLeeway = std::chrono::seconds(30);
constexpr double kLastSecond = 253'402'300'799;  // year 9999

std::unexpected<Error> refuse(std::string_view reason) {
  return fail(Errc::unauthorized, "the token " + std::string(reason));
}

struct Parts {
  std::string_view signed_part;
  json::object header, claims;
  std::string signature;
};

std::optional<json::object> decode_object(std::string_view part) {
  auto text = from_base64url(part);
  if (!text || !valid_utf8(*text)) return std::nullopt;
  auto parsed = json::parse(*text);
  if (!parsed || !parsed->is_object()) return std::nullopt;
  return std::move(parsed->as_object());
}

std::optional<Parts> take_apart(std::string_view token) {
  auto first = token.find('.'), last = token.rfind('.');
  if (token.size() > kLongest || first == last || token.find('.', first + 1) != last) return std::nullopt;
  auto header = decode_object(token.substr(0, first));
  auto claims = decode_object(token.substr(first + 1, last - first - 1));
  auto signature = from_base64url(token.substr(last + 1));
  if (!header || !claims || !signature) return std::nullopt;
  return Parts{token.substr(0, last), *std::move(header), *std::move(claims), *std::move(signature)};
}

std::string_view text_or_empty(const json::object& object, std::string_view name) {
  const auto* found = object.if_contains(name);
  return found != nullptr && found->is_string() ? std::string_view(found->get_string()) : std::string_view();
}

// An id is text or an integer; both mean the same.
std::string id_of(const json::value& value) {
  if (value.is_string()) return std::string(value.get_string());
  return value.is_int64() ? std::to_string(value.get_int64()) : std::string();
}

// NumericDate (RFC 7519, 2): seconds, perhaps with a fraction. nullopt: absent, Time::min(): not a date.
std::optional<Time> date_of(const json::object& claims, std::string_view name) {
  const auto* found = claims.if_contains(name);
  if (found == nullptr) return std::nullopt;
  if (!found->is_number()) return Time::min();
  auto seconds = std::clamp(found->to_number<double>(), 0.0, kLastSecond);
  return from_micros(std::llround(seconds * 1e6));
}

std::vector<Role> roles_of(const json::object& claims) {
  std::vector<Role> roles;
  auto add = [&](const json::value& name) {
    auto role = name.is_string() ? parse_role(name.get_string()) : std::nullopt;
    if (role && std::ranges::find(roles, *role) == roles.end()) roles.push_back(*role);
  };
  if (const auto* one = claims.if_contains("role")) add(*one);
  if (const auto* many = claims.if_contains("roles"); many != nullptr && many->is_array())
    for (const auto& name : many->get_array()) add(name);
  return roles;
}

Result<void> check_times(const json::object& claims, Time now) {
  auto expires = date_of(claims, "exp");
  if (!expires) return refuse("has no exp");
  if (*expires <= now) return refuse("has expired");
  for (std::string_view name : {"nbf", "iat"}) {
    auto from = date_of(claims, name);
    if (from == Time::min()) return refuse("has a wrong " + std::string(name));
    if (from && *from > now + kLeeway) return refuse("is not valid yet");
  }
  return {};
}

Result<Identity> identify(const json::object& claims, Time now) {
  if (auto checked = check_times(claims, now); !checked) return fail(checked.error());
  Identity who;
  if (const auto* subject = claims.if_contains("sub")) who.user_id = id_of(*subject);
  if (who.user_id.empty() || who.user_id.size() > 64) return refuse("has no usable sub");
  who.roles = roles_of(claims);
  if (who.roles.empty()) return refuse("names no role known here");
  if (const auto* children = claims.if_contains("children_ids"); children != nullptr && children->is_array())
    for (const auto& child : children->get_array())
      if (auto id = id_of(child); !id.empty()) who.children_ids.push_back(std::move(id));
  who.expires = *date_of(claims, "exp");
  return who;
}

Result<void> check_signature(const Parts& parts, const std::vector<Key>& keys) {
  if (parts.header.contains("crit")) return refuse("demands an extension that is not known here");
  auto algorithm = text_or_empty(parts.header, "alg");
  bool known = false;
  for (const auto& key : keys) {
    if (key.algorithm() != algorithm) continue;
    known = true;
    if (key.verifies(parts.signed_part, parts.signature)) return {};
  }
  return known ? refuse("has a wrong signature") : refuse("is signed in a way that is not accepted here");
}

}  // namespace

struct Verifier::Impl {
  std::vector<Key> keys;
  std::list<std::string> recent;  // the token used last in front
  struct Known {
    Identity who;
    std::list<std::string>::iterator place;
  };
  std::unordered_map<std::string_view, Known> known;  // by tokens in `recent`

  void forget(std::unordered_map<std::string_view, Known>::iterator it) {
    auto place = it->second.place;
    known.erase(it);
    recent.erase(place);
  }

  void remember(std::string_view token, const Identity& who) {
    if (known.size() >= kRemembered) forget(known.find(recent.back()));
    recent.emplace_front(token);
    known.emplace(recent.front(), Known{who, recent.begin()});
  }
};

Verifier::Verifier(std::vector<Key> keys) : impl_(std::make_unique<Impl>()) { impl_->keys = std::move(keys); }

Verifier::~Verifier() = default;
Verifier::Verifier(Verifier&&) noexcept = default;
Verifier& Verifier::operator=(Verifier&&) noexcept = default;

Result<Identity> Verifier::verify(std::string_view token, Time now) {
  if (auto it = impl_->known.find(token); it != impl_->known.end()) {
    if (it->second.who.expires > now) {
      impl_->recent.splice(impl_->recent.begin(), impl_->recent, it->second.place);
      return it->second.who;
    }
    impl_->forget(it);
  }
  auto parts = take_apart(token);
  if (!parts) return refuse("is not a JWT");
  if (auto checked = check_signature(*parts, impl_->keys); !checked) return fail(checked.error());
  auto who = identify(parts->claims, now);
  if (who) impl_->remember(token, *who);
  return who;
}

std::string make_token(const Identity& who, std::string_view secret, Time now) {
  auto seconds = [](Time t) {
    return std::chrono::floor<std::chrono::seconds>(t).time_since_epoch().count();
  };
  json::object claims{{"sub", who.user_id}, {"iat", seconds(now)}, {"exp", seconds(who.expires)}};
  json::array roles;
  for (auto role : who.roles) roles.emplace_back(to_string(role));
  if (roles.size() == 1)
    claims["role"] = roles.front();
  else
    claims["roles"] = roles;
  if (!who.children_ids.empty())
    claims["children_ids"] = json::array(who.children_ids.begin(), who.children_ids.end());
  auto text = base64url(R"({"alg":"HS256","typ":"JWT"})") + "." + base64url(json::to_text(claims));
  return text + "." + base64url(hmac_sha256(secret, text));
}

}  // namespace rb::auth
