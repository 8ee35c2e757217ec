// Turns the names of a syntax tree into slots; see symbols.hpp for the rules. Every function body is first
// analysed as a whole, then its statements are bound in order.
#include <algorithm>

#include "jinja/analysis.hpp"
#include "jinja/children.hpp"
#include "jinja/compare.hpp"
#include "jinja/compiled.hpp"
#include "jinja/methods.hpp"

namespace rb::jinja {
namespace {

[[noreturn]] void refuse(std::string message, int line) {
  throw Raised{{ErrorKind::template_assertion, {}, line, std::move(message)}};
}

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
    if (undeclared(compiled_.body, {"self"}).contains("self"))
      compiled_.root.self = symbols.parameter("self");
    Analysis(symbols).visit(compiled_.body);
    compiled_.root.scope = symbols.scope();
    Place place{symbols, true, false, compiled_.extends};
    bind(compiled_.body, place);
  }

  void bind_block(BlockNode& block) {
    Layout layout{nullptr, &block.routine};
    Symbols symbols(nullptr, &layout);
    auto special = undeclared(block.body, {"self", "super"});
    if (special.contains("self")) block.routine.self = symbols.parameter("self");
    if (special.contains("super")) block.routine.super = symbols.parameter("super");
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
    if (bind_scoped(node, place)) return;
    bind_itself(node, place);
    each_child(node, [&](Node& child) { bind(child, place); });
  }

  // Nodes whose children stand in another place than they do; false: the node is none of them.
  bool bind_scoped(Node& node, const Place& place) {
    switch (node.kind) {
      case Kind::for_loop:
        bind_for(static_cast<ForNode&>(node), place);
        return true;
      case Kind::conditional:
      case Kind::if_else:
        each_child(node, [&, branch = place.branch()](Node& child) { bind(child, branch); });
        return true;
      case Kind::macro:
      case Kind::call_block:
        bind_macro(static_cast<MacroNode&>(node), place);
        return true;
      case Kind::filter_block:
        bind_filter_block(static_cast<FilterBlockNode&>(node), place);
        return true;
      case Kind::with:
        bind_with(static_cast<WithNode&>(node), place);
        return true;
      case Kind::assign_block:
        bind_assign_block(static_cast<AssignBlockNode&>(node), place);
        return true;
      case Kind::block:
        bind_block_call(static_cast<BlockNode&>(node), place);
        return true;
      case Kind::autoescape:
        bind_autoescape(static_cast<AutoescapeNode&>(node), place);
        return true;
      default:
        return false;
    }
  }

  void bind_itself(Node& node, const Place& place) {
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
        return;
      }
      case Kind::concat:
        static_cast<SequenceNode&>(node).escape = escape_ == Escape::on;
        return;
      case Kind::filter:
      case Kind::test:
        return bind_filter(static_cast<FilterNode&>(node), place);
      case Kind::output:
        return bind_output(static_cast<OutputNode&>(node), place);
      case Kind::assign:
        static_cast<AssignNode&>(node).exports = exports(*static_cast<AssignNode&>(node).target, place);
        return;
      case Kind::extends:
        return bind_extends(static_cast<ExtendsNode&>(node), place);
      case Kind::include:
        static_cast<IncludeNode&>(node).locals = place.symbols.bindings();
        return;
      case Kind::import:
      case Kind::from_import:
        return bind_import(static_cast<ImportNode&>(node), place);
      default:
        return;
    }
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
    if (node.recursive || scoped_block || undeclared(node.body, {"loop"}).contains("loop"))
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

  // caller, kwargs and varargs, where the body reads them and no parameter has that name.
  static void add_special_variables(MacroNode& node, Symbols& symbols) {
    auto used = undeclared(node.body, {"caller", "kwargs", "varargs"});
    auto place_of = [&](std::string_view name) {
      auto at = std::ranges::find(node.parameters, name, [](const auto& p) { return p->text(); });
      return static_cast<std::size_t>(at - node.parameters.begin());
    };
    auto caller = place_of("caller"), count = node.parameters.size();
    node.explicit_caller = caller < count;
    if (node.explicit_caller && used.contains("caller") && caller + node.defaults.size() < count)
      refuse(
          "When defining macros or call blocks the special \"caller\" argument must be omitted or be given a "
          "default.",
          node.line);
    auto slot_of = [&](const char* name) -> std::optional<std::uint16_t> {
      if (!used.contains(name) || place_of(name) < count) return std::nullopt;
      return symbols.parameter(name);
    };
    node.caller = slot_of("caller");
    node.named = slot_of("kwargs");
    node.positional = slot_of("varargs");
  }

  void bind_macro(MacroNode& node, const Place& place) {
    Layout layout{place.symbols.layout(), &node.routine};
    Symbols symbols(&place.symbols, &layout);
    Analysis analysis(symbols);
    for (auto& parameter : node.parameters) analysis.visit(*parameter);
    add_special_variables(node, symbols);
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
