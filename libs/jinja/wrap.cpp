#include "jinja/wrap.hpp"

#include <algorithm>
#include <deque>

#include "jinja/error.hpp"
#include "jinja/meter.hpp"
#include "jinja/unicode.hpp"

namespace rb::jinja {
namespace {

using Points = std::u32string_view;  // parts of the line that is wrapped

bool blank(char32_t c) { return c == ' ' || (c >= 0x09 && c <= 0x0D); }
bool word_letter(char32_t c) { return is_word(c) && !is_decimal(c); }
bool before_dash(char32_t c) {
  return is_word(c) || std::u32string_view(U"!\"'&.,?").find(c) != std::u32string_view::npos;
}

// Cuts a line into chunks between which it may be broken: blanks, words, parts of words after their hyphens,
// dashes.
class Chunker {
 public:
  Chunker(Points line, bool hyphens) : line_(line), hyphens_(hyphens) {}

  std::deque<Points> run() {
    std::deque<Points> chunks;
    for (std::size_t at = 0; at < line_.size();) {
      auto end = blank(line_[at]) ? end_of_blanks(at) : hyphens_ ? end_of_part(at) : end_of_word(at);
      chunks.push_back(line_.substr(at, end - at));
      check_growth(chunks.size() * sizeof(Points));
      at = end;
    }
    return chunks;
  }

 private:
  char32_t get(std::size_t at) const { return at < line_.size() ? line_[at] : 0; }
  std::size_t end_of_blanks(std::size_t at) const {
    while (at < line_.size() && blank(line_[at])) ++at;
    return at;
  }
  std::size_t end_of_word(std::size_t at) const {
    while (at < line_.size() && !blank(line_[at])) ++at;
    return at;
  }

  // "--" or more between words
  std::size_t dashes(std::size_t at) const {
    auto end = at;
    while (get(end) == '-') ++end;
    return end - at >= 2 && end < line_.size() && is_word(line_[end]) ? end : at;
  }

  bool breaks_after_hyphen(std::size_t hyphen) const {
    auto letter = [&](std::size_t back) { return hyphen >= back && word_letter(line_[hyphen - back]); };
    bool before =
        (letter(1) && letter(2)) || (letter(1) && hyphen >= 3 && line_[hyphen - 2] == '-' && letter(3));
    if (!before) return false;
    auto next = hyphen + 1;
    if (!word_letter(get(next))) return false;
    ++next;
    if (get(next) == '-' && word_letter(get(next + 1))) return true;
    return word_letter(get(next));
  }

  std::size_t end_of_part(std::size_t at) const {
    if (at > 0 && before_dash(line_[at - 1]) && line_[at] == '-')
      if (auto end = dashes(at); end > at) return end;
    for (auto i = at + 1; i <= line_.size(); ++i) {
      if (i == line_.size() || blank(line_[i])) return i;
      if (line_[i] == '-' && breaks_after_hyphen(i)) return i + 1;
      if (line_[i] == '-' && before_dash(line_[i - 1]) && dashes(i) > i) return i;
    }
    return line_.size();
  }

  Points line_;
  bool hyphens_;
};

bool all_blank(Points chunk) { return std::ranges::all_of(chunk, is_space); }

// Puts as much of an overlong chunk on the line as fits.
void break_chunk(std::deque<Points>& chunks, std::vector<Points>& line, std::size_t used,
                 const WrapOptions& options) {
  auto room = static_cast<std::size_t>(options.width) - used;
  if (!options.break_long_words) {
    if (line.empty()) {
      line.push_back(chunks.front());
      chunks.pop_front();
    }
    return;
  }
  auto& chunk = chunks.front();
  auto end = room;
  if (options.break_on_hyphens && chunk.size() > room && room > 0) {
    auto hyphen = chunk.rfind(U'-', room - 1);
    bool word_before =
        hyphen != Points::npos && chunk.substr(0, hyphen).find_first_not_of(U'-') != Points::npos;
    if (word_before) end = hyphen + 1;
  }
  line.push_back(chunk.substr(0, end));
  chunk.remove_prefix(end);
}

}  // namespace

std::vector<std::string> wrap(std::string_view text, const WrapOptions& options) {
  if (options.width <= 0)
    raise(ErrorKind::value, "invalid width " + std::to_string(options.width) + " (must be > 0)");
  auto points = to_points(text);
  auto chunks = Chunker(points, options.break_on_hyphens).run();
  auto width = static_cast<std::size_t>(options.width);
  std::vector<std::string> lines;
  while (!chunks.empty()) {
    charge_steps();
    std::vector<Points> line;
    std::size_t used = 0;
    if (!lines.empty() && all_blank(chunks.front())) chunks.pop_front();
    while (!chunks.empty() && used + chunks.front().size() <= width) {
      used += chunks.front().size();
      line.push_back(chunks.front());
      chunks.pop_front();
    }
    if (!chunks.empty() && chunks.front().size() > width) break_chunk(chunks, line, used, options);
    if (!line.empty() && all_blank(line.back())) line.pop_back();
    if (line.empty()) continue;
    std::string joined;
    for (auto chunk : line) joined += from_points(chunk);
    lines.push_back(std::move(joined));
  }
  return lines;
}

}  // namespace rb::jinja
