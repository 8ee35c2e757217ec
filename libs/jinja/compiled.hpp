#pragma once
// A template after compilation.
#include <atomic>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "jinja/nodes.hpp"
#include "jinja/registry.hpp"

namespace rb::jinja {

struct Compiled {
  std::string name;
  std::shared_ptr<const Registry> registry;  // the filters and globals the tree points to
  Nodes body;
  Routine root;
  std::map<std::string, BlockNode*, std::less<>> blocks;
  bool extends = false;
  mutable std::atomic<std::size_t> usual_size = 0;  // of the last output: how much to reserve
};

// Gives every name its slot and every filter and test its function. Raises TemplateAssertionError for unknown
// ones.
void resolve(Compiled& compiled, bool autoescape);

struct Reference;

// Where it takes values from the context, in the order of the source, and the names of these.
std::vector<Reference> references(const Compiled& compiled);
std::set<std::string> free_names(const Compiled& compiled);

}  // namespace rb::jinja
