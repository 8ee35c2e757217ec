// extends, blocks, include and import.
#include <algorithm>

#include "jinja/compare.hpp"
#include "jinja/entered.hpp"
#include "jinja/printing.hpp"
#include "jinja/things.hpp"

namespace rb::jinja {
namespace {

using Type = Value::Type;

}  // namespace

ContextPtr Interpreter::make_context(const Compiled& compiled, bool with_arguments) {
  ContextPtr context(new Context);
  context->compiled = &compiled;
  context->arguments = with_arguments ? arguments_ : nullptr;
  context->globals = &registry_.globals.value().dict();
  context->own_autoescape = options_.autoescape;
  context->add_blocks(compiled);
  return context;
}

// What the present place hands on by name: its context with its own variables on top.
LayerPtr Interpreter::layer(Frame& frame, const Bindings& locals) {
  auto& outer = *frame.context;
  LayerPtr layer(new Layer);
  layer->below = outer.layers;
  layer->names = outer.variables;
  for (const auto& binding : locals) {
    const auto& value = frame.at(binding.slot);
    if (!value.is_given()) continue;
    if (auto* known = find_named(layer->names, binding.name.value().str()))
      known->value = value;
    else
      layer->names.push_back({binding.name.value(), value});
  }
  return layer->names.empty() ? outer.layers : layer;
}

ContextPtr Interpreter::make_inner_context(const Compiled& compiled, Frame& frame, const Bindings& locals) {
  auto context = make_context(compiled, frame.context->arguments != nullptr);
  context->layers = layer(frame, locals);
  return context;
}

ContextPtr Interpreter::derive(Frame& frame, const Bindings& locals) {
  auto& outer = *frame.context;
  ContextPtr context(new Context);
  context->compiled = outer.compiled;
  context->arguments = outer.arguments;
  context->globals = outer.globals;
  context->layers = layer(frame, locals);
  context->blocks = outer.blocks;
  context->base = &outer;
  return context;
}

void Interpreter::run_root(const Compiled& compiled, const ContextPtr& context) {
  Entered entered(*this, *context, compiled);
  auto frame = Frame::make(compiled.root, {}, context, &compiled);
  if (compiled.root.self) frame->slots()[*compiled.root.self] = make_thing<TemplateReference>(context);
  enter(compiled.root.scope, *frame);
  exec(compiled.body, *frame);
  if (frame->parent) run_root(*frame->parent, context);
}

void Interpreter::run_block(Context& context, const BlockEntry& entry) {
  charge_steps();
  Entered entered(*this, context, *entry.compiled);
  const auto& block = *entry.block;
  auto frame = Frame::make(block.routine, {}, ContextPtr(&context), entry.compiled);
  if (block.routine.self)
    frame->slots()[*block.routine.self] = make_thing<TemplateReference>(ContextPtr(&context));
  if (block.routine.super) {
    const auto& list = *context.entries(block.name);
    auto here = std::ranges::find(list, &block, &BlockEntry::block) - list.begin();
    frame->slots()[*block.routine.super] =
        block_reference(*this, ContextPtr(&context), block.name, static_cast<std::size_t>(here) + 1);
  }
  enter(block.routine.scope, *frame);
  exec(block.body, *frame);
}

void Interpreter::exec_block(const BlockNode& node, Frame& frame) {
  if (node.top && frame.parent) return;
  auto& context = *frame.context;
  const auto& list = *context.entries(node.name);
  if (node.required && list.size() <= 1)
    raise(ErrorKind::template_runtime, "Required block '" + node.name + "' not found");
  auto entry = list.front();
  if (!node.scoped) return run_block(context, entry);
  auto derived = derive(frame, node.locals);
  run_block(*derived, entry);
}

Value Interpreter::run_block_apart(Context& context, std::string_view name, std::size_t index) {
  Capture capture(*this);
  run_block(context, (*context.entries(name))[index]);
  return capture.take(context.autoescape());
}

void Interpreter::exec_extends(const ExtendsNode& node, Frame& frame) {
  if (frame.parent) raise(ErrorKind::template_runtime, "extended multiple times");
  const auto& parent = load(eval(*node.parent, frame));
  frame.context->add_blocks(parent);
  frame.parent = &parent;
}

const Compiled* Interpreter::remember(CompiledPtr compiled) {
  if (!compiled) return nullptr;
  templates_.push_back(std::move(compiled));
  return templates_.back().get();
}

const Compiled* Interpreter::find(const Value& name) {
  if (name.is(Type::undefined)) name.undefined().fail();
  hash_of(name);  // a list as a name is a TypeError
  if (!name.is_text()) return nullptr;
  for (const auto& known : templates_)
    if (known->name == name.text()) return known.get();
  return remember(load_(name.text()));
}

const Compiled& Interpreter::load(const Value& name) {
  if (const auto* compiled = find(name)) return *compiled;
  auto wanted = str(name);
  raise(ErrorKind::template_not_found, wanted.empty() ? "the name is empty" : wanted);
}

// One name, or the first that exists of several.
const Compiled& Interpreter::load_any(const Value& names) {
  if (names.is_text()) return load(names);
  if (names.is(Type::undefined)) names.undefined().fail();
  if (!truth(names))
    raise(ErrorKind::templates_not_found, "Tried to select from an empty list of templates.");
  std::string tried;
  Cursor cursor(names);
  for (Value name; cursor.next(name);) {
    tried +=
        (tried.empty() ? "" : ", ") + (name.is(Type::undefined) ? name.undefined().message() : str(name));
    if (name.is(Type::undefined)) continue;
    if (const auto* compiled = find(name)) return *compiled;
  }
  raise(ErrorKind::templates_not_found, "none of the templates given were found: " + tried);
}

void Interpreter::exec_include(const IncludeNode& node, Frame& frame) {
  charge_steps();
  const Compiled* compiled = nullptr;
  auto names = eval(*node.source, frame);
  try {
    compiled = &load_any(names);
  } catch (const Raised& raised) {
    bool missing = raised.error.kind == ErrorKind::template_not_found ||
                   raised.error.kind == ErrorKind::templates_not_found;
    if (!node.ignore_missing || !missing) throw;
    return;
  }
  if (node.with_context) return run_root(*compiled, make_inner_context(*compiled, frame, node.locals));
  append_str(*out_, module_without_context(*compiled));
  check_output();
}

Value Interpreter::module(const Compiled& compiled, const ContextPtr& context) {
  Capture capture(*this);
  run_root(compiled, context);
  return make_thing<Module>(compiled.name, context, capture.take(false));
}

Value Interpreter::module_without_context(const Compiled& compiled) {
  if (auto known = modules_.find(&compiled); known != modules_.end()) return known->second;
  auto made = module(compiled, make_context(compiled, false));
  modules_.emplace(&compiled, made);
  return made;
}

void Interpreter::exec_import(const ImportNode& node, Frame& frame) {
  charge_steps();
  const auto& compiled = load(eval(*node.source, frame));
  auto value = node.with_context ? module(compiled, make_inner_context(compiled, frame, node.locals))
                                 : module_without_context(compiled);
  const auto& from = static_cast<const Module&>(value.thing());
  for (const auto& name : node.names) {
    auto taken = value;
    if (node.kind == Kind::from_import) {
      auto exported = from.exported(name.name.value().text());
      taken = exported ? *exported
                       : undefined("the template '" + from.name() + "' (imported on line " +
                                   std::to_string(node.line) + " in '" + compiled_->name +
                                   "') does not export the requested name " + repr(name.name.value()));
    }
    frame.at(name.slot) = taken;
    if (node.exported) export_variable(frame, name.alias.value(), std::move(taken), false);
  }
}

Value block_reference(Interpreter& in, const ContextPtr& context, std::string_view name, std::size_t index) {
  const auto* list = context->entries(name);
  if (!list || index >= list->size())
    return in.undefined("there is no parent block called '" + std::string(name) + "'.");
  return make_thing<BlockReference>(name, context, index);
}

Value BlockReference::call(Interpreter& in, Arguments& arguments) {
  expect_positional("block", arguments, 0, 0);
  auto keep_alive = self();
  return in.run_block_apart(*context_, name_, index_);
}

std::optional<Value> BlockReference::attribute(Interpreter& in, std::string_view name) {
  if (name == "super") return block_reference(in, context_, name_, index_ + 1);
  if (name == "name") return Value(name_);
  return std::nullopt;
}

std::optional<Value> TemplateReference::item(Interpreter&, const Value& name) {
  if (!name.is_text()) return std::nullopt;
  auto at = std::ranges::find(context_->blocks, name.text(), &Context::Block::first);
  if (at == context_->blocks.end()) return std::nullopt;
  return make_thing<BlockReference>(at->first, context_, std::size_t{0});
}

std::optional<Value> Module::exported(std::string_view name) const {
  for (const auto& variable : context_->variables)
    if (variable.exported && variable.name.text() == name) return variable.value;
  return std::nullopt;
}

}  // namespace rb::jinja
