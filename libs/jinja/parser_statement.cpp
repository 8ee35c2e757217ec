#include <algorithm>

#include "jinja/parser.hpp"
#include "jinja/printing.hpp"
#include "jinja/unicode.hpp"

namespace rb::jinja {
namespace {

// How Jinja2 names the thing somebody tried to assign to.
std::string_view class_of(const Node& node) {
  switch (node.kind) {
    case Kind::constant:
      return "const";
    case Kind::list:
      return "list";
    case Kind::dict:
      return "dict";
    default:
      return "expression";
  }
}

bool assignable(const Node& node) {
  if (node.kind == Kind::tuple)
    return std::ranges::all_of(static_cast<const SequenceNode&>(node).items,
                               [](const auto& item) { return assignable(*item); });
  if (node.kind != Kind::name) return false;
  auto name = static_cast<const NameNode&>(node).text();
  return name != "true" && name != "false" && name != "none" && name != "True" && name != "False" &&
         name != "None";
}

void set_use(Node& node, Use use) {
  if (node.kind == Kind::name) static_cast<NameNode&>(node).use = use;
  if (node.kind == Kind::tuple)
    for (auto& item : static_cast<SequenceNode&>(node).items) set_use(*item, use);
}

bool only_blank_data(const Nodes& body) {
  auto blank = [](const NodePtr& item) {
    return item->kind == Kind::data && strip(static_cast<const DataNode&>(*item).text, true, false).empty();
  };
  return std::ranges::all_of(body, [&](const NodePtr& node) {
    return node->kind == Kind::output &&
           std::ranges::all_of(static_cast<const OutputNode&>(*node).items, blank);
  });
}

}  // namespace

NodePtr Parser::parse_target() {
  auto target = parse_tuple(Items::primary);
  if (!assignable(*target)) {
    auto what = target->kind == Kind::tuple ? "tuple" : class_of(*target);
    syntax_error("can't assign to " + repr_text(what), target->line);
  }
  set_use(*target, Use::store);
  return target;
}

std::unique_ptr<NameNode> Parser::parse_target_name(Use use) {
  auto token = expect(Token::name);
  auto target = std::make_unique<NameNode>(std::move(token.text), use, token.line);
  if (!assignable(*target)) syntax_error("can't assign to 'name'", target->line);
  return target;
}

NodePtr Parser::parse_for() {
  auto node = std::make_unique<ForNode>(advance().line);
  node->target = parse_target();  // as in Jinja2 `for a, in x` is an error: after a comma "in" is a name
  expect_word("in");
  node->iterable = parse_tuple(Items::unconditional);
  if (skip_word("if")) node->filter = parse_expression();
  node->recursive = skip_word("recursive");
  static const Words ends = {"endfor", "else"}, last = {"endfor"};
  node->body = parse_body(ends, false);
  if (advance().text == "else") node->otherwise = parse_body(last, true);
  return node;
}

NodePtr Parser::parse_if() {
  auto node = std::make_unique<IfNode>(advance().line);
  static const Words ends = {"elif", "else", "endif"}, last = {"endif"};
  auto line = node->line;
  while (true) {
    auto test = parse_tuple(Items::unconditional);
    auto body = parse_body(ends, false);
    node->branches.push_back({std::move(test), std::move(body), line});
    auto word = advance().text;
    line = current_.line;
    if (word == "elif") continue;
    if (word == "else") node->otherwise = parse_body(last, true);
    return node;
  }
}

NodePtr Parser::parse_set() {
  auto line = advance().line;
  NodePtr target;
  if (look().type == Token::dot) {
    auto name = expect(Token::name);
    advance();
    target = std::make_unique<NamespaceRefNode>(name.text, expect(Token::name).text, name.line);
  } else {
    target = parse_target();
  }
  if (skip(Token::assign)) return std::make_unique<AssignNode>(std::move(target), parse_tuple(), line);
  auto node = std::make_unique<AssignBlockNode>(line);
  node->target = std::move(target);
  node->filter = parse_filter(nullptr);
  static const Words ends = {"endset"};
  node->body = parse_body(ends, true);
  return node;
}

NodePtr Parser::parse_with() {
  auto node = std::make_unique<WithNode>(advance().line);
  while (!at(Token::block_end)) {
    if (!node->targets.empty()) expect(Token::comma);
    auto target = parse_target();
    set_use(*target, Use::parameter);
    node->targets.push_back(std::move(target));
    expect(Token::assign);
    node->values.push_back(parse_expression());
  }
  static const Words ends = {"endwith"};
  node->body = parse_body(ends, true);
  return node;
}

NodePtr Parser::parse_autoescape() {
  auto node = std::make_unique<AutoescapeNode>(advance().line);
  node->flag = parse_expression();
  static const Words ends = {"endautoescape"};
  node->body = parse_body(ends, true);
  return node;
}

NodePtr Parser::parse_block() {
  auto node = std::make_unique<BlockNode>(advance().line);
  node->name = expect(Token::name).text;
  node->scoped = skip_word("scoped");
  node->required = skip_word("required");
  if (at(Token::subtract))
    syntax_error(
        "Block names in Jinja have to be valid Python identifiers and may not contain hyphens, use an "
        "underscore instead.",
        current_.line);
  static const Words ends = {"endblock"};
  node->body = parse_body(ends, true);
  if (node->required && !only_blank_data(node->body))
    syntax_error("Required blocks can only contain comments or whitespace", current_.line);
  skip_word(node->name);
  return node;
}

NodePtr Parser::parse_extends() {
  auto node = std::make_unique<ExtendsNode>(advance().line);
  node->parent = parse_expression();
  return node;
}

bool Parser::with_or_without_context() {
  return (at_word("with") || at_word("without")) && look().type == Token::name && look().text == "context";
}

bool Parser::parse_import_context(bool otherwise) {
  if (!with_or_without_context()) return otherwise;
  bool with = advance().text == "with";
  advance();
  return with;
}

NodePtr Parser::parse_include() {
  auto node = std::make_unique<IncludeNode>(advance().line);
  node->source = parse_expression();
  if (at_word("ignore") && look().type == Token::name && look().text == "missing") {
    advance();
    advance();
    node->ignore_missing = true;
  }
  node->with_context = parse_import_context(true);
  return node;
}

NodePtr Parser::parse_import() {
  auto node = std::make_unique<ImportNode>(Kind::import, advance().line);
  node->source = parse_expression();
  expect_word("as");
  auto target = parse_target_name();
  node->names.push_back({Constant(), std::move(target->name), {}});
  node->with_context = parse_import_context(false);
  return node;
}

NodePtr Parser::parse_from() {
  auto node = std::make_unique<ImportNode>(Kind::from_import, advance().line);
  node->source = parse_expression();
  expect_word("import");
  while (true) {
    if (!node->names.empty()) expect(Token::comma);
    if (!at(Token::name)) unexpected("name");
    if (with_or_without_context()) break;
    auto target = parse_target_name();
    if (target->text().starts_with('_'))
      syntax_error("names starting with an underline can not be imported", target->line,
                   ErrorKind::template_assertion);
    auto alias = skip_word("as") ? std::move(parse_target_name()->name) : Constant(target->name.value());
    node->names.push_back({std::move(target->name), std::move(alias), {}});
    if (with_or_without_context() || !at(Token::comma)) break;
  }
  node->with_context = parse_import_context(false);
  return node;
}

void Parser::parse_signature(MacroNode& node) {
  expect(Token::left_paren);
  while (!at(Token::right_paren)) {
    if (!node.parameters.empty()) expect(Token::comma);
    auto parameter = parse_target_name(Use::parameter);
    if (skip(Token::assign))
      node.defaults.push_back(parse_expression());
    else if (!node.defaults.empty())
      syntax_error("non-default argument follows default argument", current_.line);
    node.parameters.push_back(std::move(parameter));
  }
  expect(Token::right_paren);
}

NodePtr Parser::parse_macro() {
  auto node = std::make_unique<MacroNode>(Kind::macro, advance().line);
  node->name = std::move(parse_target_name()->name);
  parse_signature(*node);
  static const Words ends = {"endmacro"};
  node->body = parse_body(ends, true);
  return node;
}

NodePtr Parser::parse_call_block() {
  auto node = std::make_unique<MacroNode>(Kind::call_block, advance().line);
  if (at(Token::left_paren)) parse_signature(*node);
  node->call = parse_expression();
  if (node->call->kind != Kind::call) syntax_error("expected call", node->line);
  static const Words ends = {"endcall"};
  node->body = parse_body(ends, true);
  return node;
}

NodePtr Parser::parse_filter_block() {
  auto node = std::make_unique<FilterBlockNode>(advance().line);
  node->filter = parse_filter(nullptr, true);
  static const Words ends = {"endfilter"};
  node->body = parse_body(ends, true);
  return node;
}

NodePtr Parser::parse_print() {
  auto line = advance().line;
  Nodes items;
  while (!at(Token::block_end)) {
    if (!items.empty()) expect(Token::comma);
    items.push_back(parse_expression());
  }
  return std::make_unique<OutputNode>(std::move(items), line);
}

}  // namespace rb::jinja
