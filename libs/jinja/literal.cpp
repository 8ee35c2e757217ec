// Escapes in string literals, after Python's unicode-escape codec.
#include <array>

#include "jinja/lexer.hpp"
#include "jinja/numbers.hpp"
#include "jinja/unicode.hpp"

namespace rb::jinja {
namespace {

bool octal(char c) { return c >= '0' && c <= '7'; }

class Unescape {
 public:
  Unescape(std::string_view raw, int line) : raw_(raw), line_(line) {}

  std::string run() {
    while (at_ < raw_.size()) {
      if (raw_[at_] != '\\') {
        out_ += raw_[at_++];
      } else {
        ++at_;
        escape();
      }
    }
    return std::move(out_);
  }

 private:
  void escape() {
    constexpr std::string_view letters = "abfnrtv\\'\"";
    constexpr std::string_view meanings = "\a\b\f\n\r\t\v\\'\"";
    if (at_ >= raw_.size()) syntax_error("\\ at end of string", line_);
    char c = raw_[at_];
    if (auto i = letters.find(c); i != std::string_view::npos) {
      out_ += meanings[i];
      ++at_;
    } else if (c == '\n') {
      ++at_;
    } else if (octal(c)) {
      read_octal();
    } else if (c == 'x') {
      read_hex(2, "truncated \\xXX escape");
    } else if (c == 'u') {
      read_hex(4, "truncated \\uXXXX escape");
    } else if (c == 'U') {
      read_hex(8, "truncated \\UXXXXXXXX escape");
    } else if (c == 'N') {
      syntax_error("character names (\\N{...}) are not supported", line_);
    } else if (static_cast<unsigned char>(c) < 0x80) {
      out_ += '\\';
    } else {
      spell_out();
    }
  }

  void read_octal() {
    char32_t point = 0;
    for (int i = 0; i < 3 && at_ < raw_.size() && octal(raw_[at_]); ++i)
      point = point * 8 + static_cast<char32_t>(raw_[at_++] - '0');
    append_utf8(out_, point);
  }

  void read_hex(int digits, const char* complaint) {
    ++at_;
    char32_t point = 0;
    for (int i = 0; i < digits; ++i) {
      auto digit = at_ < raw_.size() ? digit_value(raw_[at_]) : 16;
      if (digit >= 16) syntax_error(complaint, line_);
      point = point * 16 + digit;
      ++at_;
    }
    if (point > 0x10FFFF) syntax_error("illegal Unicode character", line_);
    if (point >= 0xD800 && point < 0xE000) syntax_error("a surrogate is not a character", line_);
    append_utf8(out_, point);
  }

  // A backslash before a letter outside ASCII: the reference shows the escape of that letter.
  void spell_out() {
    auto point = next_point(raw_, at_);
    std::array<char, 12> text{};
    auto size = std::snprintf(text.data(), text.size(),
                              point < 0x100     ? "\\x%02x"
                              : point < 0x10000 ? "\\u%04x"
                                                : "\\U%08x",
                              static_cast<unsigned>(point));
    out_.append(text.data(), static_cast<std::size_t>(size));
  }

  std::string_view raw_;
  int line_;
  std::size_t at_ = 0;
  std::string out_;
};

}  // namespace

std::string unescape_literal(std::string_view raw, int line) { return Unescape(raw, line).run(); }

}  // namespace rb::jinja
