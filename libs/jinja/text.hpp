#pragma once
// Text operations that methods and filters share. All count code points and charge the meter.
#include <cstdint>
#include <string>
#include <string_view>

#include "jinja/objects.hpp"

namespace rb::jinja {

// `text` as a value of the kind that `model` is: beside a safe text it is safe.
inline Value like(const Value& model, std::string_view text) {
  return Value::adopt(model.type(), Str::make(text));
}
// What `map` makes of a text.
template <std::string (*map)(std::string_view)>
Value same_kind(const Value& text) {
  return like(text, map(text.text()));
}
Value upper_text(const Value& text);
Value lower_text(const Value& text);

// Where `needle` begins, at `from` or later; npos: nowhere. The time grows with the sum of the lengths, not
// with their product, as std::string_view's does.
std::size_t find_text(std::string_view text, std::string_view needle, std::size_t from = 0);
std::size_t find_last_text(std::string_view text, std::string_view needle);

// At most `count` replacements; a negative count means all. An empty `from` matches between all code points.
std::string replace_text(std::string_view text, std::string_view from, std::string_view to,
                         std::int64_t count);
std::string_view strip_points(std::string_view text, std::string_view points, bool left, bool right);
// `fill` (one code point) `left` times before and `right` times after.
std::string pad(std::string_view text, std::string_view fill, std::size_t left, std::size_t right);
std::string center(std::string_view text, std::int64_t width);
// HTML entities back to characters, and tags away, as MarkupSafe does.
std::string unescape_html(std::string_view text);
std::string strip_tags(std::string_view text);

}  // namespace rb::jinja
