#pragma once
// Tokens → syntax tree. Raises TemplateSyntaxError with its line, in Jinja2's words.
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "jinja/lexer.hpp"
#include "jinja/nodes.hpp"

namespace rb::jinja {

class Parser {
 public:
  Parser(std::string_view source, Spacing spacing);
  Nodes parse();
  int line() const { return current_.line; }

 private:
  using Words = std::vector<std::string_view>;

  // tokens
  bool at(Token type) const { return current_.type == type; }
  bool at_word(std::string_view word) const { return at(Token::name) && current_.text == word; }
  const Lexeme& look();
  Lexeme advance();
  bool skip(Token type);
  bool skip_word(std::string_view word);
  Lexeme expect(Token type);
  void expect_word(std::string_view word);
  [[noreturn]] void unexpected(std::string_view expected);
  std::string described() const;

  // statements
  Nodes parse_until(const Words* ends);
  Nodes parse_body(const Words& ends, bool drop_end);
  NodePtr parse_statement();
  NodePtr parse_known_statement(std::string_view tag);
  NodePtr parse_for();
  NodePtr parse_if();
  NodePtr parse_set();
  NodePtr parse_with();
  NodePtr parse_autoescape();
  NodePtr parse_block();
  NodePtr parse_extends();
  NodePtr parse_include();
  NodePtr parse_import();
  NodePtr parse_from();
  NodePtr parse_macro();
  NodePtr parse_call_block();
  NodePtr parse_filter_block();
  NodePtr parse_print();
  bool parse_import_context(bool otherwise);
  bool with_or_without_context();
  void parse_signature(MacroNode& node);
  std::unique_ptr<NameNode> parse_target_name(Use use = Use::store);
  NodePtr parse_target();
  [[noreturn]] void unknown_tag(const Lexeme& tag);
  [[noreturn]] void end_of_template();
  std::string looking_for(const std::string* tag) const;

  // expressions
  NodePtr parse_expression(bool conditional = true);
  NodePtr parse_conditional();
  NodePtr parse_or();
  NodePtr parse_and();
  NodePtr parse_not();
  NodePtr parse_compare();
  NodePtr parse_sum();
  NodePtr parse_concat();
  NodePtr parse_product();
  NodePtr parse_power();
  NodePtr parse_unary(bool with_filter = true);
  NodePtr parse_primary();
  enum class Items : std::uint8_t { full, unconditional, primary };
  NodePtr parse_tuple(Items items = Items::full, bool parentheses = false);
  NodePtr parse_list();
  NodePtr parse_dict();
  NodePtr parse_postfix(NodePtr node);
  NodePtr parse_filters(NodePtr node);
  NodePtr parse_subscript(NodePtr node);
  NodePtr parse_subscribed();
  NodePtr parse_call(NodePtr callee);
  CallArguments parse_arguments();
  NodePtr parse_filter(NodePtr input, bool inline_start = false);
  NodePtr parse_test(NodePtr input);
  std::string parse_dotted_name();

  Lexer lexer_;
  Lexeme current_;
  std::vector<Lexeme> ahead_;
  std::vector<std::string> open_tags_;
  std::vector<const Words*> ends_;
};

}  // namespace rb::jinja
