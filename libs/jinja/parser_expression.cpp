// Expressions, loosest first. Precedence is Jinja's, not Python's: ~ binds tighter than + and -, unary minus
// tighter than **, a test tighter than arithmetic.
#include <algorithm>

#include "jinja/children.hpp"
#include "jinja/parser.hpp"
#include "jinja/printing.hpp"

namespace rb::jinja {
namespace {

constexpr int kMaxHeight = 1000;

// A chain like a + a + a grows to the left without nesting the parser; but whoever walks the tree nests as
// deep as it is high.
template <class T>
NodePtr measured(std::unique_ptr<T> node) {
  each_child(*node, [&](const Node& child) { node->height = std::max(node->height, child.height + 1); });
  if (node->height > kMaxHeight) depth_exceeded();
  return node;
}

template <class T, class... Args>
NodePtr make(Args&&... args) {
  return measured(std::make_unique<T>(std::forward<Args>(args)...));
}

NodePtr arithmetic_node(Arithmetic op, NodePtr left, NodePtr right, int line) {
  auto node = std::make_unique<BinaryNode>(Kind::arithmetic, std::move(left), std::move(right), line);
  node->op = op;
  return measured(std::move(node));
}

}  // namespace

NodePtr Parser::parse_expression(bool conditional) {
  Deeper deeper;
  return conditional ? parse_conditional() : parse_or();
}

NodePtr Parser::parse_conditional() {
  auto line = current_.line;
  auto node = parse_or();
  while (skip_word("if")) {
    auto test = parse_or();
    Deeper deeper;
    auto no = skip_word("else") ? parse_conditional() : nullptr;
    node = make<ConditionalNode>(std::move(test), std::move(node), std::move(no), line);
    line = current_.line;
  }
  return node;
}

NodePtr Parser::parse_or() {
  auto line = current_.line;
  auto left = parse_and();
  while (skip_word("or")) {
    auto right = parse_and();
    left = make<BinaryNode>(Kind::either, std::move(left), std::move(right), line);
    line = current_.line;
  }
  return left;
}

NodePtr Parser::parse_and() {
  auto line = current_.line;
  auto left = parse_not();
  while (skip_word("and")) {
    auto right = parse_not();
    left = make<BinaryNode>(Kind::both, std::move(left), std::move(right), line);
    line = current_.line;
  }
  return left;
}

NodePtr Parser::parse_not() {
  if (!at_word("not")) return parse_compare();
  Deeper deeper;
  auto line = advance().line;
  return make<UnaryNode>(Kind::invert, parse_not(), line);
}

NodePtr Parser::parse_compare() {
  using Op = CompareNode::Op;
  auto line = current_.line;
  auto first = parse_sum();
  std::vector<std::pair<Op, NodePtr>> rest;
  while (true) {
    std::optional<Op> op;
    if (at(Token::equal)) op = Op::equal;
    if (at(Token::not_equal)) op = Op::not_equal;
    if (at(Token::less)) op = Op::less;
    if (at(Token::less_equal)) op = Op::less_equal;
    if (at(Token::greater)) op = Op::greater;
    if (at(Token::greater_equal)) op = Op::greater_equal;
    if (at_word("in")) op = Op::in;
    if (!op && at_word("not") && look().type == Token::name && look().text == "in") {
      advance();
      op = Op::not_in;
    }
    if (!op) break;
    advance();
    rest.emplace_back(*op, parse_sum());
    line = current_.line;
  }
  if (rest.empty()) return first;
  auto node = std::make_unique<CompareNode>(std::move(first), line);
  node->rest = std::move(rest);
  return measured(std::move(node));
}

NodePtr Parser::parse_sum() {
  auto line = current_.line;
  auto left = parse_concat();
  while (at(Token::add) || at(Token::subtract)) {
    auto op = advance().type == Token::add ? Arithmetic::add : Arithmetic::subtract;
    auto right = parse_concat();
    left = arithmetic_node(op, std::move(left), std::move(right), line);
    line = current_.line;
  }
  return left;
}

NodePtr Parser::parse_concat() {
  auto line = current_.line;
  Nodes items;
  items.push_back(parse_product());
  while (skip(Token::tilde)) items.push_back(parse_product());
  if (items.size() == 1) return std::move(items[0]);
  return make<SequenceNode>(Kind::concat, std::move(items), line);
}

NodePtr Parser::parse_product() {
  auto line = current_.line;
  auto left = parse_power();
  while (true) {
    auto op = Arithmetic::multiply;
    if (at(Token::divide))
      op = Arithmetic::divide;
    else if (at(Token::floor_divide))
      op = Arithmetic::floor_divide;
    else if (at(Token::modulo))
      op = Arithmetic::modulo;
    else if (!at(Token::multiply))
      return left;
    advance();
    auto right = parse_power();
    left = arithmetic_node(op, std::move(left), std::move(right), line);
    line = current_.line;
  }
}

NodePtr Parser::parse_power() {
  auto line = current_.line;
  auto left = parse_unary();
  while (skip(Token::power)) {
    auto right = parse_unary();
    left = arithmetic_node(Arithmetic::power, std::move(left), std::move(right), line);
    line = current_.line;
  }
  return left;
}

NodePtr Parser::parse_unary(bool with_filter) {
  Deeper deeper;
  auto line = current_.line;
  NodePtr node;
  if (skip(Token::subtract))
    node = make<UnaryNode>(Kind::negate, parse_unary(false), line);
  else if (skip(Token::add))
    node = make<UnaryNode>(Kind::affirm, parse_unary(false), line);
  else
    node = parse_primary();
  node = parse_postfix(std::move(node));
  return with_filter ? parse_filters(std::move(node)) : std::move(node);
}

NodePtr Parser::parse_primary() {
  auto line = current_.line;
  switch (current_.type) {
    case Token::name: {
      auto name = advance().text;
      if (name == "true" || name == "True") return make<ConstantNode>(Value(true), line);
      if (name == "false" || name == "False") return make<ConstantNode>(Value(false), line);
      if (name == "none" || name == "None") return make<ConstantNode>(Value(), line);
      return make<NameNode>(std::move(name), Use::load, line);
    }
    case Token::string: {
      std::string text;
      while (at(Token::string)) text += advance().text;
      return make<ConstantNode>(Value(text), line);
    }
    case Token::integer:
    case Token::real:
      return make<ConstantNode>(advance().number, line);
    case Token::left_paren: {
      advance();
      auto node = parse_tuple(Items::full, true);
      expect(Token::right_paren);
      return node;
    }
    case Token::left_bracket:
      return parse_list();
    case Token::left_brace:
      return parse_dict();
    default:
      syntax_error("unexpected " + repr_text(described()), line);
  }
}

NodePtr Parser::parse_tuple(Items items, bool parentheses) {
  auto line = current_.line;
  Nodes parts;
  bool tuple = false;
  while (true) {
    if (!parts.empty()) expect(Token::comma);
    if (at(Token::variable_end) || at(Token::block_end) || at(Token::right_paren)) break;
    parts.push_back(items == Items::primary ? parse_primary() : parse_expression(items == Items::full));
    if (!at(Token::comma)) break;
    tuple = true;
    line = current_.line;
  }
  if (!tuple) {
    if (!parts.empty()) return std::move(parts[0]);
    if (!parentheses) syntax_error("Expected an expression, got " + repr_text(described()), current_.line);
  }
  return make<SequenceNode>(Kind::tuple, std::move(parts), line);
}

NodePtr Parser::parse_list() {
  auto line = expect(Token::left_bracket).line;
  Nodes items;
  while (!at(Token::right_bracket)) {
    if (!items.empty()) expect(Token::comma);
    if (at(Token::right_bracket)) break;
    items.push_back(parse_expression());
  }
  expect(Token::right_bracket);
  return make<SequenceNode>(Kind::list, std::move(items), line);
}

NodePtr Parser::parse_dict() {
  auto line = expect(Token::left_brace).line;
  std::vector<std::pair<NodePtr, NodePtr>> items;
  while (!at(Token::right_brace)) {
    if (!items.empty()) expect(Token::comma);
    if (at(Token::right_brace)) break;
    auto key = parse_expression();
    expect(Token::colon);
    items.emplace_back(std::move(key), parse_expression());
  }
  expect(Token::right_brace);
  return make<DictNode>(std::move(items), line);
}

NodePtr Parser::parse_postfix(NodePtr node) {
  while (true) {
    if (at(Token::dot) || at(Token::left_bracket))
      node = parse_subscript(std::move(node));
    else if (at(Token::left_paren))
      node = parse_call(std::move(node));
    else
      return node;
  }
}

NodePtr Parser::parse_filters(NodePtr node) {
  while (true) {
    if (at(Token::pipe))
      node = parse_filter(std::move(node));
    else if (at_word("is"))
      node = parse_test(std::move(node));
    else if (at(Token::left_paren))
      node = parse_call(std::move(node));
    else
      return node;
  }
}

NodePtr Parser::parse_subscript(NodePtr node) {
  auto token = advance();
  if (token.type == Token::dot) {
    auto attribute = advance();
    if (attribute.type == Token::name)
      return make<GetAttributeNode>(std::move(node), std::move(attribute.text), token.line);
    if (attribute.type != Token::integer) syntax_error("expected name or number", attribute.line);
    auto index = make<ConstantNode>(attribute.number, attribute.line);
    return make<GetItemNode>(std::move(node), std::move(index), token.line);
  }
  Nodes parts;
  while (!at(Token::right_bracket)) {
    if (!parts.empty()) expect(Token::comma);
    parts.push_back(parse_subscribed());
  }
  expect(Token::right_bracket);
  auto index =
      parts.size() == 1 ? std::move(parts[0]) : make<SequenceNode>(Kind::tuple, std::move(parts), token.line);
  return make<GetItemNode>(std::move(node), std::move(index), token.line);
}

NodePtr Parser::parse_subscribed() {
  auto line = current_.line;
  NodePtr start, stop, step;
  if (!at(Token::colon)) start = parse_expression();
  if (!skip(Token::colon)) return start;
  auto ends = [&] { return at(Token::right_bracket) || at(Token::comma); };
  if (!at(Token::colon) && !ends()) stop = parse_expression();
  if (skip(Token::colon) && !ends()) step = parse_expression();
  return make<SliceNode>(std::move(start), std::move(stop), std::move(step), line);
}

NodePtr Parser::parse_call(NodePtr callee) {
  auto line = current_.line;
  return make<CallNode>(std::move(callee), parse_arguments(), line);
}

CallArguments Parser::parse_arguments() {
  auto line = expect(Token::left_paren).line;
  CallArguments out;
  auto ensure = [&](bool fine) {
    if (!fine) syntax_error("invalid syntax for function call expression", line);
  };
  for (bool first = true; !at(Token::right_paren); first = false) {
    if (!first) {
      expect(Token::comma);
      if (at(Token::right_paren)) break;
    }
    if (at(Token::multiply)) {
      ensure(!out.more_positional && !out.more_named);
      advance();
      out.more_positional = parse_expression();
    } else if (at(Token::power)) {
      ensure(!out.more_named);
      advance();
      out.more_named = parse_expression();
    } else if (at(Token::name) && look().type == Token::assign) {
      ensure(!out.more_named);
      auto name = advance().text;
      advance();
      out.named.emplace_back(Constant(Value(name)), parse_expression());
    } else {
      ensure(!out.more_positional && !out.more_named && out.named.empty());
      out.positional.push_back(parse_expression());
    }
  }
  expect(Token::right_paren);
  return out;
}

std::string Parser::parse_dotted_name() {
  auto name = expect(Token::name).text;
  while (skip(Token::dot)) name += "." + expect(Token::name).text;
  return name;
}

NodePtr Parser::parse_filter(NodePtr input, bool inline_start) {
  while (at(Token::pipe) || inline_start) {
    if (!inline_start) advance();
    inline_start = false;
    auto line = current_.line;
    auto name = parse_dotted_name();
    CallArguments arguments;
    if (at(Token::left_paren)) arguments = parse_arguments();
    input = make<FilterNode>(Kind::filter, std::move(input), std::move(name), std::move(arguments), line);
  }
  return input;
}

NodePtr Parser::parse_test(NodePtr input) {
  auto line = advance().line;
  bool negated = skip_word("not");
  auto name = parse_dotted_name();
  CallArguments arguments;
  bool operand = at(Token::name) || at(Token::string) || at(Token::integer) || at(Token::real) ||
                 at(Token::left_bracket) || at(Token::left_brace);
  if (at(Token::left_paren)) {
    arguments = parse_arguments();
  } else if (operand && !at_word("else") && !at_word("or") && !at_word("and")) {
    if (at_word("is")) syntax_error("You cannot chain multiple tests with is", current_.line);
    arguments.positional.push_back(parse_postfix(parse_primary()));
  }
  auto node = make<FilterNode>(Kind::test, std::move(input), std::move(name), std::move(arguments), line);
  return negated ? make<UnaryNode>(Kind::invert, std::move(node), line) : std::move(node);
}

}  // namespace rb::jinja
