#include "jinja/value.hpp"

#include <array>
#include <cstring>
#include <new>
#include <utility>

#include "jinja/bigint.hpp"
#include "jinja/compare.hpp"
#include "jinja/objects.hpp"
#include "jinja/printing.hpp"

namespace rb::jinja {
namespace {

// Dropping the last reference to a chain of a million nested lists must not recurse a million times: below
// some depth objects wait here for the outermost call.
struct Graveyard {
  std::vector<std::pair<Value::Type, Object*>> waiting;
  int depth = 0;
};
thread_local Graveyard graveyard;
constexpr int kDestroyDepth = 64;

// Short texts come and go by the thousand, often all keys of a sort at once: their memory waits here for the
// next ones, up to some 300 KB.
class SpareBlocks {
 public:
  ~SpareBlocks() {
    for (auto& list : lists_)
      for (; list.first; --list.count) ::operator delete(std::exchange(list.first, list.first->next));
  }
  void* take(std::size_t bytes) {
    if (bytes > kLargest) return ::operator new(bytes);
    auto& list = lists_[(bytes - 1) / kStep];
    if (!list.first) return ::operator new((bytes + kStep - 1) / kStep * kStep);
    --list.count;
    return std::exchange(list.first, list.first->next);
  }
  void give(void* block, std::size_t bytes) {
    if (bytes > kLargest) return ::operator delete(block);
    auto& list = lists_[(bytes - 1) / kStep];
    if (list.count == kMost) return ::operator delete(block);
    ++list.count;
    list.first = new (block) Block{list.first};
  }

 private:
  struct Block {
    Block* next;
  };
  struct List {
    Block* first = nullptr;
    int count = 0;
  };
#if __has_feature(address_sanitizer)
  static constexpr std::size_t kLargest = 0;  // every text its own block, so that misuse is seen
#else
  static constexpr std::size_t kLargest = 128;
#endif
  static constexpr std::size_t kStep = 16;
  static constexpr int kMost = 256;
  std::array<List, kLargest / kStep + 1> lists_;
};
thread_local SpareBlocks spare_blocks;

void destroy_now(Value::Type type, Object* object) {
  switch (type) {
    case Value::Type::string:
    case Value::Type::markup:
      return Str::free(static_cast<Str*>(object));
    case Value::Type::list:
    case Value::Type::tuple:
      release_memory(sizeof(List));
      delete static_cast<List*>(object);
      return;
    case Value::Type::dict:
      release_memory(sizeof(Dict));
      delete static_cast<Dict*>(object);
      return;
    case Value::Type::undefined:
      release_memory(sizeof(Undefined));
      delete static_cast<Undefined*>(object);
      return;
    case Value::Type::big:
      return destroy_big(object);
    case Value::Type::thing:
      release_memory(static_cast<Thing*>(object)->charged);
      delete static_cast<Thing*>(object);
      return;
    default:
      return;
  }
}

}  // namespace

void Value::destroy(Type type, Object* object) {
  if (type == Type::string || type == Type::markup) return Str::free(static_cast<Str*>(object));
  auto& g = graveyard;
  if (g.depth >= kDestroyDepth) return g.waiting.emplace_back(type, object), void();
  ++g.depth;
  destroy_now(type, object);
  while (g.depth == 1 && !g.waiting.empty()) {
    auto [t, o] = g.waiting.back();
    g.waiting.pop_back();
    destroy_now(t, o);
  }
  --g.depth;
}

Value::Value(std::string_view text) : type_(Type::string) { as_.object = Str::make(text); }

Value Value::markup(std::string_view text) { return adopt(Type::markup, Str::make(text)); }

Value Value::list(std::vector<Value> items) {
  Values own(std::make_move_iterator(items.begin()), std::make_move_iterator(items.end()));
  return make_list(std::move(own));
}

Value Value::dict(const Pairs& pairs) {
  auto d = make_dict();
  for (const auto& [key, value] : pairs) d.dict().set(Value(key), value);
  return d;
}

Str* Str::make(std::size_t size) {
  if (size >= Str::unknown) memory_exceeded(0);
  charge_steps(size / 1024);
  charge_memory(sizeof(Str) + size);
  auto* s = new (spare_blocks.take(sizeof(Str) + size)) Str;
  s->size = static_cast<std::uint32_t>(size);
  s->points = unknown;
  s->hash = 0;
  return s;
}

Str* Str::make(std::string_view text) {
  auto* s = make(text.size());
  if (!text.empty()) std::memcpy(s->data(), text.data(), text.size());
  return s;
}

void Str::free(Str* str) {
  auto bytes = sizeof(Str) + str->size;
  release_memory(bytes);
  spare_blocks.give(str, bytes);
}

std::uint32_t Str::count() const {
  std::uint32_t n = 0;
  for (char c : view()) n += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return points = n;
}

std::uint32_t Str::compute_hash() const {
  auto h = static_cast<std::uint32_t>(std::hash<std::string_view>{}(view()));
  return hash = h ? h : 1;
}

template <class T>
static T* make_charged() {
  charge_memory(sizeof(T));
  return new T;
}

Value make_list(Values items) {
  auto* l = make_charged<List>();
  l->items = std::move(items);
  return Value::adopt(Value::Type::list, l);
}

Value make_tuple(Values items) {
  auto* l = make_charged<List>();
  l->items = std::move(items);
  return Value::adopt(Value::Type::tuple, l);
}

Value make_dict() { return Value::adopt(Value::Type::dict, make_charged<Dict>()); }

Value make_undefined(std::string hint, Value of, Value name, bool strict, ErrorKind kind) {
  auto* u = make_charged<Undefined>();
  u->hint = std::move(hint);
  u->of = std::move(of);
  u->name = std::move(name);
  u->strict = strict;
  u->kind = kind;
  return Value::adopt(Value::Type::undefined, u);
}

std::string Undefined::message() const {
  if (!hint.empty()) return hint;
  if (!of.is_given()) return repr(name) + " is undefined";
  auto object = of.is(Value::Type::none) ? "None" : std::string(type_name(of)) + " object";
  if (name.is_text()) return "'" + object + "' has no attribute " + repr(name);
  return object + " has no element " + repr(name);
}

std::string Thing::show() const { return "<" + std::string(type_name()) + " object>"; }

Value Thing::call(Interpreter&, Arguments&) {
  raise(ErrorKind::type, "'" + std::string(type_name()) + "' object is not callable");
}

bool Thing::has(const Value& needle) { return contains_by_iteration(*this, needle); }

std::uint32_t Thing::hash() const { return static_cast<std::uint32_t>(std::hash<const void*>{}(this)); }

}  // namespace rb::jinja
