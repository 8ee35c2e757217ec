#include "jinja/interpreter.hpp"

#include "jinja/compare.hpp"
#include "jinja/entered.hpp"
#include "jinja/iterate.hpp"
#include "jinja/printing.hpp"
#include "jinja/things.hpp"

namespace rb::jinja {
namespace {

using Type = Value::Type;

}  // namespace

Interpreter::Interpreter(const Options& options, const RenderOptions& render_options,
                         const Registry& registry, Load load)
    : options_(options), render_options_(render_options), registry_(registry), load_(std::move(load)) {}

Interpreter::~Interpreter() {
  for (auto& frame : kept_frames_) frame->clear();
  for (auto& context : kept_contexts_) context->variables.clear();
  for (auto& value : kept_values_) empty(value);
}

void Interpreter::keep(Frame& frame) {
  if (!std::exchange(frame.kept, true)) kept_frames_.emplace_back(&frame);
}

void Interpreter::keep(Context& context) {
  if (!std::exchange(context.kept, true)) kept_contexts_.emplace_back(&context);
}

void Interpreter::keep(const Value& container) {
  auto* space = as<Namespace>(container);
  auto& kept = space                      ? space->kept
               : container.is(Type::dict) ? container.dict().kept
                                          : container.items().kept;
  if (!std::exchange(kept, true)) kept_values_.push_back(container);
}

std::uint64_t Interpreter::random() {
  if (!random_) random_.emplace(std::random_device{}());
  return (*random_)();
}

std::string Interpreter::run(const CompiledPtr& compiled, const Value& arguments) {
  templates_.push_back(compiled);
  arguments_ = arguments.is(Type::dict) ? &arguments.dict() : nullptr;
  std::string out;
  out.reserve(compiled->usual_size.load(std::memory_order_relaxed));
  out_ = &out;
  run_root(*compiled, make_context(*compiled, true));
  compiled->usual_size.store(out.size(), std::memory_order_relaxed);
  return out;
}

Capture::Capture(Interpreter& in) : in_(in), before_(in.out_) {
  in_.suspended_ += before_->size();
  if (!in_.spare_.empty()) {
    buffer_ = std::move(in_.spare_.back());
    in_.spare_.pop_back();
    buffer_.clear();
  }
  in_.out_ = &buffer_;
}

Capture::~Capture() {
  constexpr std::size_t most_kept = 64 * 1024;
  in_.out_ = before_;
  in_.suspended_ -= before_->size();
  if (buffer_.capacity() <= most_kept) in_.spare_.push_back(std::move(buffer_));
}

void Interpreter::check_output() const {
  if (out_->size() + suspended_ > options_.limits.output_bytes)
    raise(ErrorKind::output_limit, "the template prints too much");
}

// A statement that prints a value prints texts only.
void Interpreter::print_text(const Value& text) {
  if (!text.is_text())
    raise(ErrorKind::type, "expected str instance, " + std::string(type_name(text)) + " found");
  *out_ += text.text();
  check_output();
}

void Interpreter::exec(const Nodes& nodes, Frame& frame) {
  for (const auto& node : nodes) exec(*node, frame);
}

void Interpreter::exec(const Node& node, Frame& frame) {
  line_ = node.line;
  if (node.kind == Kind::output) return print(static_cast<const OutputNode&>(node), frame);
  Deeper deeper;
  switch (node.kind) {
    case Kind::if_else:
      return exec_if(static_cast<const IfNode&>(node), frame);
    case Kind::for_loop:
      return exec_for(static_cast<const ForNode&>(node), frame);
    case Kind::assign:
      return exec_assign(static_cast<const AssignNode&>(node), frame);
    case Kind::assign_block:
      return exec_assign_block(static_cast<const AssignBlockNode&>(node), frame);
    case Kind::macro:
      return exec_macro(static_cast<const MacroNode&>(node), frame);
    case Kind::call_block:
      return exec_call_block(static_cast<const MacroNode&>(node), frame);
    case Kind::filter_block:
      return exec_filter_block(static_cast<const FilterBlockNode&>(node), frame);
    case Kind::with:
      return exec_with(static_cast<const WithNode&>(node), frame);
    case Kind::block:
      return exec_block(static_cast<const BlockNode&>(node), frame);
    case Kind::extends:
      return exec_extends(static_cast<const ExtendsNode&>(node), frame);
    case Kind::include:
      return exec_include(static_cast<const IncludeNode&>(node), frame);
    case Kind::import:
    case Kind::from_import:
      return exec_import(static_cast<const ImportNode&>(node), frame);
    case Kind::autoescape:
      return exec_autoescape(static_cast<const AutoescapeNode&>(node), frame);
    default:
      return;
  }
}

void Interpreter::print(const OutputNode& node, Frame& frame) {
  if (node.unless_extended && frame.parent) return;
  bool escaped = node.escape == Escape::on || (node.escape == Escape::dynamic && context_->autoescape());
  for (const auto& item : node.items) {
    if (item->kind == Kind::data) {
      *out_ += static_cast<const DataNode&>(*item).text;
    } else {
      line_ = item->line;
      if (item->kind == Kind::call)
        print_call(static_cast<const CallNode&>(*item), frame, escaped);
      else
        print_value(*item, frame, escaped);
    }
    check_output();
  }
}

// Printing a container may run a part of the template, so it is held meanwhile.
void Interpreter::print_value(const Node& node, Frame& frame, bool escaped) {
  Value place;
  const auto& value = look(node, frame, place);
  if (value.type() < Type::list || &value == &place) return append_output(*out_, value, escaped);
  append_output(*out_, Value(value), escaped);
}

void Interpreter::enter(const Scope& scope, Frame& frame) {
  for (const auto& init : scope.inits) {
    auto& slot = frame.slots()[init.slot];
    switch (init.action) {
      case SlotInit::Action::forget:
        slot = Value::unset(Type::missing);
        break;
      case SlotInit::Action::resolve:
        slot = Value::unset(Type::unresolved);
        break;
      case SlotInit::Action::copy:
        slot = Value(resolve(init.name, init.from, frame));
        break;
    }
  }
}

void Interpreter::exec_if(const IfNode& node, Frame& frame) {
  for (const auto& branch : node.branches) {
    line_ = branch.line;
    if (eval_bool(*branch.test, frame)) return exec(branch.body, frame);
  }
  exec(node.otherwise, frame);
}

void Interpreter::exec_with(const WithNode& node, Frame& frame) {
  enter(node.scope, frame);
  for (std::size_t i = 0; i < node.targets.size(); ++i)
    assign(*node.targets[i], eval(*node.values[i], frame), frame);
  exec(node.body, frame);
}

void Interpreter::assign(const Node& target, Value value, Frame& frame) {
  if (target.kind == Kind::name) {
    frame.at(static_cast<const NameNode&>(target).slot) = std::move(value);
    return;
  }
  if (target.kind == Kind::namespace_ref) {
    const auto& ref = static_cast<const NamespaceRefNode&>(target);
    auto* space = as<Namespace>(resolve(ref.name, ref.slot, frame));
    if (!space) raise(ErrorKind::template_runtime, "cannot assign attribute on non-namespace object");
    keep(frame.at(ref.slot));
    space->set(ref.attribute.value(), std::move(value));
    return;
  }
  const auto& targets = static_cast<const SequenceNode&>(target).items;
  if (!iterable(value))
    raise(ErrorKind::type, "cannot unpack non-iterable " + std::string(type_name(value)) + " object");
  Cursor cursor(std::move(value));
  Value item;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    if (!cursor.next(item))
      raise(ErrorKind::value, "not enough values to unpack (expected " + std::to_string(targets.size()) +
                                  ", got " + std::to_string(i) + ")");
    assign(*targets[i], std::move(item), frame);
  }
  if (cursor.next(item))
    raise(ErrorKind::value, "too many values to unpack (expected " + std::to_string(targets.size()) + ")");
}

