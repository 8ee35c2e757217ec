#include "jinja/symbols.hpp"

#include <limits>

namespace rb::jinja {

std::uint16_t Layout::new_slot() {
  if (routine->slots == std::numeric_limits<std::uint16_t>::max())
    raise(ErrorKind::memory_limit, "the template has too many variables");
  return routine->slots++;
}

std::optional<Variable> Symbols::find(std::string_view name) const {
  if (loads_.contains(name)) return Variable{layout_, slots_->find(name)->second};
  return parent_ ? parent_->find(name) : std::nullopt;
}

void Symbols::define(const std::string& name, Load load) {
  if (!slots_->contains(name)) slots_->emplace(name, layout_->new_slot());
  loads_.insert_or_assign(name, load);
}

void Symbols::store(const std::string& name) {
  stores_.insert(name);
  if (loads_.contains(name)) return;
  auto outer = parent_ ? parent_->find(name) : std::nullopt;
  define(name, outer ? Load{Origin::outer, *outer} : Load{Origin::nothing, {}});
}

void Symbols::load(const std::string& name) {
  if (!find(name)) define(name, {Origin::context, {}});
}

std::uint16_t Symbols::parameter(const std::string& name) {
  stores_.insert(name);
  define(name, {Origin::parameter, {}});
  return slots_->at(name);
}

void Symbols::merge(const std::vector<Symbols>& branches) {
  std::map<std::string, std::size_t> assigned;
  for (const auto& branch : branches)
    for (const auto& name : branch.stores_)
      if (!stores_.contains(name)) ++assigned[name];
  for (const auto& branch : branches) {
    for (const auto& [name, load] : branch.loads_) loads_.insert_or_assign(name, load);
    stores_.insert(branch.stores_.begin(), branch.stores_.end());
  }
  for (const auto& [name, count] : assigned) {
    if (count == branches.size()) continue;
    auto outer = parent_ ? parent_->find(name) : std::nullopt;
    loads_.insert_or_assign(name, outer ? Load{Origin::outer, *outer} : Load{Origin::context, {}});
  }
}

Slot Symbols::relative(Variable variable) const {
  std::uint16_t hops = 0;
  for (auto* at = layout_; at != variable.layout; at = at->outer) ++hops;
  return {hops, variable.index};
}

Slot Symbols::slot(std::string_view name) const { return relative(*find(name)); }

Scope Symbols::scope() const {
  Scope out;
  for (const auto& [name, load] : loads_) {
    auto slot = slots_->at(name);
    bool stored = stores_.contains(name);
    if (load.origin == Origin::nothing) out.inits.push_back({SlotInit::Action::forget, slot, {}, {}});
    // A name that is only read keeps its value as long as the function runs.
    if (load.origin == Origin::context && stored)
      out.inits.push_back({SlotInit::Action::resolve, slot, {}, {}});
    if (load.origin == Origin::outer)
      out.inits.push_back({SlotInit::Action::copy, slot, relative(load.from), Constant(Value(name))});
  }
  return out;
}

Bindings Symbols::bindings() const {
  Bindings out;
  std::set<std::string> seen;
  for (const auto* at = this; at; at = at->parent_)
    for (const auto& name : at->stores_)
      if (seen.insert(name).second) out.push_back({Constant(Value(name)), slot(name)});
  return out;
}

}  // namespace rb::jinja
