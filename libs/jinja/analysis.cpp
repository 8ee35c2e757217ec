#include "jinja/analysis.hpp"

#include "jinja/children.hpp"

namespace rb::jinja {
namespace {

std::string text(const Constant& name) { return std::string(name.value().text()); }

class Undeclared {
 public:
  explicit Undeclared(NameSet names) : names_(std::move(names)) {}
  void visit(Node& node) {
    if (node.kind == Kind::block) return;
    if (node.kind == Kind::name) {
      auto& name = static_cast<NameNode&>(node);
      if (name.use == Use::load && names_.contains(name.text()))
        found.emplace(name.text());
      else if (auto at = names_.find(name.text()); at != names_.end())
        names_.erase(at);
    }
    each_child(node, [this](Node& child) { visit(child); });
  }

  NameSet found;

 private:
  NameSet names_;
};

}  // namespace

NameSet undeclared(const Nodes& nodes, NameSet names) {
  Undeclared search(std::move(names));
  for (const auto& node : nodes) search.visit(*node);
  return std::move(search.found);
}

void Analysis::visit(const Nodes& nodes) {
  for (const auto& node : nodes) visit(*node);
}

void Analysis::parameters(Node& target) {
  if (target.kind == Kind::name) symbols_->parameter(std::string(static_cast<NameNode&>(target).text()));
  each_child(target, [this](Node& child) { parameters(child); });
}

void Analysis::visit(Node& node) {
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

void Analysis::visit_name(const NameNode& node) {
  std::string name(node.text());
  if (node.use == Use::parameter) symbols_->parameter(name);
  if (node.use == Use::store) symbols_->store(name);
  if (node.use == Use::load) symbols_->load(name);
}

// One for each way through an if: its body, its elifs, its else. Copies cost time by what has been found so
// far.
std::vector<Symbols> Analysis::branches() const {
  charge_steps(symbols_->size());
  return std::vector<Symbols>(3, *symbols_);
}

// An elif is the first thing in the else of the if before it, as far as scopes are concerned.
void Analysis::visit_if(const IfNode& node) {
  auto* here = symbols_;
  visit(*node.branches[0].test);
  auto ways = branches();
  symbols_ = &ways[0];
  visit(node.branches[0].body);
  symbols_ = &ways[1];
  for (std::size_t i = 1; i < node.branches.size(); ++i) visit_elif(node.branches[i]);
  symbols_ = &ways[2];
  visit(node.otherwise);
  symbols_ = here;
  here->merge(ways);
}

void Analysis::visit_elif(const IfNode::Branch& branch) {
  auto* here = symbols_;
  visit(*branch.test);
  auto ways = branches();
  symbols_ = &ways[0];
  visit(branch.body);
  symbols_ = here;
  here->merge(ways);
}

}  // namespace rb::jinja
