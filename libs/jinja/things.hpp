#pragma once
// The objects a running template makes: namespaces, macros, loops, blocks, modules.
#include "jinja/interpreter.hpp"
#include "jinja/iterate.hpp"

namespace rb::jinja {

// Takes everything out of a list, dict or namespace.
void empty(const Value& container);

class Namespace : public Thing {
 public:
  explicit Namespace(Value attributes) : attributes_(std::move(attributes)) {}
  std::string_view type_name() const override { return "Namespace"; }
  std::string show() const override;
  std::optional<Value> attribute(Interpreter& in, std::string_view name) override;
  void set(const Value& name, Value value) { attributes_.dict().set(name, std::move(value)); }
  void clear() { attributes_.dict().clear(); }
  bool kept = false;  // see Interpreter::keep

 private:
  Value attributes_;
};

class Macro : public Thing {
 public:
  Macro(const MacroNode& node, FramePtr frame) : node_(node), frame_(std::move(frame)) {}
  std::string_view type_name() const override { return "Macro"; }
  std::string show() const override;
  bool callable() const override { return true; }
  Value call(Interpreter& in, Arguments& arguments) override;
  bool print_call(Interpreter& in, Arguments& arguments) override;
  std::optional<Value> attribute(Interpreter& in, std::string_view name) override;

 private:
  const MacroNode& node_;
  FramePtr frame_;
};

class Loop : public Thing {
 public:
  Loop(Value iterable, const ForNode* recursive, FramePtr outer, int depth);
  std::string_view type_name() const override { return "LoopContext"; }
  std::string show() const override;
  bool callable() const override { return true; }
  Value call(Interpreter& in, Arguments& arguments) override;
  std::optional<Value> attribute(Interpreter& in, std::string_view name) override;
  const Method* method(std::string_view name) const override;
  std::optional<std::size_t> length() const override { return const_cast<Loop*>(this)->count(); }
  bool next(Value& out);

 private:
  std::size_t count();
  bool peek();
  static Value cycle(Interpreter&, const Value& self, Arguments& arguments);
  static Value changed(Interpreter&, const Value& self, Arguments& arguments);

  Value iterable_;
  Cursor cursor_;
  const ForNode* recursive_;
  FramePtr outer_;
  int depth_;
  std::int64_t index_ = -1;
  std::optional<std::size_t> length_;
  Value before_, current_;
  Value after_ = Value::unset(Value::Type::missing);
  Value last_changed_ = Value::unset(Value::Type::missing);
};

// `self` and super().
class BlockReference : public Thing {
 public:
  BlockReference(std::string_view name, ContextPtr context, std::size_t index)
      : name_(name), context_(std::move(context)), index_(index) {}
  std::string_view type_name() const override { return "BlockReference"; }
  bool callable() const override { return true; }
  Value call(Interpreter& in, Arguments& arguments) override;
  std::optional<Value> attribute(Interpreter& in, std::string_view name) override;

 private:
  std::string_view name_;
  ContextPtr context_;
  std::size_t index_;
};

// The block of that name `index` steps up; an undefined when there is none.
Value block_reference(Interpreter& in, const ContextPtr& context, std::string_view name, std::size_t index);

class TemplateReference : public Thing {
 public:
  explicit TemplateReference(ContextPtr context) : context_(std::move(context)) {}
  std::string_view type_name() const override { return "TemplateReference"; }
  std::string show() const override { return "<TemplateReference '" + context_->compiled->name + "'>"; }
  std::optional<Value> item(Interpreter& in, const Value& name) override;

 private:
  ContextPtr context_;
};

// What import gives.
class Module : public Thing {
 public:
  Module(std::string name, ContextPtr context, Value text)
      : name_(std::move(name)), context_(std::move(context)), text_(std::move(text)) {}
  std::string_view type_name() const override { return "TemplateModule"; }
  std::string show() const override { return "<TemplateModule '" + name_ + "'>"; }
  std::string text() const override { return std::string(text_.text()); }
  bool is_markup() const override { return true; }
  std::optional<Value> attribute(Interpreter&, std::string_view name) override { return exported(name); }
  std::optional<Value> exported(std::string_view name) const;
  const std::string& name() const { return name_; }

 private:
  std::string name_;
  ContextPtr context_;
  Value text_;
};

}  // namespace rb::jinja
