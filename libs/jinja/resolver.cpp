// Turns the names of a syntax tree into slots; see symbols.hpp for the rules. Every function body is first
// analysed as a whole, then its statements are bound in order.
#include <algorithm>

#include "jinja/children.hpp"
#include "jinja/compare.hpp"
#include "jinja/compiled.hpp"
#include "jinja/methods.hpp"
#include "jinja/symbols.hpp"

namespace rb::jinja {
namespace {

using NameSet = std::set<std::string, std::less<>>;

[[noreturn]] void refuse(std::string message, int line) {
  throw Raised{{ErrorKind::template_assertion, {}, line, std::move(message)}};
}

// Those of `names` that are read before anything of that name is assigned.
class Undeclared {
 public:
  explicit Undeclared(NameSet names) : names_(std::move(names)) {}
  void visit(Node& node) {
    if (node.kind == Kind::block) return;
    if (node.kind == Kind::name) {
      auto& name = static_cast<NameNode&>(node);
      if (name.use == Use::load && names_.contains(name.text()))
        found_.emplace(name.text());
      else if (auto at = names_.find(name.text()); at != names_.end())
        names_.erase(at);
    }
    each_child(node, [this](Node& child) { visit(child); });
  }
  bool found(std::string_view name) const { return found_.contains(name); }

 private:
  NameSet names_, found_;
};

Undeclared undeclared(const Nodes& nodes, NameSet names) {
  Undeclared search(std::move(names));
  for (const auto& node : nodes) search.visit(*node);
  return search;
}

// Collects loads and stores of the statements of one scope, not of the scopes inside it.
class Analysis {
 public:
  explicit Analysis(Symbols& symbols) : symbols_(&symbols) {}

  void visit(const Nodes& nodes) {
    for (const auto& node : nodes) visit(*node);
  }
  void parameters(Node& target) {
    if (target.kind == Kind::name) symbols_->parameter(std::string(static_cast<NameNode&>(target).text()));
    each_child(target, [this](Node& child) { parameters(child); });
  }
  void visit(Node& node) {
    switch (node.kind) {
      case Kind::name:
        return visit_name(static_cast<NameNode&>(node));
      case Kind::namespace_ref:
        return symbols_->load(text(static_cast<NamespaceRefNode&>(node).name));
      case Kind::if_else:
        return visit_if(static_cast<IfNode&>(node));
      case Kind::macro:
        return symbols_->store(text(static_cast<MacroNode&>(node).name));
      case Kind::call_block:
        return visit(*static_cast<MacroNode&>(node).call);
      case Kind::import:
      case Kind::from_import:
        visit(*static_cast<ImportNode&>(node).source);
        for (auto& name : static_cast<ImportNode&>(node).names) symbols_->store(text(name.alias));
        return;
      case Kind::assign:
        return visit(*static_cast<AssignNode&>(node).value), visit(*static_cast<AssignNode&>(node).target);
      case Kind::assign_block:
        return visit(*static_cast<AssignBlockNode&>(node).target);
      case Kind::for_loop:
        return visit(*static_cast<ForNode&>(node).iterable);
      case Kind::filter_block:
        return visit(*static_cast<FilterBlockNode&>(node).filter);
      case Kind::with:
        return visit(static_cast<WithNode&>(node).values);
      case Kind::autoescape:
      case Kind::block:
        return;
      default:
        each_child(node, [this](Node& child) { visit(child); });
    }
  }

 private:
  static std::string text(const Constant& name) { return std::string(name.value().text()); }

  void visit_name(NameNode& node) {
    std::string name(node.text());
    if (node.use == Use::parameter) symbols_->parameter(name);
    if (node.use == Use::store) symbols_->store(name);
    if (node.use == Use::load) symbols_->load(name);
  }

  // An elif is the first thing in the else of the if before it, as far as scopes are concerned.
  void visit_if(IfNode& node) {
    auto* here = symbols_;
    visit(*node.branches[0].test);
    std::vector<Symbols> branches(3, *here);
    symbols_ = &branches[0];
    visit(node.branches[0].body);
    symbols_ = &branches[1];
    for (std::size_t i = 1; i < node.branches.size(); ++i) visit_elif(node.branches[i]);
    symbols_ = &branches[2];
    visit(node.otherwise);
    symbols_ = here;
    here->merge(branches);
  }

