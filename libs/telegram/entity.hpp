#pragma once
// Code points and the character references that Telegram's HTML knows. Pure; internal to this library.
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace rb::telegram {

struct Decoded {
  char32_t point;
  std::size_t size;  // bytes read
};

// The UTF-8 sequence at the start of `text` (not empty); nullopt: broken.
std::optional<Decoded> decode_utf8(std::string_view text);

// The reference at the start of `text`, which begins with '&': numeric or one of lt, gt, amp, quot, with its
// ';'.
std::optional<Decoded> decode_entity(std::string_view text);

// The name of a reference with a ';' that Telegram would show as it stands ("nbsp"); empty: none.
std::string_view unknown_entity(std::string_view text);

void append_utf8(std::string& out, char32_t point);
void append_escaped(std::string& out, char32_t point);

// Decodes every reference, leaves everything else.
std::string decode_entities(std::string_view text);

}  // namespace rb::telegram
