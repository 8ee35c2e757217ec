#include "mail/address.hpp"

#include <idn2.h>

#include <algorithm>
#include <memory>

#include "base/strings.hpp"

namespace rb::mail {
namespace {

constexpr std::size_t kLongestAddress = 254;  // RFC 5321's path of 256 without its brackets
constexpr std::size_t kLongestLocal = 64;
constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz0123456789";

bool only(std::string_view text, std::string_view more) {
  return std::ranges::all_of(text, [&](char c) { return kLetters.contains(c) || more.contains(c); });
}

bool dot_atom(std::string_view text) {
  if (text.empty() || text.size() > kLongestLocal || text.front() == '.' || text.back() == '.') return false;
  return !text.contains("..") && only(ascii_lower(text), "!#$%&'*+/=?^_`{|}~.-");
}

bool host_label(const std::string& label) {
  return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
         only(label, "-");
}

// The ASCII form of a domain with at least one dot; empty: it is none.
std::string ascii_domain(std::string_view domain) {
  char* raw = nullptr;
  if (idn2_to_ascii_8z(std::string(domain).c_str(), &raw, IDN2_NONTRANSITIONAL | IDN2_NFC_INPUT) != IDN2_OK)
    return {};
  std::unique_ptr<char, decltype(&idn2_free)> holder(raw, &idn2_free);
  auto out = ascii_lower(raw);
  auto labels = split(out, '.');
  bool numeric = labels.back().find_first_not_of("0123456789") == std::string::npos;
  return labels.size() > 1 && std::ranges::all_of(labels, host_label) && !numeric ? out : std::string{};
}

}  // namespace

Result<std::string> normalise_address(std::string_view email) {
  const auto refuse = [](std::string reason) { return fail(Errc::invalid, std::move(reason)); };
  auto at = email.find('@');
  if (at == std::string_view::npos || email.find('@', at + 1) != std::string_view::npos)
    return refuse("an e-mail address has one @");
  auto local = email.substr(0, at), domain = email.substr(at + 1);
  if (!dot_atom(local)) return refuse("the part before @ is not one that mail servers take");
  if (domain.contains('\0')) return refuse("the part after @ is not a domain");
  auto ascii = ascii_domain(domain);
  if (ascii.empty()) return refuse("the part after @ is not a domain");
  if (local.size() + 1 + ascii.size() > kLongestAddress) return refuse("the e-mail address is too long");
  return std::string(local) + "@" + ascii;
}

}  // namespace rb::mail