  void visit_elif(IfNode::Branch& branch) {
    auto* here = symbols_;
    visit(*branch.test);
    std::vector<Symbols> branches(3, *here);
    symbols_ = &branches[0];
    visit(branch.body);
    symbols_ = here;
    here->merge(branches);
  }

  Symbols* symbols_;
};

// Where a statement stands.
struct Place {
  Symbols& symbols;
  bool top = false;       // of the template: its variables are exported
  bool tolerant = false;  // unknown filters and tests are an error only when reached
  bool output_check = false;

  Place inner(Symbols& inner_symbols) const { return {inner_symbols, false, false, output_check}; }
  Place branch() const { return {symbols, top, true, output_check}; }
};

class Resolver {
 public:
  Resolver(Compiled& compiled, bool autoescape)
      : compiled_(compiled), escape_(autoescape ? Escape::on : Escape::off) {}

  void run() {
    collect_blocks();
    bind_root();
    for (auto& [name, block] : compiled_.blocks) bind_block(*block);
  }

 private:
  void collect_blocks() {
    auto look = [this](Node& node) {
      if (node.kind == Kind::extends) compiled_.extends = true;
      if (node.kind != Kind::block) return;
      auto& block = static_cast<BlockNode&>(node);
      if (!compiled_.blocks.emplace(block.name, &block).second)
        refuse("block '" + block.name + "' defined twice", block.line);
    };
    for (auto& node : compiled_.body) {
      look(*node);
      each_descendant(*node, look);
    }
  }

  void bind_root() {
    Layout layout{nullptr, &compiled_.root};
    Symbols symbols(nullptr, &layout);
    if (undeclared(compiled_.body, {"self"}).found("self")) compiled_.root.self = symbols.parameter("self");
    Analysis(symbols).visit(compiled_.body);
    compiled_.root.scope = symbols.scope();
    Place place{symbols, true, false, compiled_.extends};
    bind(compiled_.body, place);
  }

  void bind_block(BlockNode& block) {
    Layout layout{nullptr, &block.routine};
    Symbols symbols(nullptr, &layout);
    auto special = undeclared(block.body, {"self", "super"});
    if (special.found("self")) block.routine.self = symbols.parameter("self");
    if (special.found("super")) block.routine.super = symbols.parameter("super");
    Analysis(symbols).visit(block.body);
    block.routine.scope = symbols.scope();
    bind(block.body, Place{symbols});
  }

  void bind(const Nodes& nodes, const Place& place) {
    for (const auto& node : nodes) bind(*node, place);
  }

  void bind(const NodePtr& node, const Place& place) {
    if (node) bind(*node, place);
  }

  void bind(Node& node, const Place& place) {
    switch (node.kind) {
      case Kind::name: {
        auto& name = static_cast<NameNode&>(node);
        name.slot = place.symbols.slot(name.text());
        return;
      }
      case Kind::namespace_ref: {
        auto& ref = static_cast<NamespaceRefNode&>(node);
        ref.slot = place.symbols.slot(ref.name.value().text());
        return;
      }
      case Kind::get_attribute: {
        auto& attribute = static_cast<GetAttributeNode&>(node);
        attribute.methods = find_methods(attribute.name.value().text());
        return bind(attribute.object, place);
      }
      case Kind::concat:
        static_cast<SequenceNode&>(node).escape = escape_ == Escape::on;
        break;
      case Kind::filter:
      case Kind::test:
        bind_filter(static_cast<FilterNode&>(node), place);
        break;
      case Kind::output:
        bind_output(static_cast<OutputNode&>(node), place);
        break;
      case Kind::for_loop:
        return bind_for(static_cast<ForNode&>(node), place);
      case Kind::conditional:
      case Kind::if_else:
        return each_child(node, [&, branch = place.branch()](Node& child) { bind(child, branch); });
      case Kind::macro:
      case Kind::call_block:
        return bind_macro(static_cast<MacroNode&>(node), place);
      case Kind::filter_block:
        return bind_filter_block(static_cast<FilterBlockNode&>(node), place);
      case Kind::with:
        return bind_with(static_cast<WithNode&>(node), place);
      case Kind::assign:
        static_cast<AssignNode&>(node).exports = exports(*static_cast<AssignNode&>(node).target, place);
        break;
      case Kind::assign_block:
        return bind_assign_block(static_cast<AssignBlockNode&>(node), place);
      case Kind::block:
        return bind_block_call(static_cast<BlockNode&>(node), place);
      case Kind::extends:
        bind_extends(static_cast<ExtendsNode&>(node), place);
        break;
      case Kind::include:
        static_cast<IncludeNode&>(node).locals = place.symbols.bindings();
        break;
      case Kind::import:
      case Kind::from_import:
        bind_import(static_cast<ImportNode&>(node), place);
        break;
      case Kind::autoescape:
        return bind_autoescape(static_cast<AutoescapeNode&>(node), place);
      default:
        break;
    }
    each_child(node, [&](Node& child) { bind(child, place); });
  }

