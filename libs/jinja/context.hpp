#pragma once
// What a running template sees: its context (variables by name) and its frames (variables by slot).
#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "jinja/compiled.hpp"

namespace rb::jinja {

template <class T>
class Counted {
  friend T;
  Counted() = default;
  std::uint32_t references = 0;
  friend void intrusive_ptr_add_ref(T* p) { ++p->references; }
  friend void intrusive_ptr_release(T* p) {
    if (--p->references == 0) T::destroy(p);
  }
};

struct Named {
  Value name, value;
  bool exported = false;
};
using NamedValues = std::vector<Named, Metered<Named>>;

inline Named* find_named(NamedValues& values, const Str& name) {
  for (auto& v : values)
    if (v.name.str().hashed() == name.hashed() && v.name.text() == name.view()) return &v;
  return nullptr;
}

// Names handed down from an including template, over those it got itself.
struct Layer;
using LayerPtr = boost::intrusive_ptr<Layer>;
struct Layer : Counted<Layer> {
  LayerPtr below;
  NamedValues names;
  static void destroy(Layer* p) { delete p; }
};

struct BlockEntry {
  const BlockNode* block;
  const Compiled* compiled;
};

// One for a template with all its parents; an include or import has its own.
struct Context;
using ContextPtr = boost::intrusive_ptr<Context>;
struct Context : Counted<Context> {
  using Block = std::pair<std::string_view, std::vector<BlockEntry>>;  // child first

  const Compiled* compiled = nullptr;
  NamedValues variables;  // assigned at the top of the template
  LayerPtr layers;
  Dict* arguments = nullptr;  // of the render; null without context
  Dict* globals = nullptr;
  std::vector<Block> blocks;
  bool own_autoescape = false;
  bool kept = false;  // see Interpreter::keep
  ContextPtr base;    // a derived context shares its autoescape flag

  bool& autoescape() { return base ? base->autoescape() : own_autoescape; }
  const Value* lookup(const Str& name);
  void assign(const Value& name, Value value, bool exported);
  std::vector<BlockEntry>* entries(std::string_view block);
  void add_blocks(const Compiled& from);
  static void destroy(Context* p) { delete p; }
};

// The variables of one running function.
struct Frame;
using FramePtr = boost::intrusive_ptr<Frame>;
struct Frame : Counted<Frame> {
  FramePtr outer;  // lexically
  ContextPtr context;
  const Compiled* compiled;
  const Compiled* parent = nullptr;  // set by extends
  bool kept = false;                 // see Interpreter::keep
  std::uint16_t size;

  static FramePtr make(const Routine& routine, FramePtr outer, ContextPtr context, const Compiled* compiled);
  static void destroy(Frame* p);
  void clear();
  Value* slots() { return reinterpret_cast<Value*>(this + 1); }
  Value& at(Slot slot) {
    auto* frame = this;
    for (auto hops = slot.hops; hops > 0; --hops) frame = frame->outer.get();
    return frame->slots()[slot.index];
  }
};

}  // namespace rb::jinja
