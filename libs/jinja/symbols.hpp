#pragma once
// Which variable a name means. A template's scopes follow Jinja2's rules: names assigned in a scope live
// there; a name that is first read comes from outside; a name assigned in some branches only starts as its
// outer value.
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "jinja/nodes.hpp"

namespace rb::jinja {

// One lexical function: the frame whose slots are being handed out.
struct Layout {
  Layout* outer = nullptr;
  Routine* routine = nullptr;
  std::uint16_t new_slot();  // MemoryError when the function has too many variables
};

struct Variable {
  Layout* layout = nullptr;
  std::uint16_t index = 0;
};

class Symbols {
 public:
  Symbols(Symbols* parent, Layout* layout)
      : parent_(parent),
        layout_(layout),
        slots_(std::make_shared<std::map<std::string, std::uint16_t, std::less<>>>()) {}

  // What analysis of the statements of this scope finds, in their order.
  void store(const std::string& name);
  void load(const std::string& name);
  std::uint16_t parameter(const std::string& name);
  // The branches of one if, analysed on copies of this scope.
  void merge(const std::vector<Symbols>& branches);

  std::optional<Variable> find(std::string_view name) const;
  Slot slot(std::string_view name) const;  // from this scope's function
  Scope scope() const;                     // what to do when the scope is entered
  Bindings bindings() const;               // every variable stored here or outside, as seen from here
  Layout* layout() const { return layout_; }
  std::size_t size() const { return loads_.size(); }

 private:
  enum class Origin : std::uint8_t { parameter, context, outer, nothing };
  struct Load {
    Origin origin;
    Variable from;
  };
  Slot relative(Variable variable) const;
  void define(const std::string& name, Load load);

  Symbols* parent_;
  Layout* layout_;
  // Shared with copies for branches.
  std::shared_ptr<std::map<std::string, std::uint16_t, std::less<>>> slots_;
  std::map<std::string, Load, std::less<>> loads_;
  std::set<std::string, std::less<>> stores_;
};

}  // namespace rb::jinja
