#include <algorithm>

#include "jinja/children.hpp"
#include "jinja/compiled.hpp"

namespace rb::jinja {
namespace {

constexpr std::string_view kSpecial[] = {"loop", "self", "super", "caller", "varargs", "kwargs"};

}  // namespace

std::set<std::string> free_names(const Compiled& compiled) {
  std::set<std::string> names, assigned;
  auto look = [&](Node& node) {
    if (node.kind == Kind::macro) assigned.emplace(static_cast<MacroNode&>(node).name.value().text());
    if (node.kind == Kind::import || node.kind == Kind::from_import)
      for (const auto& name : static_cast<ImportNode&>(node).names)
        assigned.emplace(name.alias.value().text());
    if (node.kind != Kind::name) return;
    const auto& name = static_cast<NameNode&>(node);
    (name.use == Use::load ? names : assigned).emplace(name.text());
  };
  for (const auto& node : compiled.body) {
    look(*node);
    each_descendant(*node, look);
  }
  const auto& globals = compiled.registry->globals.value().dict();
  std::erase_if(names, [&](const std::string& name) {
    return assigned.contains(name) || const_cast<Dict&>(globals).find(Value(name)) ||
           std::ranges::find(kSpecial, name) != std::end(kSpecial);
  });
  return names;
}

}  // namespace rb::jinja
