#include "config/dotenv.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/strings.hpp"

namespace rb::config {
namespace {

bool is_name(std::string_view text) {
  auto letter = [](char c) { return c == '_' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
  auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return !text.empty() && !digit(text[0]) &&
         std::ranges::all_of(text, [&](char c) { return letter(c) || digit(c); });
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
  }

  Result<Variables> run() {
    Variables out;
    for (; at_ < text_.size(); ++line_) {
      auto line = trim(text_.substr(at_, text_.find('\n', at_) - at_));
      if (line.empty() || line[0] == '#') {
        skip_line();
      } else if (!assignment(out)) {
        return fail(Errc::invalid, fmt::format("line {}: must be NAME=value", line_));
      }
    }
    return out;
  }

 private:
  bool assignment(Variables& out) {
    auto equals = text_.find('=', at_);
    if (equals == std::string_view::npos) return false;
    auto name = trim(text_.substr(at_, equals - at_));
    if (name.starts_with("export ")) name = trim(name.substr(7));
    if (!is_name(name)) return false;
    at_ = std::min(text_.find_first_not_of(" \t", equals + 1), text_.size());
    bool quoted = at_ < text_.size() && (text_[at_] == '\'' || text_[at_] == '"');
    if (!quoted) {
      out.insert_or_assign(std::string(name), plain());
      return true;
    }
    std::string value;
    if (!quoted_into(value)) return false;
    out.insert_or_assign(std::string(name), std::move(value));
    return true;
  }

  // To the end of the line or to a comment, which needs a space before it: "pass#word" is one value.
  std::string plain() {
    auto line = text_.substr(at_, text_.find('\n', at_) - at_);
    auto comment = line.starts_with('#') ? 0 : line.find(" #");
    skip_line();
    return std::string(trim(line.substr(0, comment)));
  }

  bool quoted_into(std::string& value) {
    int lines = 0;
    for (char quote = text_[at_++]; at_ < text_.size(); ++at_) {
      char c = text_[at_];
      if (c == quote) {
        auto rest = trim(text_.substr(at_ + 1, text_.find('\n', at_) - at_ - 1));
        skip_line();
        line_ += lines;
        return rest.empty() || rest[0] == '#';
      }
      if (c == '\n') ++lines;
      value += c == '\\' && quote == '"' && at_ + 1 < text_.size() ? unescape(text_[++at_]) : c;
    }
    return false;
  }

  static char unescape(char c) { return c == 'n' ? '\n' : (c == 't' ? '\t' : c); }

  void skip_line() {
    auto end = text_.find('\n', at_);
    at_ = end == std::string_view::npos ? text_.size() : end + 1;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int line_ = 1;
};

}  // namespace

Result<Variables> parse_dotenv(std::string_view text) { return Parser(text).run(); }

}  // namespace rb::config
