#pragma once
// Walking over a syntax tree.
#include "jinja/nodes.hpp"

namespace rb::jinja {

template <class F>
void each(const Nodes& nodes, F& f) {
  for (const auto& node : nodes) f(*node);
}

template <class F>
void each(const NodePtr& node, F& f) {
  if (node) f(*node);
}

template <class F>
void each(const CallArguments& arguments, F& f) {
  each(arguments.positional, f);
  for (const auto& [name, value] : arguments.named) f(*value);
  each(arguments.more_positional, f);
  each(arguments.more_named, f);
}

// Calls f(Node&) for every child of a statement, in the order in which Jinja2 visits them.
template <class F>
void each_child_of_statement(Node& node, F& f) {
  switch (node.kind) {
    case Kind::output:
      return each(static_cast<OutputNode&>(node).items, f);
    case Kind::for_loop: {
      auto& n = static_cast<ForNode&>(node);
      each(n.target, f), each(n.iterable, f), each(n.body, f), each(n.otherwise, f), each(n.filter, f);
      return;
    }
    case Kind::if_else: {
      auto& n = static_cast<IfNode&>(node);
      for (auto& branch : n.branches) each(branch.test, f), each(branch.body, f);
      return each(n.otherwise, f);
    }
    case Kind::macro:
    case Kind::call_block: {
      auto& n = static_cast<MacroNode&>(node);
      each(n.call, f);
      for (auto& parameter : n.parameters) f(*parameter);
      each(n.defaults, f), each(n.body, f);
      return;
    }
    case Kind::filter_block: {
      auto& n = static_cast<FilterBlockNode&>(node);
      return each(n.body, f), each(n.filter, f);
    }
    case Kind::with: {
      auto& n = static_cast<WithNode&>(node);
      return each(n.targets, f), each(n.values, f), each(n.body, f);
    }
    case Kind::assign:
      return each(static_cast<AssignNode&>(node).target, f), each(static_cast<AssignNode&>(node).value, f);
    case Kind::assign_block: {
      auto& n = static_cast<AssignBlockNode&>(node);
      return each(n.target, f), each(n.filter, f), each(n.body, f);
    }
    case Kind::block:
      return each(static_cast<BlockNode&>(node).body, f);
    case Kind::extends:
      return each(static_cast<ExtendsNode&>(node).parent, f);
    case Kind::include:
      return each(static_cast<IncludeNode&>(node).source, f);
    case Kind::import:
    case Kind::from_import:
      return each(static_cast<ImportNode&>(node).source, f);
    case Kind::autoescape:
      return each(static_cast<AutoescapeNode&>(node).flag, f),
             each(static_cast<AutoescapeNode&>(node).body, f);
    default:
      return;
  }
}

template <class F>
void each_child(Node& node, F&& f) {
  switch (node.kind) {
    case Kind::tuple:
    case Kind::list:
    case Kind::concat:
      return each(static_cast<SequenceNode&>(node).items, f);
    case Kind::dict:
      for (auto& [key, value] : static_cast<DictNode&>(node).items) f(*key), f(*value);
      return;
    case Kind::negate:
    case Kind::affirm:
    case Kind::invert:
      return f(*static_cast<UnaryNode&>(node).operand);
    case Kind::arithmetic:
    case Kind::both:
    case Kind::either:
      return f(*static_cast<BinaryNode&>(node).left), f(*static_cast<BinaryNode&>(node).right);
    case Kind::compare:
      f(*static_cast<CompareNode&>(node).first);
      for (auto& [op, operand] : static_cast<CompareNode&>(node).rest) f(*operand);
      return;
    case Kind::get_attribute:
      return f(*static_cast<GetAttributeNode&>(node).object);
    case Kind::get_item:
      return f(*static_cast<GetItemNode&>(node).object), f(*static_cast<GetItemNode&>(node).index);
    case Kind::slice: {
      auto& n = static_cast<SliceNode&>(node);
      return each(n.start, f), each(n.stop, f), each(n.step, f);
    }
    case Kind::call:
      return f(*static_cast<CallNode&>(node).callee), each(static_cast<CallNode&>(node).arguments, f);
    case Kind::filter:
    case Kind::test:
      return each(static_cast<FilterNode&>(node).input, f), each(static_cast<FilterNode&>(node).arguments, f);
    case Kind::conditional: {
      auto& n = static_cast<ConditionalNode&>(node);
      return f(*n.test), f(*n.yes), each(n.no, f);
    }
    default:
      return each_child_of_statement(node, f);
  }
}

// Every node below `node`, parents first.
template <class F>
void each_descendant(Node& node, F&& f) {
  each_child(node, [&](Node& child) {
    f(child);
    each_descendant(child, f);
  });
}

}  // namespace rb::jinja
