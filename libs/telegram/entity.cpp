#include "telegram/entity.hpp"

#include <utf8proc.h>

#include <charconv>

namespace rb::telegram {
namespace {

struct Named {
  std::string_view name;
  char32_t point;
};
constexpr Named kNamed[] = {{"lt", U'<'}, {"gt", U'>'}, {"amp", U'&'}, {"quot", U'"'}};

constexpr std::size_t kLongestReference = 12;  // "&#x0010FFFF;"

// What stands between '&' and ';', empty when there is no such pair nearby.
std::string_view reference(std::string_view text) {
  auto end = text.substr(0, kLongestReference).find(';');
  return end == std::string_view::npos ? std::string_view{} : text.substr(1, end - 1);
}

std::optional<char32_t> numeric(std::string_view digits) {
  int base = 10;
  if (digits.starts_with('x') || digits.starts_with('X')) {
    base = 16;
    digits.remove_prefix(1);
  }
  std::uint32_t value = 0;
  auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  if (error != std::errc() || end != digits.data() + digits.size() || value == 0) return std::nullopt;
  if (!utf8proc_codepoint_valid(static_cast<utf8proc_int32_t>(value))) return std::nullopt;
  return static_cast<char32_t>(value);
}

}  // namespace

std::optional<Decoded> decode_utf8(std::string_view text) {
  utf8proc_int32_t point = 0;
  auto n = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                            static_cast<utf8proc_ssize_t>(text.size()), &point);
  if (n <= 0) return std::nullopt;
  return Decoded{static_cast<char32_t>(point), static_cast<std::size_t>(n)};
}

std::optional<Decoded> decode_entity(std::string_view text) {
  auto name = reference(text);
  for (const auto& known : kNamed)
    if (name == known.name) return Decoded{known.point, name.size() + 2};
  if (!name.starts_with('#')) return std::nullopt;
  auto point = numeric(name.substr(1));
  if (!point) return std::nullopt;
  return Decoded{*point, name.size() + 2};
}

std::string_view unknown_entity(std::string_view text) {
  auto name = reference(text);
  bool letters = name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789#") ==
                 std::string_view::npos;
  return letters && !decode_entity(text) ? name : std::string_view{};
}

void append_utf8(std::string& out, char32_t point) {
  utf8proc_uint8_t bytes[4];
  auto size = utf8proc_encode_char(static_cast<utf8proc_int32_t>(point), bytes);
  out.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

void append_escaped(std::string& out, char32_t point) {
  for (const auto& known : kNamed) {
    if (point != known.point) continue;
    out += '&';
    out += known.name;
    out += ';';
    return;
  }
  append_utf8(out, point);
}

std::string decode_entities(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    auto entity = text.front() == '&' ? decode_entity(text) : std::nullopt;
    if (entity) {
      append_utf8(out, entity->point);
    } else {
      out += text.front();
    }
    text.remove_prefix(entity ? entity->size : 1);
  }
  return out;
}

}  // namespace rb::telegram
