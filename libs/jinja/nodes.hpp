#pragma once
// The syntax tree of a template. The parser builds it, the resolver turns every name into a slot of a frame
// and looks up filters, tests and methods; after that it never changes and may be rendered by many threads.
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "jinja/constant.hpp"
#include "jinja/objects.hpp"
#include "jinja/operators.hpp"

namespace rb::jinja {

struct Filter;
struct Test;
struct MethodSet;

enum class Kind : std::uint8_t {
  // expressions
  constant,
  name,
  namespace_ref,
  tuple,
  list,
  dict,
  negate,
  affirm,
  invert,
  arithmetic,
  both,
  either,
  concat,
  compare,
  get_attribute,
  get_item,
  slice,
  call,
  filter,
  test,
  conditional,
  // statements
  data,
  output,
  for_loop,
  if_else,
  macro,
  call_block,
  filter_block,
  with,
  assign,
  assign_block,
  block,
  extends,
  include,
  import,
  from_import,
  autoescape,
};

struct Node {
  explicit Node(Kind k, int l) : kind(k), line(l) {}
  virtual ~Node() = default;
  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;
  Kind kind;
  int line;
  int height = 1;  // of an expression: how deep it nests
};
using NodePtr = std::unique_ptr<Node>;
using Nodes = std::vector<NodePtr>;

// Where a variable lives: `hops` lexical frames outwards, then the slot.
struct Slot {
  std::uint16_t hops = 0;
  std::uint16_t index = 0;
};

// What happens to the variables of a scope when it is entered.
struct SlotInit {
  enum class Action : std::uint8_t { forget, resolve, copy };
  Action action;
  std::uint16_t slot;
  Slot from;      // copy
  Constant name;  // copy: to look `from` up if nobody did
};

struct Scope {
  std::vector<SlotInit> inits;
};

// A body that runs in a frame of its own.
struct Routine {
  std::uint16_t slots = 0;
  Scope scope;
  // Special variables, filled in when the frame is entered.
  std::optional<std::uint16_t> self, super;
};

// A variable handed to an include or a scoped block, or exported by a template.
struct Binding {
  Constant name;
  Slot slot;
};
using Bindings = std::vector<Binding>;

struct ConstantNode : Node {
  ConstantNode(Value v, int l) : Node(Kind::constant, l), value(std::move(v)) {}
  Constant value;
};

enum class Use : std::uint8_t { load, store, parameter };

struct NameNode : Node {
  NameNode(const std::string& n, Use u, int l) : Node(Kind::name, l), name(Value(n)), use(u) {}
  std::string_view text() const { return name.value().text(); }
  Constant name;
  Use use;
  Slot slot;
};

struct NamespaceRefNode : Node {
  NamespaceRefNode(const std::string& n, const std::string& a, int l)
      : Node(Kind::namespace_ref, l), name(Value(n)), attribute(Value(a)) {}
  Constant name, attribute;
  Slot slot;
};

struct SequenceNode : Node {  // tuple, list, concat
  SequenceNode(Kind k, Nodes i, int l) : Node(k, l), items(std::move(i)) {}
  Nodes items;
  bool escape = false;  // concat: in an autoescaped part
};

struct DictNode : Node {
  DictNode(std::vector<std::pair<NodePtr, NodePtr>> i, int l) : Node(Kind::dict, l), items(std::move(i)) {}
  std::vector<std::pair<NodePtr, NodePtr>> items;
};

struct UnaryNode : Node {  // negate, affirm, invert
  UnaryNode(Kind k, NodePtr o, int l) : Node(k, l), operand(std::move(o)) {}
  NodePtr operand;
};

struct BinaryNode : Node {  // arithmetic, both, either
  BinaryNode(Kind k, NodePtr a, NodePtr b, int l) : Node(k, l), left(std::move(a)), right(std::move(b)) {}
  Arithmetic op = Arithmetic::add;
  NodePtr left, right;
};

struct CompareNode : Node {
  enum class Op : std::uint8_t { equal, not_equal, less, less_equal, greater, greater_equal, in, not_in };
  CompareNode(NodePtr f, int l) : Node(Kind::compare, l), first(std::move(f)) {}
  NodePtr first;
  std::vector<std::pair<Op, NodePtr>> rest;
};

struct GetAttributeNode : Node {
  GetAttributeNode(NodePtr o, const std::string& n, int l)
      : Node(Kind::get_attribute, l), object(std::move(o)), name(Value(n)) {}
  NodePtr object;
  Constant name;
  const MethodSet* methods = nullptr;  // built-in methods of that name
};

struct SliceNode : Node {
  SliceNode(NodePtr a, NodePtr b, NodePtr c, int l)
      : Node(Kind::slice, l), start(std::move(a)), stop(std::move(b)), step(std::move(c)) {}
  NodePtr start, stop, step;
};

struct GetItemNode : Node {
  GetItemNode(NodePtr o, NodePtr i, int l)
      : Node(Kind::get_item, l), object(std::move(o)), index(std::move(i)) {}
  NodePtr object, index;
};

struct CallArguments {
  Nodes positional;
  std::vector<std::pair<Constant, NodePtr>> named;
  NodePtr more_positional, more_named;  // *x, **x
};

struct CallNode : Node {
  CallNode(NodePtr c, CallArguments a, int l)
      : Node(Kind::call, l), callee(std::move(c)), arguments(std::move(a)) {}
  NodePtr callee;
  CallArguments arguments;
};

struct FilterNode : Node {  // filter, test
  FilterNode(Kind k, NodePtr i, std::string n, CallArguments a, int l)
      : Node(k, l), input(std::move(i)), name(std::move(n)), arguments(std::move(a)) {}
  NodePtr input;  // null: the text of the surrounding block
  std::string name;
  CallArguments arguments;
  const Filter* filter = nullptr;  // null: unknown, an error when reached
  const Test* test = nullptr;
};

struct ConditionalNode : Node {
  ConditionalNode(NodePtr t, NodePtr y, NodePtr n, int l)
      : Node(Kind::conditional, l), test(std::move(t)), yes(std::move(y)), no(std::move(n)) {}
  NodePtr test, yes, no;
};

struct DataNode : Node {
  DataNode(std::string t, int l) : Node(Kind::data, l), text(std::move(t)) {}
  std::string text;
};

enum class Escape : std::uint8_t { off, on, dynamic };

struct OutputNode : Node {
  OutputNode(Nodes i, int l) : Node(Kind::output, l), items(std::move(i)) {}
  Nodes items;
  Escape escape = Escape::off;
  bool unless_extended = false;  // silent once the template has a parent
};

struct ForNode : Node {
  explicit ForNode(int l) : Node(Kind::for_loop, l) {}
  NodePtr target, iterable, filter;
  Nodes body, otherwise;
  bool recursive = false;
  std::optional<std::uint16_t> loop;  // slot of the loop variable, when it is used
  NodePtr filter_target;              // the target again, in the scope of the filter
  Scope body_scope, else_scope, filter_scope;
  Routine routine;  // recursive
};

struct IfNode : Node {
  explicit IfNode(int l) : Node(Kind::if_else, l) {}
  struct Branch {
    NodePtr test;
    Nodes body;
    int line;
  };
  std::vector<Branch> branches;
  Nodes otherwise;
};

// The callable part of macro and call block.
struct MacroNode : Node {
  MacroNode(Kind k, int l) : Node(k, l) {}
  Constant name;  // none: a call block
  std::vector<std::unique_ptr<NameNode>> parameters;
  Nodes defaults;  // of the last parameters
  Nodes body;
  NodePtr call;  // call block
  Routine routine;
  std::optional<std::uint16_t> caller, named, positional;  // slots of caller, kwargs, varargs
  bool explicit_caller = false;
  Slot target;
  bool exported = false;
};

struct FilterBlockNode : Node {
  explicit FilterBlockNode(int l) : Node(Kind::filter_block, l) {}
  NodePtr filter;
  Nodes body;
  Scope scope;
};

struct WithNode : Node {
  explicit WithNode(int l) : Node(Kind::with, l) {}
  Nodes targets, values, body;
  Scope scope;
};

struct AssignNode : Node {
  AssignNode(NodePtr t, NodePtr v, int l)
      : Node(Kind::assign, l), target(std::move(t)), value(std::move(v)) {}
  NodePtr target, value;
  Bindings exports;
};

struct AssignBlockNode : Node {
  explicit AssignBlockNode(int l) : Node(Kind::assign_block, l) {}
  NodePtr target, filter;
  Nodes body;
  Scope scope;
  Bindings exports;
};

struct BlockNode : Node {
  explicit BlockNode(int l) : Node(Kind::block, l) {}
  std::string name;
  bool scoped = false, required = false;
  Nodes body;
  Routine routine;
  Bindings locals;   // scoped
  bool top = false;  // at top level: silent once the template has a parent
};

struct ExtendsNode : Node {
  explicit ExtendsNode(int l) : Node(Kind::extends, l) {}
  NodePtr parent;
};

struct IncludeNode : Node {
  explicit IncludeNode(int l) : Node(Kind::include, l) {}
  NodePtr source;
  bool ignore_missing = false, with_context = true;
  Bindings locals;
};

struct ImportNode : Node {  // import, from_import
  ImportNode(Kind k, int l) : Node(k, l) {}
  NodePtr source;
  bool with_context = false;
  Bindings locals;
  struct Name {
    Constant name, alias;
    Slot slot;
  };
  std::vector<Name> names;  // import: the one name of the module
  bool exported = false;
};

struct AutoescapeNode : Node {
  explicit AutoescapeNode(int l) : Node(Kind::autoescape, l) {}
  NodePtr flag;
  Nodes body;
  Scope scope;
};

}  // namespace rb::jinja
