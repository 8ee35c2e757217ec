#pragma once
// Renders one template once: walks the tree, keeps the output and everything that lives as long as the
// render.
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "jinja/context.hpp"
#include "jinja/jinja.hpp"
#include "jinja/methods.hpp"

namespace rb::jinja {

using CompiledPtr = std::shared_ptr<const Compiled>;

class Interpreter {
 public:
  using Load = std::function<CompiledPtr(std::string_view name)>;  // null: no such template

  Interpreter(const Options& options, const RenderOptions& render_options, const Registry& registry,
              Load load);
  ~Interpreter();
  Interpreter(const Interpreter&) = delete;
  Interpreter& operator=(const Interpreter&) = delete;

  std::string run(const CompiledPtr& compiled, const Value& arguments);
  const Compiled* template_now() const { return compiled_; }
  int line_now() const { return line_; }

  // For filters, methods and globals.
  bool autoescape() const { return context_->autoescape(); }
  const Options& options() const { return options_; }
  const RenderOptions& render_options() const { return render_options_; }
  const Registry& registry() const { return registry_; }
  std::uint64_t random();
  Value undefined(std::string hint) const;
  Value undefined(const Value& of, const Value& name) const;
  Value unsafe(const Value& of, const Value& name) const;
  Value get_item(const Value& object, const Value& index);
  Value get_attribute(const Value& object, const Value& name);
  Value call(const Value& callee, Arguments& arguments);
  Value call_filter(std::string_view name, const Value& input, Arguments& arguments);
  bool call_test(std::string_view name, const Value& input, Arguments& arguments);

  // These may come to hold themselves (a list appended to itself, a macro in the frame it knows): they are
  // emptied when the render ends.
  void keep(const Value& container);
  void keep(Frame& frame);
  void keep(Context& context);

  // For the objects in macros.cpp, loops.cpp and inheritance.cpp.
  Value eval(const Node& node, Frame& frame);
  bool eval_bool(const Node& node, Frame& frame);
  void assign(const Node& target, Value value, Frame& frame);
  void enter(const Scope& scope, Frame& frame);
  void run_macro(const MacroNode& node, const FramePtr& outer, Arguments& arguments);  // prints
  Value run_loop(const ForNode& node, Frame& outer, const Value& iterable, int depth);
  Value run_block_apart(Context& context, std::string_view name, std::size_t index);

 private:
  friend class Capture;
  struct Entered;

  void exec(const Nodes& nodes, Frame& frame);
  void exec(const Node& node, Frame& frame);
  void print(const OutputNode& node, Frame& frame);
  void print_value(const Node& node, Frame& frame, bool escaped);
  void exec_if(const IfNode& node, Frame& frame);
  void exec_for(const ForNode& node, Frame& frame);
  void loop_body(const ForNode& node, Frame& frame, const Value& iterable, Frame& outer, int depth);
  void exec_macro(const MacroNode& node, Frame& frame);
  void exec_call_block(const MacroNode& node, Frame& frame);
  void exec_filter_block(const FilterBlockNode& node, Frame& frame);
  void exec_with(const WithNode& node, Frame& frame);
  void exec_assign(const AssignNode& node, Frame& frame);
  void exec_assign_block(const AssignBlockNode& node, Frame& frame);
  void exec_autoescape(const AutoescapeNode& node, Frame& frame);
  void exec_block(const BlockNode& node, Frame& frame);
  void exec_extends(const ExtendsNode& node, Frame& frame);
  void exec_include(const IncludeNode& node, Frame& frame);
  void exec_import(const ImportNode& node, Frame& frame);
  Value captured(const Nodes& body, Frame& frame);               // what it prints
  Value filtered(const Node& filter, Value text, Frame& frame);  // of a block
  void exports(const Bindings& bindings, Frame& frame);
  void export_variable(Frame& frame, const Value& name, Value value, bool exported);
  void print_text(const Value& text);
  void fill_parameters(const MacroNode& node, Frame& frame, Arguments& arguments);
  void check_output() const;

  void run_root(const Compiled& compiled, const ContextPtr& context);
  void run_block(Context& context, const BlockEntry& entry);
  ContextPtr make_context(const Compiled& compiled, bool with_arguments);
  ContextPtr make_inner_context(const Compiled& compiled, Frame& frame, const Bindings& locals);
  ContextPtr derive(Frame& frame, const Bindings& locals);
  LayerPtr layer(Frame& frame, const Bindings& locals);
  Value module(const Compiled& compiled, const ContextPtr& context);
  Value module_without_context(const Compiled& compiled);
  const Compiled& load(const Value& name);
  const Compiled* find(const Value& name);
  const Compiled& load_any(const Value& names);
  const Compiled* remember(CompiledPtr compiled);

  // The value of an expression without a copy where it has a place of its own: a variable, a constant, an
  // item of a dict. What has none is put into `place`. To be used up before any other part of the template
  // runs.
  const Value& look(const Node& node, Frame& frame, Value& place);
  const Value& resolve(const Constant& name, Slot slot, Frame& frame);
  Value eval_items(const SequenceNode& node, Frame& frame);
  Value eval_dict(const DictNode& node, Frame& frame);
  Value eval_concat(const SequenceNode& node, Frame& frame);
  bool eval_compare(const CompareNode& node, Frame& frame);
  Value eval_attribute(const GetAttributeNode& node, const Value& object);
  static const Value* find_attribute(const GetAttributeNode& node, const Value& object);
  Value attribute_of(const Value& object, const Value& name, const MethodSet* methods);
  Value eval_get_item(const GetItemNode& node, Frame& frame);
  Value eval_call(const CallNode& node, Frame& frame, const Value* caller = nullptr);
  void print_call(const CallNode& node, Frame& frame, bool escaped);
  struct Callee;
  Callee eval_callee(const CallNode& node, Frame& frame);
  Value eval_filter(const FilterNode& node, Frame& frame);
  bool eval_test(const FilterNode& node, Frame& frame);
  Value eval_conditional(const ConditionalNode& node, Frame& frame);
  void eval_arguments(const CallArguments& source, Frame& frame, Arguments& out);
  const Method* method_of(const GetAttributeNode& node, const Value& object) const;

  const Options& options_;
  const RenderOptions& render_options_;
  const Registry& registry_;
  Load load_;
  std::optional<std::minstd_rand> random_;  // seeded when it is first needed
  Dict* arguments_ = nullptr;
  std::string* out_ = nullptr;
  std::size_t suspended_ = 0;       // bytes printed before the captures that are open
  std::vector<std::string> spare_;  // buffers of finished captures
  Context* context_ = nullptr;
  const Compiled* compiled_ = nullptr;
  int line_ = 0;
  Value block_text_;  // the text a filter block or filtered set works on
  std::vector<CompiledPtr> templates_;
  std::unordered_map<const Compiled*, Value> modules_;
  std::vector<FramePtr> kept_frames_;
  std::vector<ContextPtr> kept_contexts_;
  std::vector<Value> kept_values_;
};

// Collects what is printed while it lives.
class Capture {
 public:
  explicit Capture(Interpreter& in);
  ~Capture();
  Capture(const Capture&) = delete;
  Capture& operator=(const Capture&) = delete;
  Value take(bool markup) const { return markup ? Value::markup(buffer_) : Value(buffer_); }

 private:
  Interpreter& in_;
  std::string* before_;
  std::string buffer_;
};

}  // namespace rb::jinja