  void bind_filter(FilterNode& node, const Place& place) {
    const auto& registry = *compiled_.registry;
    if (node.kind == Kind::filter) {
      if (auto at = registry.filters.find(node.name); at != registry.filters.end()) node.filter = &at->second;
    } else if (auto at = registry.tests.find(node.name); at != registry.tests.end()) {
      node.test = &at->second;
    }
    if (node.filter || node.test || place.tolerant) return;
    refuse("No " + std::string(node.kind == Kind::filter ? "filter" : "test") + " named '" + node.name + "'.",
           node.line);
  }

  void bind_output(OutputNode& node, const Place& place) {
    node.escape = escape_;
    node.unless_extended = place.output_check;
  }

  void bind_for(ForNode& node, const Place& place) {
    Layout own{place.symbols.layout(), &node.routine};
    Symbols body(&place.symbols, node.recursive ? &own : place.symbols.layout());
    Symbols otherwise(&place.symbols, node.recursive ? &own : place.symbols.layout());
    Symbols filter(&place.symbols, place.symbols.layout());
    bool scoped_block = false;
    each_descendant(node, [&](Node& n) {
      scoped_block = scoped_block || (n.kind == Kind::block && static_cast<BlockNode&>(n).scoped);
    });
    if (node.recursive || scoped_block || undeclared(node.body, {"loop"}).found("loop"))
      node.loop = body.parameter("loop");
    Analysis body_analysis(body);
    body_analysis.parameters(*node.target);
    body_analysis.visit(node.body);
    Analysis(otherwise).visit(node.otherwise);
    if (node.filter) {
      Analysis filter_analysis(filter);
      filter_analysis.parameters(*node.target);
      filter_analysis.visit(*node.filter);
      node.filter_target = copy_target(*node.target);
      bind(*node.filter_target, place.inner(filter));
      bind(*node.filter, place.inner(filter));
      node.filter_scope = filter.scope();
    }
    each_descendant(node, [](Node& n) {
      if (n.kind == Kind::name && static_cast<NameNode&>(n).use == Use::store &&
          static_cast<NameNode&>(n).text() == "loop")
        refuse("Can't assign to special loop variable in for-loop target", n.line);
    });
    bind(*node.iterable, place);
    bind(*node.target, place.inner(body));
    bind(node.body, place.inner(body));
    bind(node.otherwise, place.inner(otherwise));
    node.body_scope = body.scope();
    node.else_scope = otherwise.scope();
  }

  static NodePtr copy_target(const Node& target) {
    if (target.kind == Kind::name)
      return std::make_unique<NameNode>(std::string(static_cast<const NameNode&>(target).text()), Use::store,
                                        target.line);
    Nodes items;
    for (const auto& item : static_cast<const SequenceNode&>(target).items)
      items.push_back(copy_target(*item));
    return std::make_unique<SequenceNode>(Kind::tuple, std::move(items), target.line);
  }

