#pragma once
// What the statements of one scope load and store, found before any of its names is bound.
#include <set>
#include <string>

#include "jinja/nodes.hpp"
#include "jinja/symbols.hpp"

namespace rb::jinja {

using NameSet = std::set<std::string, std::less<>>;

// Those of `names` that are read before anything of that name is assigned; blocks are not looked into.
NameSet undeclared(const Nodes& nodes, NameSet names);

// Tells `symbols` of the loads and stores of statements, in their order, not of those of the scopes inside.
class Analysis {
 public:
  explicit Analysis(Symbols& symbols) : symbols_(&symbols) {}

  void visit(const Nodes& nodes);
  void visit(Node& node);
  void parameters(Node& target);  // a name or a tuple of names that the scope begins with

 private:
  void visit_name(const NameNode& node);
  void visit_if(const IfNode& node);
  void visit_elif(const IfNode::Branch& branch);
  std::vector<Symbols> branches() const;

  Symbols* symbols_;
};

}  // namespace rb::jinja
