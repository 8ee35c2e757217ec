#include "jinja/context.hpp"

namespace rb::jinja {

const Value* Context::lookup(const Str& name) {
  if (const auto* v = find_named(variables, name)) return &v->value;
  for (auto* layer = layers.get(); layer; layer = layer->below.get())
    if (const auto* v = find_named(layer->names, name)) return &v->value;
  if (arguments)
    if (auto* v = arguments->find(name)) return v;
  return globals->find(name);
}

void Context::assign(const Value& name, Value value, bool exported) {
  if (auto* known = find_named(variables, name.str())) {
    known->value.swap(value);
    known->exported = exported;
    return;
  }
  variables.push_back({name, std::move(value), exported});
}

std::vector<BlockEntry>* Context::entries(std::string_view block) {
  for (auto& [name, list] : blocks)
    if (name == block) return &list;
  return nullptr;
}

void Context::add_blocks(const Compiled& from) {
  for (const auto& [name, block] : from.blocks) {
    if (auto* list = entries(name))
      list->push_back({block, &from});
    else
      blocks.push_back({name, {{block, &from}}});
  }
}

FramePtr Frame::make(const Routine& routine, FramePtr outer, ContextPtr context, const Compiled* compiled) {
  auto bytes = sizeof(Frame) + routine.slots * sizeof(Value);
  charge_memory(bytes);
  auto* frame = new (::operator new(bytes)) Frame;
  frame->outer = std::move(outer);
  frame->context = std::move(context);
  frame->compiled = compiled;
  frame->size = routine.slots;
  for (std::uint16_t i = 0; i < routine.slots; ++i)
    new (frame->slots() + i) Value(Value::unset(Value::Type::unresolved));
  return FramePtr(frame);
}

void Frame::destroy(Frame* p) {
  for (std::uint16_t i = 0; i < p->size; ++i) p->slots()[i].~Value();
  release_memory(sizeof(Frame) + p->size * sizeof(Value));
  p->~Frame();
  ::operator delete(p);
}

void Frame::clear() {
  for (std::uint16_t i = 0; i < size; ++i) slots()[i] = Value();
}

}  // namespace rb::jinja
