#include "json/format.hpp"

#include <algorithm>

#include "time/iso.hpp"

namespace rb::json {
namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }
bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool space_or_control(char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F; }

bool is_domain(std::string_view text) {
  if (text.empty() || text.size() > 253 || text.front() == '.' || text.back() == '.') return false;
  std::size_t label = 0;
  for (char c : text) {
    if (c == '.') {
      if (label == 0) return false;
      label = 0;
    } else if (letter(c) || digit(c) || c == '-' || static_cast<unsigned char>(c) >= 0x80) {
      if (++label > 63) return false;
    } else {
      return false;
    }
  }
  return true;
}

// What mail systems deliver to: RFC 5321 sizes, no quoted local parts or address literals.
bool is_email(std::string_view text) {
  auto at = text.rfind('@');
  if (at == std::string_view::npos || at == 0 || at > 64 || text.size() > 254) return false;
  auto local = text.substr(0, at);
  constexpr std::string_view kBad = "()<>[]:;,\\\"@";
  bool clean = std::ranges::none_of(
      local, [&](char c) { return space_or_control(c) || kBad.find(c) != std::string_view::npos; });
  bool dots = local.front() != '.' && local.back() != '.' && local.find("..") == std::string_view::npos;
  return clean && dots && is_domain(text.substr(at + 1));
}

}  // namespace

bool plain_integer(std::string_view text) {
  bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  if (text == "0") return !negative;
  return !text.empty() && text.size() <= 18 && text.front() != '0' && std::ranges::all_of(text, digit);
}

bool has_format(std::string_view text, Format format) {
  switch (format) {
    case Format::none:
      return true;
    case Format::email:
      return is_email(text);
    case Format::date:
      return text.size() == 10 && parse_iso(text, Zone::utc()).has_value();
  }
  return false;
}

std::string_view schema_name(Format format) {
  switch (format) {
    case Format::none:
      return "";
    case Format::email:
      return "email";
    case Format::date:
      return "date";
  }
  return "";
}

std::string_view described(Format format) {
  switch (format) {
    case Format::none:
      return "a text";
    case Format::email:
      return "a valid e-mail address";
    case Format::date:
      return "a date such as 2026-01-31";
  }
  return "";
}

}  // namespace rb::json
