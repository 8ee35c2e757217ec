#include "sheets/text.hpp"

#include <algorithm>

#include "base/strings.hpp"

namespace rb::analytics {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kMostUnits = 32'767;

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

// ECMA-376 part 1, 22.9.2.19: _xHHHH_ is the character of that number.
bool is_escape(std::string_view at) {
  return at.size() >= 7 && at.starts_with("_x") && at[6] == '_' &&
         std::ranges::all_of(at.substr(2, 4), is_hex);
}

std::string without_escapes(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '_' && is_escape(text.substr(i))) out += "_x005F";
    out += text[i];
  }
  return out;
}

std::size_t length_of(char lead) {
  auto byte = static_cast<unsigned char>(lead);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

std::size_t units(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }) +
      std::ranges::count_if(text, [](char c) { return length_of(c) == 4 && (c & 0xC0) == 0xC0; }));
}

std::string_view cut(std::string_view text) {
  std::size_t left = kMostUnits - 1, at = 0;
  for (; at < text.size(); at += length_of(text[at])) {
    std::size_t needs = length_of(text[at]) == 4 ? 2 : 1;
    if (needs > left) break;
    left -= needs;
  }
  return text.substr(0, at);
}

}  // namespace

std::string sheet_text(std::string_view text) {
  std::string out(text);
  if (text.size() > kMostUnits && units(text) > kMostUnits) out = std::string(cut(text)) + "…";
  for (auto unknown : {"\xEF\xBF\xBE"sv, "\xEF\xBF\xBF"sv, "\0"sv})
    out = replace_all(std::move(out), unknown, "\xEF\xBF\xBD");
  return without_escapes(out);
}

}  // namespace rb::analytics
