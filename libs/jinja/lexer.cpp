#include "jinja/lexer.hpp"

#include <algorithm>
#include <array>

#include "jinja/bigint.hpp"
#include "jinja/numbers.hpp"
#include "jinja/printing.hpp"
#include "jinja/unicode.hpp"

namespace rb::jinja {
namespace {

struct Operator {
  std::string_view sign;
  Token type;
};

// Longer signs first.
constexpr auto kOperators = std::to_array<Operator>({
    {"//", Token::floor_divide}, {"**", Token::power},         {"==", Token::equal},
    {"!=", Token::not_equal},    {">=", Token::greater_equal}, {"<=", Token::less_equal},
    {"+", Token::add},           {"-", Token::subtract},       {"/", Token::divide},
    {"*", Token::multiply},      {"%", Token::modulo},         {"~", Token::tilde},
    {"[", Token::left_bracket},  {"]", Token::right_bracket},  {"(", Token::left_paren},
    {")", Token::right_paren},   {"{", Token::left_brace},     {"}", Token::right_brace},
    {">", Token::greater},       {"<", Token::less},           {"=", Token::assign},
    {".", Token::dot},           {":", Token::colon},          {"|", Token::pipe},
    {",", Token::comma},         {";", Token::semicolon},
});

std::string normalize_newlines(std::string_view source) {
  std::string out;
  out.reserve(source.size());
  for (std::size_t i = 0; i < source.size(); ++i) {
    if (source[i] != '\r') {
      out += source[i];
    } else {
      out += '\n';
      if (i + 1 < source.size() && source[i + 1] == '\n') ++i;
    }
  }
  return out;
}

bool only_space(std::string_view text) { return strip(text, true, false).empty(); }

}  // namespace

// A "{{", "{%", "{#" or "{% raw %}" in the text.
struct Lexer::Opening {
  std::size_t at, end;
  char kind;  // '{', '%', '#', 'r'; 0: none
  char sign;  // '-', '+' or 0
};

void syntax_error(std::string message, int line, ErrorKind kind) {
  throw Raised{{kind, {}, line, std::move(message)}};
}

std::string_view describe(Token type) {
  switch (type) {
    case Token::end:
      return "end of template";
    case Token::data:
      return "template data / text";
    case Token::variable_begin:
      return "begin of print statement";
    case Token::variable_end:
      return "end of print statement";
    case Token::block_begin:
      return "begin of statement block";
    case Token::block_end:
      return "end of statement block";
    case Token::name:
      return "name";
    case Token::string:
      return "string";
    case Token::integer:
      return "integer";
    case Token::real:
      return "float";
    default:
      return std::ranges::find(kOperators, type, &Operator::type)->sign;
  }
}

Lexer::Lexer(std::string_view source, Spacing spacing)
    : source_(normalize_newlines(source)), spacing_(spacing) {
  if (!spacing_.keep_trailing_newline && source_.ends_with('\n')) source_.pop_back();
}

void Lexer::fail(std::string message) const { syntax_error(std::move(message), line_); }

void Lexer::move_to(std::size_t position) {
  line_ += static_cast<int>(std::count(source_.begin() + static_cast<std::ptrdiff_t>(at_),
                                       source_.begin() + static_cast<std::ptrdiff_t>(position), '\n'));
  if (position > at_) line_start_ = source_[position - 1] == '\n';
  at_ = position;
}

std::size_t Lexer::after_space(std::size_t from) const {
  return source_.size() - strip(std::string_view(source_).substr(from), true, false).size();
}

void Lexer::skip_space() { move_to(after_space(at_)); }

// '-', '+', or 0 when there is none.
char Lexer::take_sign(std::size_t& at) const {
  return at < source_.size() && (source_[at] == '-' || source_[at] == '+') ? source_[at++] : '\0';
}

void Lexer::leave_block(char sign) {
  if (sign == '-') skip_space();
  if (sign == '\0' && spacing_.trim_blocks && at_ < source_.size() && source_[at_] == '\n') move_to(at_ + 1);
}

Lexeme Lexer::next() {
  Lexeme out;
  while (true) {
    if (state_ != State::text) {
      if (read_tag(out)) return out;
    } else if (raw_) {
      if (read_raw(out)) return out;
    } else if (pending_ != State::text) {
      state_ = std::exchange(pending_, State::text);
      out.type = state_ == State::block ? Token::block_begin : Token::variable_begin;
      out.line = line_;
      return out;
    } else {
      if (at_ >= source_.size()) return out;
      if (read_text(out)) return out;
    }
    if (at_ >= source_.size() && pending_ == State::text && (state_ != State::text || raw_)) return Lexeme{};
  }
}

bool Lexer::raw_opening(std::size_t at, Opening& found) const {
  auto p = at + 2;
  char sign = take_sign(p);
  p = after_space(p);
  if (source_.compare(p, 3, "raw") != 0) return false;
  p = after_space(p + 3);
  if (source_.compare(p, 3, "-%}") == 0) {
    found = {at, after_space(p + 3), 'r', sign};
    return true;
  }
  if (source_.compare(p, 2, "%}") != 0) return false;
  found = {at, p + 2, 'r', sign};
  return true;
}

Lexer::Opening Lexer::find_opening() const {
  for (auto at = source_.find('{', at_); at != std::string::npos; at = source_.find('{', at + 1)) {
    if (at + 1 >= source_.size()) break;
    char kind = source_[at + 1];
    if (kind != '{' && kind != '%' && kind != '#') continue;
    Opening found{};
    if (kind == '%' && raw_opening(at, found)) return found;
    auto end = at + 2;
    char sign = take_sign(end);
    return {at, end, kind, sign};
  }
  return {source_.size(), source_.size(), '\0', '\0'};
}

bool Lexer::emit_data(Lexeme& out, std::size_t from, std::size_t to, char sign, bool strippable) {
  auto text = std::string_view(source_).substr(from, to - from);
  if (sign == '-') {
    text = strip(text, false, true);
  } else if (sign != '+' && strippable && spacing_.lstrip_blocks) {
    auto newline = text.rfind('\n');
    auto last_line = newline == std::string_view::npos ? 0 : newline + 1;
    if ((last_line > 0 || line_start_) && only_space(text.substr(last_line)))
      text = text.substr(0, last_line);
  }
  out.type = Token::data;
  out.line = line_;
  out.text = text;
  return !out.text.empty();
}

bool Lexer::read_text(Lexeme& out) {
  auto opening = find_opening();
  bool any = emit_data(out, at_, opening.at, opening.sign, opening.kind != '{' && opening.kind != '\0');
  move_to(opening.end);
  switch (opening.kind) {
    case '{':
      pending_ = State::variable;
      break;
    case '%':
      pending_ = State::block;
      break;
    case '#':
      skip_comment();
      break;
    case 'r':
      raw_ = true;
      break;
    default:
      break;
  }
  return any;
}

void Lexer::skip_comment() {
  if (at_ >= source_.size()) return;  // an opening at the very end is forgiven
  auto end = source_.find("#}", at_);
  if (end == std::string::npos) fail("Missing end of comment tag");
  auto before_end = end - 1;
  char sign = end > at_ ? take_sign(before_end) : '\0';
  move_to(end + 2);
  leave_block(sign);
}

bool Lexer::read_raw(Lexeme& out) {
  if (at_ >= source_.size()) return raw_ = false;
  for (auto at = source_.find("{%", at_); at != std::string::npos; at = source_.find("{%", at + 1)) {
    auto p = at + 2;
    char sign = take_sign(p);
    p = after_space(p);
    if (source_.compare(p, 6, "endraw") != 0) continue;
    p = after_space(p + 6);
    char close = take_sign(p);
    if (source_.compare(p, 2, "%}") != 0) continue;
    bool any = emit_data(out, at_, at, sign, true);
    move_to(p + 2);
    leave_block(close);
    raw_ = false;
    return any;
  }
  fail("Missing end of raw directive");
}

bool Lexer::read_tag(Lexeme& out) {
  skip_space();
  if (at_ >= source_.size()) return false;
  out.line = line_;
  if (open_.empty() && read_tag_end(out)) return true;
  if (read_number(out) || read_name(out) || read_string(out) || read_operator(out)) return true;
  auto end = at_;
  next_point(source_, end);
  fail("unexpected char " + repr_text(std::string_view(source_).substr(at_, end - at_)) + " at " +
       std::to_string(at_));
}

bool Lexer::read_tag_end(Lexeme& out) {
  bool block = state_ == State::block;
  std::string_view close = block ? "%}" : "}}";
  char sign = source_[at_] == '-' || (block && source_[at_] == '+') ? source_[at_] : '\0';
  auto at = at_ + (sign ? 1 : 0);
  if (source_.compare(at, 2, close) != 0) return false;
  move_to(at + 2);
  if (block)
    leave_block(sign);
  else if (sign == '-')
    skip_space();
  out.type = block ? Token::block_end : Token::variable_end;
  state_ = State::text;
  return true;
}

bool Lexer::read_number(Lexeme& out) {
  auto rest = std::string_view(source_).substr(at_);
  bool after_dot = at_ > 0 && source_[at_ - 1] == '.';
  auto real = after_dot ? 0 : match_real_literal(rest);
  auto size = real ? real : match_integer_literal(rest);
  if (size == 0) return false;
  out.type = real ? Token::real : Token::integer;
  out.number =
      real ? Value(read_real(rest.substr(0, size)).value_or(0)) : read_integer_literal(rest.substr(0, size));
  at_ += size;
  line_start_ = false;
  return true;
}

bool Lexer::read_name(Lexeme& out) {
  auto end = at_;
  bool valid = true;
  for (auto p = at_; p < source_.size(); end = p) {
    auto point = next_point(source_, p);
    bool part = is_identifier_part(point);
    if (!part && !is_word(point)) break;
    valid = valid && (end == at_ ? is_identifier_start(point) : part);
  }
  if (end == at_) return false;
  if (!valid) fail("Invalid character in identifier");
  out.type = Token::name;
  out.text = source_.substr(at_, end - at_);
  at_ = end;
  line_start_ = false;
  return true;
}

bool Lexer::read_string(Lexeme& out) {
  char quote = source_[at_];
  if (quote != '"' && quote != '\'') return false;
  auto end = at_ + 1;
  while (end < source_.size() && source_[end] != quote) end += source_[end] == '\\' ? 2 : 1;
  if (end >= source_.size()) return false;
  out.type = Token::string;
  out.text = unescape_literal(std::string_view(source_).substr(at_ + 1, end - at_ - 1), line_);
  move_to(end + 1);
  return true;
}

bool Lexer::read_operator(Lexeme& out) {
  for (const auto& [sign, type] : kOperators) {
    if (source_.compare(at_, sign.size(), sign) != 0) continue;
    if (sign.size() == 1) balance(sign[0]);
    out.type = type;
    at_ += sign.size();
    line_start_ = false;
    return true;
  }
  return false;
}

void Lexer::balance(char sign) {
  if (sign == '{' || sign == '[') open_ += static_cast<char>(sign + 2);
  if (sign == '(') open_ += ')';
  if (sign != '}' && sign != ']' && sign != ')') return;
  if (open_.empty()) fail(std::string("unexpected '") + sign + "'");
  auto expected = open_.back();
  open_.pop_back();
  if (expected != sign) fail(std::string("unexpected '") + sign + "', expected '" + expected + "'");
}

}  // namespace rb::jinja