void Interpreter::export_variable(Frame& frame, const Value& name, Value value, bool exported) {
  if (value.type() >= Type::list) keep(*frame.context);
  frame.context->assign(name, std::move(value), exported && !name.text().starts_with('_'));
}

void Interpreter::exports(const Bindings& bindings, Frame& frame) {
  for (const auto& binding : bindings)
    export_variable(frame, binding.name.value(), frame.at(binding.slot), true);
}

void Interpreter::exec_assign(const AssignNode& node, Frame& frame) {
  assign(*node.target, eval(*node.value, frame), frame);
  exports(node.exports, frame);
}

Value Interpreter::captured(const Nodes& body, Frame& frame) {
  Capture capture(*this);
  exec(body, frame);
  return capture.take(context_->autoescape());
}

Value Interpreter::filtered(const Node& filter, Value text, Frame& frame) {
  auto before = std::exchange(block_text_, std::move(text));
  auto out = eval(filter, frame);
  block_text_ = std::move(before);
  return out;
}

void Interpreter::exec_assign_block(const AssignBlockNode& node, Frame& frame) {
  enter(node.scope, frame);
  auto text = captured(node.body, frame);
  if (node.filter) {
    text = filtered(*node.filter, std::move(text), frame);
    if (context_->autoescape() && !text.is(Type::markup)) text = Value::markup(str(text));
  }
  assign(*node.target, std::move(text), frame);
  exports(node.exports, frame);
}

void Interpreter::exec_filter_block(const FilterBlockNode& node, Frame& frame) {
  enter(node.scope, frame);
  print_text(filtered(*node.filter, captured(node.body, frame), frame));
}

void Interpreter::exec_autoescape(const AutoescapeNode& node, Frame& frame) {
  enter(node.scope, frame);
  auto& flag = context_->autoescape();
  auto before = flag;
  flag = truth(eval(*node.flag, frame));
  exec(node.body, frame);
  flag = before;
}

Value Interpreter::undefined(std::string hint) const {
  return make_undefined(std::move(hint), Value::unset(Type::missing), Value(),
                        options_.undefined == Options::Undefined::strict);
}

Value Interpreter::undefined(const Value& of, const Value& name) const {
  return make_undefined({}, of, name, options_.undefined == Options::Undefined::strict);
}

Value Interpreter::unsafe(const Value& of, const Value& name) const {
  return make_undefined(
      "access to attribute " + repr(name) + " of '" + std::string(type_name(of)) + "' object is unsafe.", of,
      name, options_.undefined == Options::Undefined::strict, ErrorKind::security);
}

}  // namespace rb::jinja
