// Expressions.
#include "jinja/compare.hpp"
#include "jinja/interpreter.hpp"
#include "jinja/iterate.hpp"
#include "jinja/methods.hpp"
#include "jinja/operators.hpp"
#include "jinja/printing.hpp"

namespace rb::jinja {

namespace {

using Type = Value::Type;

}  // namespace

const Value& Interpreter::resolve(const Constant& name, Slot slot, Frame& frame) {
  auto& value = frame.at(slot);
  if (value.is(Type::unresolved)) {
    const auto* found = frame.context->lookup(name.value().str());
    value = found ? Value(*found) : Value::unset(Type::missing);
  }
  return value;
}

const Value& Interpreter::look(const Node& node, Frame& frame, Value& place) {
  if (node.kind == Kind::constant) return static_cast<const ConstantNode&>(node).value.value();
  if (node.kind == Kind::name) {
    const auto& name = static_cast<const NameNode&>(node);
    const auto& value = resolve(name.name, name.slot, frame);
    if (!value.is(Type::missing)) return value;
    return place = undefined(Value::unset(Type::missing), name.name.value());
  }
  if (node.kind != Kind::get_attribute) return place = eval(node, frame);
  Deeper deeper;
  const auto& attribute = static_cast<const GetAttributeNode&>(node);
  const auto& object = look(*attribute.object, frame, place);
  if (const auto* item = find_attribute(attribute, object)) return *item;
  // A copy, because what a thing does for its attribute may change the variable it stands in.
  return place = eval_attribute(attribute, Value(object));
}

Value Interpreter::eval(const Node& node, Frame& frame) {
  if (node.kind == Kind::constant || node.kind == Kind::name || node.kind == Kind::get_attribute) {
    Value place;
    const auto& value = look(node, frame, place);
    if (&value == &place) return place;
    return value;
  }
  Deeper deeper;
  switch (node.kind) {
    case Kind::get_item:
      return eval_get_item(static_cast<const GetItemNode&>(node), frame);
    case Kind::call:
      return eval_call(static_cast<const CallNode&>(node), frame);
    case Kind::filter:
      return eval_filter(static_cast<const FilterNode&>(node), frame);
    case Kind::test:
      return Value(eval_test(static_cast<const FilterNode&>(node), frame));
    case Kind::conditional:
      return eval_conditional(static_cast<const ConditionalNode&>(node), frame);
    case Kind::arithmetic: {
      const auto& n = static_cast<const BinaryNode&>(node);
      auto left = eval(*n.left, frame);
      return arithmetic(n.op, left, eval(*n.right, frame));
    }
    case Kind::both:
    case Kind::either: {
      const auto& n = static_cast<const BinaryNode&>(node);
      auto left = eval(*n.left, frame);
      return truth(left) == (node.kind == Kind::both) ? eval(*n.right, frame) : left;
    }
    case Kind::invert:
      return Value(!truth(eval(*static_cast<const UnaryNode&>(node).operand, frame)));
    case Kind::negate:
      return negate(eval(*static_cast<const UnaryNode&>(node).operand, frame));
    case Kind::affirm:
      return affirm(eval(*static_cast<const UnaryNode&>(node).operand, frame));
    case Kind::compare:
      return Value(eval_compare(static_cast<const CompareNode&>(node), frame));
    case Kind::concat:
      return eval_concat(static_cast<const SequenceNode&>(node), frame);
    case Kind::tuple:
    case Kind::list:
      return eval_items(static_cast<const SequenceNode&>(node), frame);
    case Kind::dict:
      return eval_dict(static_cast<const DictNode&>(node), frame);
    default:
      raise(ErrorKind::template_runtime, "a slice needs something to cut from");
  }
}

bool Interpreter::eval_bool(const Node& node, Frame& frame) {
  switch (node.kind) {
    case Kind::test:
      return eval_test(static_cast<const FilterNode&>(node), frame);
    case Kind::compare:
      return eval_compare(static_cast<const CompareNode&>(node), frame);
    default: {
      Value place;
      return truth(look(node, frame, place));
    }
  }
}

Value Interpreter::eval_items(const SequenceNode& node, Frame& frame) {
  Values items;
  items.reserve(node.items.size());
  for (const auto& item : node.items) items.push_back(eval(*item, frame));
  return node.kind == Kind::list ? make_list(std::move(items)) : make_tuple(std::move(items));
}

Value Interpreter::eval_dict(const DictNode& node, Frame& frame) {
  auto out = make_dict();
  for (const auto& [key, value] : node.items) {
    auto k = eval(*key, frame);
    out.dict().set(k, eval(*value, frame));
  }
  return out;
}

Value Interpreter::eval_concat(const SequenceNode& node, Frame& frame) {
  boost::container::small_vector<Value, 6> parts;
  bool markup = false;
  for (const auto& item : node.items) parts.push_back(eval(*item, frame));
  std::string out;
  for (auto& part : parts) {
    if (!part.is_text()) part = to_text(part);
    markup = markup || (node.escape && part.is(Type::markup));
  }
  std::size_t size = 0;
  for (const auto& part : parts) size += part.str().size;
  check_growth(size);
  out.reserve(size);
  for (const auto& part : parts) append_output(out, part, markup);
  return markup ? Value::markup(out) : Value(out);
}

bool Interpreter::eval_compare(const CompareNode& node, Frame& frame) {
  using Op = CompareNode::Op;
  auto left = eval(*node.first, frame);
  bool holds = true;
  for (const auto& [op, operand] : node.rest) {
    auto right = eval(*operand, frame);
    switch (op) {
      case Op::equal:
        holds = equals(left, right);
        break;
      case Op::not_equal:
        holds = !equals(left, right);
        break;
      case Op::less:
        holds = ordered(Order::less, left, right);
        break;
      case Op::less_equal:
        holds = ordered(Order::less_equal, left, right);
        break;
      case Op::greater:
        holds = ordered(Order::greater, left, right);
        break;
      case Op::greater_equal:
        holds = ordered(Order::greater_equal, left, right);
        break;
      case Op::in:
        holds = contains(right, left);
        break;
      case Op::not_in:
        holds = !contains(right, left);
        break;
    }
    if (!holds) break;
    left = std::move(right);
  }
  return holds;
}

Value Interpreter::eval_conditional(const ConditionalNode& node, Frame& frame) {
  if (eval_bool(*node.test, frame)) return eval(*node.yes, frame);
  if (node.no) return eval(*node.no, frame);
  return make_undefined("the inline if-expression on line " + std::to_string(node.line) + " in '" +
                            compiled_->name + "' evaluated to false and no else section was defined.",
                        Value::unset(Type::missing), Value(), false);
}

Value Interpreter::eval_get_item(const GetItemNode& node, Frame& frame) {
  auto object = eval(*node.object, frame);
  if (node.index->kind != Kind::slice) return get_item(object, eval(*node.index, frame));
  const auto& cut = static_cast<const SliceNode&>(*node.index);
  auto bound = [&](const NodePtr& n) { return n ? eval(*n, frame) : Value(); };
  auto start = bound(cut.start), stop = bound(cut.stop), step = bound(cut.step);
  return slice(object, start, stop, step);
}

void Interpreter::eval_arguments(const CallArguments& source, Frame& frame, Arguments& out) {
  for (const auto& node : source.positional) out.positional.push_back(eval(*node, frame));
  for (const auto& [name, node] : source.named) out.named.emplace_back(name.value(), eval(*node, frame));
  if (source.more_positional) {
    auto more = eval(*source.more_positional, frame);
    if (!iterable(more))
      raise(ErrorKind::type, "Value after * must be an iterable, not " + std::string(type_name(more)));
    Cursor cursor(more);
    for (Value item; cursor.next(item);) out.positional.push_back(std::move(item));
  }
  if (!source.more_named) return;
  auto more = eval(*source.more_named, frame);
  if (!more.is(Type::dict))
    raise(ErrorKind::type, "argument after ** must be a mapping, not " + std::string(type_name(more)));
  for (const auto& entry : more.dict().entries) {
    if (!entry.key.is_text()) raise(ErrorKind::type, "keywords must be strings");
    for (const auto& [name, value] : out.named)
      if (name.text() == entry.key.text())
        raise(ErrorKind::type, "got multiple values for keyword argument '" + str(name) + "'");
    out.named.emplace_back(entry.key, entry.value);
  }
}

// object.method(...) does not need the method as a value.
const Method* Interpreter::method_of(const GetAttributeNode& node, const Value& object) const {
  if (object.is(Type::thing)) return object.thing().method(node.name.value().text());
  return node.methods ? node.methods->of(object) : nullptr;
}

struct Interpreter::Callee {
  Value value;  // or, with a method, its object
  const Method* method = nullptr;
  Arguments arguments;
};

Interpreter::Callee Interpreter::eval_callee(const CallNode& node, Frame& frame) {
  Callee callee;
  if (node.callee->kind == Kind::get_attribute) {
    const auto& attribute = static_cast<const GetAttributeNode&>(*node.callee);
    callee.value = eval(*attribute.object, frame);
    callee.method = method_of(attribute, callee.value);
    if (!callee.method) callee.value = eval_attribute(attribute, callee.value);
  } else {
    callee.value = eval(*node.callee, frame);
  }
  eval_arguments(node.arguments, frame, callee.arguments);
  line_ = node.line;
  charge_steps();
  return callee;
}

Value Interpreter::eval_call(const CallNode& node, Frame& frame, const Value* caller) {
  auto callee = eval_callee(node, frame);
  if (caller) callee.arguments.named.emplace_back(Value("caller"), *caller);
  return callee.method ? callee.method->function(*this, callee.value, callee.arguments)
                       : call(callee.value, callee.arguments);
}

// A macro that is only printed prints at once: what it gives is safe text, or nobody escapes.
void Interpreter::print_call(const CallNode& node, Frame& frame, bool escaped) {
  auto callee = eval_callee(node, frame);
  bool direct = !callee.method && callee.value.is(Type::thing) && (!escaped || context_->autoescape());
  if (direct && callee.value.thing().print_call(*this, callee.arguments)) return;
  append_output(*out_,
                callee.method ? callee.method->function(*this, callee.value, callee.arguments)
                              : call(callee.value, callee.arguments),
                escaped);
}

Value Interpreter::call(const Value& callee, Arguments& arguments) {
  if (callee.is(Type::thing)) return callee.thing().call(*this, arguments);
  if (callee.is(Type::undefined)) callee.undefined().fail();
  raise(ErrorKind::type, "'" + std::string(type_name(callee)) + "' object is not callable");
}

Value Interpreter::eval_filter(const FilterNode& node, Frame& frame) {
  auto input = node.input ? eval(*node.input, frame) : block_text_;
  Arguments arguments;
  eval_arguments(node.arguments, frame, arguments);
  line_ = node.line;
  charge_steps();
  if (!node.filter) raise(ErrorKind::template_runtime, "No filter named '" + node.name + "' found.");
  return node.filter->function(*this, input, arguments);
}

bool Interpreter::eval_test(const FilterNode& node, Frame& frame) {
  auto input = eval(*node.input, frame);
  Arguments arguments;
  eval_arguments(node.arguments, frame, arguments);
  line_ = node.line;
  if (!node.test) raise(ErrorKind::template_runtime, "No test named '" + node.name + "' found.");
  return node.test->function(*this, input, arguments);
}

Value Interpreter::call_filter(std::string_view name, const Value& input, Arguments& arguments) {
  auto at = registry_.filters.find(name);
  if (at == registry_.filters.end())
    raise(ErrorKind::template_runtime, "No filter named '" + std::string(name) + "'.");
  charge_steps();
  return at->second.function(*this, input, arguments);
}

bool Interpreter::call_test(std::string_view name, const Value& input, Arguments& arguments) {
  auto at = registry_.tests.find(name);
  if (at == registry_.tests.end())
    raise(ErrorKind::template_runtime, "No test named '" + std::string(name) + "'.");
  charge_steps();
  return at->second.function(*this, input, arguments);
}

}  // namespace rb::jinja