  void bind_macro(MacroNode& node, const Place& place) {
    Layout layout{place.symbols.layout(), &node.routine};
    Symbols symbols(&place.symbols, &layout);
    Analysis analysis(symbols);
    NameSet special = {"caller", "kwargs", "varargs"};
    for (auto& parameter : node.parameters) analysis.visit(*parameter);
    auto used = undeclared(node.body, special);
    for (std::size_t i = 0; i < node.parameters.size(); ++i) {
      auto name = node.parameters[i]->text();
      bool has_default = i + node.defaults.size() >= node.parameters.size();
      if (name == "caller") {
        node.explicit_caller = true;
        if (used.found("caller") && !has_default)
          refuse(
              "When defining macros or call blocks the special \"caller\" argument must be omitted or be "
              "given a "
              "default.",
              node.line);
      }
    }
    auto declared = [&](std::string_view name) {
      return std::ranges::any_of(node.parameters, [&](const auto& p) { return p->text() == name; });
    };
    if (used.found("caller") && !node.explicit_caller) node.caller = symbols.parameter("caller");
    if (used.found("kwargs") && !declared("kwargs")) node.named = symbols.parameter("kwargs");
    if (used.found("varargs") && !declared("varargs")) node.positional = symbols.parameter("varargs");
    analysis.visit(node.defaults);
    analysis.visit(node.body);
    node.routine.scope = symbols.scope();
    auto inner = place.inner(symbols);
    inner.output_check = false;
    for (auto& parameter : node.parameters) bind(*parameter, inner);
    bind(node.defaults, inner);
    bind(node.body, inner);
    if (node.kind == Kind::call_block) return bind(*node.call, place);
    node.target = place.symbols.slot(node.name.value().text());
    node.exported = place.top;
  }

  void bind_filter_block(FilterBlockNode& node, const Place& place) {
    Symbols symbols(&place.symbols, place.symbols.layout());
    Analysis analysis(symbols);
    analysis.visit(node.body);
    analysis.visit(*node.filter);
    auto inner = place.inner(symbols);
    bind(node.body, inner);
    bind(*node.filter, inner);
    node.scope = symbols.scope();
  }

  void bind_with(WithNode& node, const Place& place) {
    Symbols symbols(&place.symbols, place.symbols.layout());
    Analysis analysis(symbols);
    analysis.visit(node.targets);
    analysis.visit(node.body);
    auto inner = place.inner(symbols);
    bind(node.values, place);
    bind(node.targets, inner);
    bind(node.body, inner);
    node.scope = symbols.scope();
  }

  void bind_assign_block(AssignBlockNode& node, const Place& place) {
    Symbols symbols(&place.symbols, place.symbols.layout());
    Analysis(symbols).visit(node.body);
    if (node.filter) Analysis(symbols).visit(*node.filter);
    auto inner = place.inner(symbols);
    inner.output_check = false;
    bind(node.body, inner);
    bind(node.filter, inner);
    bind(*node.target, place);
    node.exports = exports(*node.target, place);
    node.scope = symbols.scope();
  }

  void bind_block_call(BlockNode& node, const Place& place) {
    node.top = place.top;
    if (node.scoped) node.locals = place.symbols.bindings();
  }

  static void bind_extends(const ExtendsNode& node, const Place& place) {
    if (!place.top) refuse("cannot use extend from a non top-level scope", node.line);
  }

  void bind_import(ImportNode& node, const Place& place) {
    node.locals = place.symbols.bindings();
    for (auto& name : node.names) name.slot = place.symbols.slot(name.alias.value().text());
    node.exported = place.top;
  }

  void bind_autoescape(AutoescapeNode& node, const Place& place) {
    Symbols symbols(&place.symbols, place.symbols.layout());
    Analysis analysis(symbols);
    analysis.visit(*node.flag);
    analysis.visit(node.body);
    auto inner = place.inner(symbols);
    auto before = escape_;
    bind(*node.flag, inner);
    if (node.flag->kind == Kind::constant) {
      const auto& flag = static_cast<ConstantNode&>(*node.flag).value.value();
      if (escape_ != Escape::dynamic) escape_ = truth(flag) ? Escape::on : Escape::off;
    } else {
      escape_ = Escape::dynamic;
    }
    bind(node.body, inner);
    escape_ = before;
    node.scope = symbols.scope();
  }

  // At the top of a template assigned names are visible to blocks, includes and importers.
  static Bindings exports(Node& target, const Place& place) {
    Bindings out;
    if (!place.top) return out;
    auto add = [&](Node& node) {
      if (node.kind != Kind::name) return;
      const auto& name = static_cast<NameNode&>(node).name.value();
      out.push_back({Constant(name), place.symbols.slot(name.text())});
    };
    add(target);
    each_descendant(target, add);
    return out;
  }

  Compiled& compiled_;
  Escape escape_;
};

}  // namespace

void resolve(Compiled& compiled, bool autoescape) { Resolver(compiled, autoescape).run(); }

}  // namespace rb::jinja
