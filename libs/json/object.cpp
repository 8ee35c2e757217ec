// Described structs: their members with rules, reading, writing and their place among the schemas.
#include <algorithm>

#include "base/strings.hpp"
#include "json/json.hpp"

namespace rb::json {
namespace {

// The member under its name or an alias, unless it is null; and the name it was found under.
std::pair<const value*, std::string_view> find(const object& from, const Member& member) {
  auto look = [&](std::string_view name) -> const value* {
    const auto* found = from.if_contains(name);
    return found != nullptr && !found->is_null() ? found : nullptr;
  };
  if (const auto* found = look(member.name)) return {found, member.name};
  for (const auto& alias : member.rule.aliases)
    if (const auto* found = look(alias)) return {found, alias};
  return {nullptr, member.name};
}

void read_member(const Member& member, const value& from, std::string_view name, void* object, const Spot& up,
                 Reading& in) {
  member.type->read(from, member.get(object), member.rule, Spot{&up, name, 0}, in);
}

void need(const Member& member, const Spot& up, Reading& in) {
  if (member.required()) in.fail(Spot{&up, member.name, 0}, "is required");
}

Result<void> outcome(Reading& in) {
  if (in.errors.empty()) return {};
  const auto& first = in.errors.front();
  return std::unexpected(Error{Errc::invalid, first.field + " " + first.reason, std::move(in.errors)});
}

}  // namespace

const std::vector<Member>& ObjectType::members() const {
  std::call_once(once_, [this] {
    members_ = table_.members();
    for (auto& rule : table_.rules()) {
      auto member = std::ranges::find(members_, rule.name, &Member::name);
      if (member == members_.end())
        throw std::logic_error(std::string(table_.name) + " has a rule for an unknown member " + rule.name);
      member->rule = std::move(rule);
    }
  });
  return members_;
}

void ObjectType::read(const value& from, void* to, const Rule&, const Spot& at, Reading& in) const {
  const auto* parts = from.if_object();
  if (parts == nullptr) return in.fail(at, "must be an object");
  for (const auto& member : members()) {
    auto [found, name] = find(*parts, member);
    if (found == nullptr) {
      need(member, at, in);
    } else {
      read_member(member, *found, name, to, at, in);
    }
  }
}

void ObjectType::read_parts(const value& body, const object& texts, void* to, Reading& in) const {
  const Spot root;
  const auto* parts = body.if_object();
  if (parts == nullptr && !body.is_null()) return in.fail(root, "must be an object");
  for (const auto& member : members()) {
    auto [text, text_name] = find(texts, member);
    auto [found, name] = parts == nullptr ? std::pair(text, text_name) : find(*parts, member);
    in.from_text = text != nullptr;
    if (text != nullptr) {
      read_member(member, *text, text_name, to, root, in);
    } else if (found != nullptr) {
      read_member(member, *found, name, to, root, in);
    } else {
      need(member, root, in);
    }
  }
}

value ObjectType::write(const void* from, const Rule&) const {
  object out;
  out.reserve(members().size());
  for (const auto& member : members()) {
    // get() only takes an address; nothing is written through it here.
    auto part = member.type->write(member.get(const_cast<void*>(from)), member.rule);
    if (part.is_null() && member.rule.omit) continue;
    out.emplace(member.name, std::move(part));
  }
  return out;
}

object ObjectType::schema(const Rule&, Schemas& schemas) const { return schemas.reference(*this); }

object ObjectType::own_schema(Schemas& schemas) const {
  object properties;
  array required;
  auto initial = table_.make();
  for (const auto& member : members()) {
    auto part = member.type->schema(member.rule, schemas);
    if (!member.rule.description.empty()) part["description"] = member.rule.description;
    if (member.rule.sample) part["examples"] = array{*member.rule.sample};
    if (member.rule.has_default) part["default"] = member.type->write(member.get(initial.get()), member.rule);
    if (member.required()) required.emplace_back(member.name);
    properties[member.name] = std::move(part);
  }
  object out{{"type", "object"}, {"properties", std::move(properties)}};
  if (!required.empty()) out["required"] = std::move(required);
  return out;
}

object Schemas::reference(const ObjectType& type) {
  auto known = names_.find(&type);
  if (known == names_.end()) {
    // The last part of the C++ name; with more of its namespaces when another struct has taken that.
    auto parts = split(replace_all(std::string(type.name()), "::", ":"), ':');
    auto name = parts.back();
    for (auto part = parts.rbegin() + 1; components_.contains(name) && part != parts.rend(); ++part)
      name.insert(0, *part + "_");
    std::ranges::replace_if(name, [](char c) { return c == '<' || c == '>' || c == ' ' || c == ','; }, '_');
    known = names_.emplace(&type, name).first;
    components_[name] = object();  // taken, also while its own members are described
    components_[name] = type.own_schema(*this);
  }
  return {{"$ref", "#/components/schemas/" + known->second}};
}

Result<void> read_into(const Type& type, void* to, const value& from, const Zone& zone) {
  Reading in{.zone = zone, .from_text = false, .errors = {}};
  type.read(from, to, Rule{}, Spot{}, in);
  return outcome(in);
}

Result<void> read_parts(const ObjectType& type, void* to, const value& body, const object& texts,
                        const Zone& zone) {
  Reading in{.zone = zone, .from_text = false, .errors = {}};
  type.read_parts(body, texts, to, in);
  return outcome(in);
}

}  // namespace rb::json
