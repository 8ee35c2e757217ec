#pragma once
// Template text → tokens, one at a time. White space control, trim_blocks, lstrip_blocks and raw blocks are
// settled here: the parser sees only the data that will be printed.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "jinja/objects.hpp"

namespace rb::jinja {

enum class Token : std::uint8_t {
  end,
  data,
  variable_begin,
  variable_end,
  block_begin,
  block_end,
  name,
  string,
  integer,
  real,
  add,
  subtract,
  divide,
  floor_divide,
  multiply,
  modulo,
  power,
  tilde,
  left_bracket,
  right_bracket,
  left_paren,
  right_paren,
  left_brace,
  right_brace,
  equal,
  not_equal,
  greater,
  greater_equal,
  less,
  less_equal,
  assign,
  dot,
  colon,
  pipe,
  comma,
  semicolon,
};

std::string_view describe(Token type);  // as it is named in messages

struct Lexeme {
  Token type = Token::end;
  int line = 1;
  std::string text;  // data, name, string
  Value number;      // integer, real
};

struct Spacing {
  bool trim_blocks = false;
  bool lstrip_blocks = false;
  bool keep_trailing_newline = false;
};

class Lexer {
 public:
  Lexer(std::string_view source, Spacing spacing);
  // Token::end again and again at the end. Raises TemplateSyntaxError with its line.
  Lexeme next();

 private:
  enum class State : std::uint8_t { text, variable, block };
  struct Opening;

  bool read_text(Lexeme& out);
  Opening find_opening() const;
  bool raw_opening(std::size_t at, Opening& found) const;
  void skip_comment();
  bool read_raw(Lexeme& out);
  bool emit_data(Lexeme& out, std::size_t from, std::size_t to, char sign, bool strippable);
  bool read_tag(Lexeme& out);
  bool read_tag_end(Lexeme& out);
  bool read_number(Lexeme& out);
  bool read_name(Lexeme& out);
  bool read_string(Lexeme& out);
  bool read_operator(Lexeme& out);
  void balance(char sign);
  void move_to(std::size_t position);
  void skip_space();
  void leave_block(char sign);  // behind a "%}" or "#}" that `sign` stood before
  std::size_t after_space(std::size_t from) const;
  char take_sign(std::size_t& at) const;
  [[noreturn]] void fail(std::string message) const;

  std::string source_;
  Spacing spacing_;
  std::size_t at_ = 0;
  int line_ = 1;
  State state_ = State::text;
  State pending_ = State::text;  // entered after the data before an opening was handed out
  bool raw_ = false;
  bool line_start_ = true;  // the last match ended with a newline
  std::string open_;        // closing brackets that are still due
};

// The text between the quotes of a string literal, escapes resolved. Raises TemplateSyntaxError.
std::string unescape_literal(std::string_view raw, int line);

[[noreturn]] void syntax_error(std::string message, int line, ErrorKind kind = ErrorKind::template_syntax);

}  // namespace rb::jinja
