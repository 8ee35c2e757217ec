#include "jinja/split.hpp"

#include <algorithm>

#include "jinja/text.hpp"
#include "jinja/unicode.hpp"

namespace rb::jinja {
namespace {

// The end of the last word of `text`, and its start.
std::pair<std::size_t, std::size_t> last_word(std::string_view text) {
  auto trimmed = strip(text, false, true);
  auto start = trimmed.size();
  while (start > 0) {
    auto point = last_point_start(trimmed.substr(0, start)), next = point;
    if (is_space(next_point(trimmed, next))) break;
    start = point;
  }
  return {start, trimmed.size()};
}

void add(Pieces& pieces, std::string_view piece) {
  pieces.push_back(piece);
  check_growth(pieces.size() * sizeof(std::string_view));
}

}  // namespace

Pieces split_text(std::string_view text, std::string_view separator, std::int64_t limit) {
  Pieces out;
  for (; limit != 0; --limit) {
    auto at = find_text(text, separator);
    if (at == std::string_view::npos) break;
    add(out, text.substr(0, at));
    text.remove_prefix(at + separator.size());
  }
  out.push_back(text);
  return out;
}

Pieces split_right(std::string_view text, std::string_view separator, std::int64_t limit) {
  Pieces out;
  for (; limit != 0; --limit) {
    auto at = find_last_text(text, separator);
    if (at == std::string_view::npos) break;
    add(out, text.substr(at + separator.size()));
    text = text.substr(0, at);
  }
  out.push_back(text);
  std::ranges::reverse(out);
  return out;
}

Pieces split_blanks(std::string_view text, std::int64_t limit) {
  Pieces out;
  text = strip(text, true, false);
  while (!text.empty()) {
    if (limit-- == 0) {
      out.push_back(text);
      break;
    }
    std::size_t end = 0;
    while (end < text.size()) {
      auto next = end;
      if (is_space(next_point(text, next))) break;
      end = next;
    }
    add(out, text.substr(0, end));
    text = strip(text.substr(end), true, false);
  }
  return out;
}

Pieces split_blanks_right(std::string_view text, std::int64_t limit) {
  Pieces out;
  text = strip(text, false, true);
  while (!text.empty()) {
    if (limit-- == 0) {
      out.push_back(text);
      break;
    }
    auto [start, end] = last_word(text);
    add(out, text.substr(start, end - start));
    text = strip(text.substr(0, start), false, true);
  }
  std::ranges::reverse(out);
  return out;
}

Pieces split_lines(std::string_view text, bool keep_ends) {
  Pieces out;
  std::size_t from = 0;
  for (std::size_t at = 0; at < text.size();) {
    auto end = at;
    auto point = next_point(text, at);
    if (!is_line_end(point)) continue;
    if (point == '\r' && at < text.size() && text[at] == '\n') ++at;
    add(out, text.substr(from, (keep_ends ? at : end) - from));
    from = at;
  }
  if (from < text.size()) out.push_back(text.substr(from));
  return out;
}

}  // namespace rb::jinja
