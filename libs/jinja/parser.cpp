#include "jinja/parser.hpp"

#include <algorithm>

#include "jinja/printing.hpp"
#include "jinja/unicode.hpp"

namespace rb::jinja {

Parser::Parser(std::string_view source, Spacing spacing) : lexer_(source, spacing), current_(lexer_.next()) {}

const Lexeme& Parser::look() {
  if (ahead_.empty()) ahead_.push_back(lexer_.next());
  return ahead_.front();
}

Lexeme Parser::advance() {
  if (at(Token::end)) return current_;
  auto next = ahead_.empty() ? lexer_.next() : std::move(ahead_.front());
  ahead_.clear();
  if (next.type == Token::end) next.line = current_.line;
  return std::exchange(current_, std::move(next));
}

bool Parser::skip(Token type) {
  if (!at(type)) return false;
  advance();
  return true;
}

bool Parser::skip_word(std::string_view word) {
  if (!at_word(word)) return false;
  advance();
  return true;
}

std::string Parser::described() const {
  return at(Token::name) ? current_.text : std::string(describe(current_.type));
}

void Parser::unexpected(std::string_view expected) {
  if (at(Token::end))
    syntax_error("unexpected end of template, expected " + repr_text(expected) + ".", current_.line);
  syntax_error("expected token " + repr_text(expected) + ", got " + repr_text(described()), current_.line);
}

Lexeme Parser::expect(Token type) {
  if (!at(type)) unexpected(describe(type));
  return advance();
}

void Parser::expect_word(std::string_view word) {
  if (!at_word(word)) unexpected(word);
  advance();
}

Nodes Parser::parse() { return parse_until(nullptr); }

Nodes Parser::parse_until(const Words* ends) {
  Nodes body, printed;
  int printed_line = 0;
  auto print = [&](NodePtr node, int line) {
    if (printed.empty()) printed_line = line;
    printed.push_back(std::move(node));
  };
  auto flush = [&] {
    if (!printed.empty())
      body.push_back(std::make_unique<OutputNode>(std::exchange(printed, {}), printed_line));
  };
  if (ends) ends_.push_back(ends);
  while (!at(Token::end)) {
    auto line = current_.line;
    if (at(Token::data)) {
      print(std::make_unique<DataNode>(advance().text, line), line);
    } else if (skip(Token::variable_begin)) {
      auto node = parse_tuple();
      auto node_line = node->line;
      print(std::move(node), node_line);
      expect(Token::variable_end);
    } else {
      flush();
      expect(Token::block_begin);
      if (ends && std::ranges::any_of(*ends, [&](auto word) { return at_word(word); })) {
        ends_.pop_back();
        return body;
      }
      body.push_back(parse_statement());
      expect(Token::block_end);
    }
  }
  flush();
  if (ends) end_of_template();
  return body;
}

Nodes Parser::parse_body(const Words& ends, bool drop_end) {
  Deeper deeper;
  skip(Token::colon);
  expect(Token::block_end);
  auto body = parse_until(&ends);
  if (drop_end) advance();
  return body;
}

std::string Parser::looking_for(const std::string* tag) const {
  std::string message;
  if (!ends_.empty()) {
    std::string looking;
    for (auto word : *ends_.back()) looking += (looking.empty() ? "" : " or ") + repr_text(word);
    bool expected_outside = tag && std::ranges::any_of(ends_, [&](const Words* words) {
                              return std::ranges::find(*words, *tag) != words->end();
                            });
    message = expected_outside
                  ? " You probably made a nesting mistake. Jinja is expecting this tag, but currently "
                    "looking for " +
                        looking + "."
                  : " Jinja was looking for the following tags: " + looking + ".";
  }
  if (!open_tags_.empty())
    message += " The innermost block that needs to be closed is " + repr_text(open_tags_.back()) + ".";
  return message;
}

void Parser::unknown_tag(const Lexeme& tag) {
  syntax_error("Encountered unknown tag " + repr_text(tag.text) + "." + looking_for(&tag.text), tag.line);
}

void Parser::end_of_template() {
  syntax_error("Unexpected end of template." + looking_for(nullptr), current_.line);
}

NodePtr Parser::parse_statement() {
  if (!at(Token::name)) syntax_error("tag name expected", current_.line);
  auto tag = current_.text;
  open_tags_.push_back(tag);
  auto node = parse_known_statement(tag);
  open_tags_.pop_back();
  if (!node) unknown_tag(current_);
  return node;
}

NodePtr Parser::parse_known_statement(std::string_view tag) {
  using Parse = NodePtr (Parser::*)();
  static constexpr std::pair<std::string_view, Parse> known[] = {
      {"for", &Parser::parse_for},
      {"if", &Parser::parse_if},
      {"set", &Parser::parse_set},
      {"with", &Parser::parse_with},
      {"autoescape", &Parser::parse_autoescape},
      {"block", &Parser::parse_block},
      {"extends", &Parser::parse_extends},
      {"include", &Parser::parse_include},
      {"import", &Parser::parse_import},
      {"from", &Parser::parse_from},
      {"macro", &Parser::parse_macro},
      {"call", &Parser::parse_call_block},
      {"filter", &Parser::parse_filter_block},
      {"print", &Parser::parse_print},
  };
  const auto* found = std::ranges::find(known, tag, [](const auto& entry) { return entry.first; });
  return found == std::end(known) ? nullptr : (this->*found->second)();
}

}  // namespace rb::jinja
