#pragma once
// Small text helpers that the standard library lacks. Pure, thread-safe.
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rb {

std::string_view trim(std::string_view text);
std::vector<std::string> split(std::string_view text, char separator);  // "" gives one empty part
std::string join(const std::vector<std::string>& parts, std::string_view separator);
std::string replace_all(std::string text, std::string_view from, std::string_view to);
std::string ascii_lower(std::string_view text);
bool iequals(std::string_view a, std::string_view b);  // ASCII case only

// & < > " ' as entities: safe in HTML text and in quoted attributes.
std::string escape_html(std::string_view text);

// Percent-decoding of a URL part; '+' is a space when `form`. nullopt: a broken escape.
std::optional<std::string> percent_decode(std::string_view text, bool form = false);
std::string percent_encode(std::string_view text);  // all but RFC 3986 unreserved characters

bool all_digits(std::string_view text);  // ASCII; false for ""

bool valid_utf8(std::string_view text);

// What every database can keep: UTF-8 without a zero byte. storable() puts '?' for each byte that is not.
bool is_storable(std::string_view text);
std::string storable(std::string text);

std::size_t utf8_length(std::string_view text);                      // code points
std::string utf8_prefix(std::string_view text, std::size_t points);  // never cuts a code point
std::string utf8_lower(std::string_view text);                       // Unicode simple case mapping

std::string base64(std::string_view bytes);
std::string base64url(std::string_view bytes);  // no padding
// nullopt: not base64url, or not as base64url() would write it, so that no two texts mean the same bytes.
std::optional<std::string> from_base64url(std::string_view text);
std::string hex(std::string_view bytes);

}  // namespace rb
