#include <algorithm>

#include "jinja/children.hpp"
#include "jinja/compiled.hpp"
#include "jinja/jinja.hpp"

namespace rb::jinja {
namespace {

constexpr std::string_view kImplicitNames[] = {"loop", "self", "super", "caller", "varargs", "kwargs"};

std::string_view constant_text(const Node& node) {
  if (node.kind != Kind::constant) return {};
  const auto& value = static_cast<const ConstantNode&>(node).value.value();
  return value.is_text() ? value.text() : std::string_view();
}

// "lesson.subject" for lesson.subject and lesson['subject']; "" for what is no such chain.
std::string path_of(const Node& node) {
  if (node.kind == Kind::name) {
    const auto& name = static_cast<const NameNode&>(node);
    return name.use == Use::load ? std::string(name.text()) : "";
  }
  const Node* object = nullptr;
  std::string_view key;
  if (node.kind == Kind::get_attribute) {
    const auto& get = static_cast<const GetAttributeNode&>(node);
    object = get.object.get(), key = get.name.value().text();
  } else if (node.kind == Kind::get_item) {
    const auto& get = static_cast<const GetItemNode&>(node);
    object = get.object.get(), key = constant_text(*get.index);
  }
  if (object == nullptr || key.empty()) return {};
  auto path = path_of(*object);
  return path.empty() ? path : path.append(".").append(key);
}

class Collector {
 public:
  void look(Node& node, bool called = false) {
    note_assigned(node);
    if (auto path = path_of(node); !path.empty()) {
      // text.split() is a method of the text, not a value in it.
      if (auto dot = path.rfind('.'); called && dot != std::string::npos) path.resize(dot);
      found.push_back({std::move(path), node.line});
      return;
    }
    const auto* callee = node.kind == Kind::call ? static_cast<CallNode&>(node).callee.get() : nullptr;
    each_child(node, [&](Node& child) { look(child, &child == callee); });
  }

  std::vector<Reference> found;
  std::set<std::string, std::less<>> assigned;

 private:
  void note_assigned(Node& node) {
    if (node.kind == Kind::macro) assigned.emplace(static_cast<MacroNode&>(node).name.value().text());
    if (node.kind == Kind::import || node.kind == Kind::from_import)
      for (const auto& name : static_cast<ImportNode&>(node).names)
        assigned.emplace(name.alias.value().text());
    if (node.kind == Kind::name && static_cast<NameNode&>(node).use != Use::load)
      assigned.emplace(static_cast<NameNode&>(node).text());
  }
};

std::string_view root_of(std::string_view path) { return path.substr(0, path.find('.')); }

}  // namespace

std::vector<Reference> references(const Compiled& compiled) {
  Collector collector;
  for (const auto& node : compiled.body) collector.look(*node);
  const auto& globals = compiled.registry->globals.value().dict();
  std::erase_if(collector.found, [&](const Reference& reference) {
    auto name = root_of(reference.path);
    return collector.assigned.contains(name) || const_cast<Dict&>(globals).find(Value(name)) ||
           std::ranges::find(kImplicitNames, name) != std::end(kImplicitNames);
  });
  return std::move(collector.found);
}

std::set<std::string> free_names(const Compiled& compiled) {
  std::set<std::string> names;
  for (const auto& reference : references(compiled)) names.emplace(root_of(reference.path));
  return names;
}

}  // namespace rb::jinja
