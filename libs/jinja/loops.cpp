// for, and its `loop`.
#include "jinja/compare.hpp"
#include "jinja/methods.hpp"
#include "jinja/printing.hpp"
#include "jinja/things.hpp"

namespace rb::jinja {
namespace {

using Type = Value::Type;

// The items of a for that pass its if.
class FilteredItems : public Iterator {
 public:
  FilteredItems(Interpreter& in, const ForNode& node, FramePtr frame, const Value& iterable)
      : in_(in), node_(node), frame_(std::move(frame)), cursor_(iterable) {}
  bool next(Value& out) override {
    while (cursor_.next(out)) {
      in_.enter(node_.filter_scope, *frame_);
      in_.assign(*node_.filter_target, out, *frame_);
      if (in_.eval_bool(*node_.filter, *frame_)) return true;
    }
    return false;
  }

 private:
  Interpreter& in_;
  const ForNode& node_;
  FramePtr frame_;
  Cursor cursor_;
};

}  // namespace

void Interpreter::exec_for(const ForNode& node, Frame& frame) {
  auto iterable = eval(*node.iterable, frame);
  if (!node.recursive) return loop_body(node, frame, iterable, frame, 0);
  auto text = run_loop(node, frame, iterable, 0);
  append_str(*out_, text);
}

Value Interpreter::run_loop(const ForNode& node, Frame& outer, const Value& iterable, int depth) {
  Deeper deeper;
  auto frame = Frame::make(node.routine, FramePtr(&outer), outer.context, outer.compiled);
  frame->parent = outer.parent;
  Capture capture(*this);
  loop_body(node, *frame, iterable, outer, depth);
  return capture.take(context_->autoescape());
}

void Interpreter::loop_body(const ForNode& node, Frame& frame, const Value& iterable, Frame& outer,
                            int depth) {
  if (node.filter) keep(outer);
  auto items = node.filter ? make_thing<FilteredItems>(*this, node, FramePtr(&outer), iterable) : iterable;
  bool any = false;
  Value item;
  if (node.loop) {
    auto value = make_thing<Loop>(std::move(items), node.recursive ? &node : nullptr,
                                  node.recursive ? FramePtr(&outer) : FramePtr(), depth);
    auto& loop = static_cast<Loop&>(value.thing());
    while (loop.next(item)) {
      any = true;
      assign(*node.target, std::move(item), frame);
      frame.slots()[*node.loop] = value;
      enter(node.body_scope, frame);
      exec(node.body, frame);
    }
    frame.slots()[*node.loop] = Value::unset(Type::missing);
  } else {
    Cursor cursor(std::move(items));
    while (cursor.next(item)) {
      any = true;
      assign(*node.target, std::move(item), frame);
      enter(node.body_scope, frame);
      exec(node.body, frame);
    }
  }
  if (any || node.otherwise.empty()) return;
  enter(node.else_scope, frame);
  exec(node.otherwise, frame);
}

Loop::Loop(Value iterable, const ForNode* recursive, FramePtr outer, int depth)
    : iterable_(std::move(iterable)),
      cursor_(iterable_),
      recursive_(recursive),
      outer_(std::move(outer)),
      depth_(depth) {}

bool Loop::next(Value& out) {
  if (after_.is(Type::missing)) {
    if (!cursor_.next(out)) return false;
  } else {
    out = std::exchange(after_, Value::unset(Type::missing));
  }
  ++index_;
  before_ = std::move(current_);
  current_ = out;
  return true;
}

bool Loop::peek() {
  if (!after_.is(Type::missing)) return true;
  Value item;
  if (!cursor_.next(item)) return false;
  after_ = std::move(item);
  return true;
}

std::size_t Loop::count() {
  if (length_) return *length_;
  length_ = length_if_any(iterable_);
  if (length_) return *length_;
  Values rest;
  for (Value item; cursor_.next(item);) rest.push_back(std::move(item));
  length_ = rest.size() + static_cast<std::size_t>(index_ + 1) + (after_.is(Type::missing) ? 0 : 1);
  cursor_ = Cursor(make_list(std::move(rest)));
  return *length_;
}

std::string Loop::show() const {
  return "<LoopContext " + std::to_string(index_ + 1) + "/" +
         std::to_string(const_cast<Loop*>(this)->count()) + ">";
}

Value Loop::call(Interpreter& in, Arguments& arguments) {
  auto [items] = bind("loop", {"iterable"}, 1, arguments);
  if (!recursive_)
    raise(ErrorKind::type, "The loop must have the 'recursive' marker to be called recursively.");
  return in.run_loop(*recursive_, *outer_, items, depth_ + 1);
}

Value Loop::cycle(Interpreter&, const Value& self, Arguments& arguments) {
  if (arguments.positional.empty()) raise(ErrorKind::type, "no items for cycling given");
  auto turn = static_cast<std::size_t>(static_cast<Loop&>(self.thing()).index_);
  return arguments.positional[turn % arguments.positional.size()];
}

Value Loop::changed(Interpreter&, const Value& self, Arguments& arguments) {
  auto& last = static_cast<Loop&>(self.thing()).last_changed_;
  auto now = make_tuple(Values(arguments.positional.begin(), arguments.positional.end()));
  if (last.is_given() && equals(last, now)) return Value(false);
  last = std::move(now);
  return Value(true);
}

const Method* Loop::method(std::string_view name) const {
  static constexpr Method cycle_method{"cycle", cycle}, changed_method{"changed", changed};
  return name == "cycle" ? &cycle_method : name == "changed" ? &changed_method : nullptr;
}

std::optional<Value> Loop::attribute(Interpreter& in, std::string_view name) {
  auto whole = [this] { return static_cast<std::int64_t>(count()); };
  if (name == "index") return Value(index_ + 1);
  if (name == "index0") return Value(index_);
  if (name == "first") return Value(index_ == 0);
  if (name == "last") return Value(!peek());
  if (name == "length") return Value(whole());
  if (name == "revindex") return Value(whole() - index_);
  if (name == "revindex0") return Value(whole() - index_ - 1);
  if (name == "depth") return Value(depth_ + 1);
  if (name == "depth0") return Value(depth_);
  if (name == "previtem") return index_ == 0 ? in.undefined("there is no previous item") : before_;
  if (name == "nextitem") return peek() ? after_ : in.undefined("there is no next item");
  const auto* bound = method(name);
  return bound ? std::optional(make_thing<BoundMethod>(self(), bound)) : std::nullopt;
}

}  // namespace rb::jinja
