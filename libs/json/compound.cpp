// Types made of others: optional, list, map; and where a reader stands in them.
#include <fmt/format.h>

#include "base/strings.hpp"
#include "json/type.hpp"

namespace rb::json {
namespace {

constexpr std::size_t kMostErrors = 50;  // a wrong list of 10⁵ items must not make an answer of 10⁵ lines

bool size_is_right(std::size_t size, const Rule& rule, const Spot& at, Reading& in) {
  if (rule.min_length && size < *rule.min_length) {
    in.fail(at, *rule.min_length == 1 ? "must not be empty"
                                      : fmt::format("must have at least {} items", *rule.min_length));
    return false;
  }
  if (rule.max_length && size > *rule.max_length) {
    in.fail(at, fmt::format("must have at most {} items", *rule.max_length));
    return false;
  }
  return true;
}

Rule item_rule(const Rule& rule) {
  Rule out = rule;
  out.min_length.reset();
  out.max_length.reset();
  return out;
}

}  // namespace

std::string Spot::text() const {
  if (up == nullptr) return "$";
  auto prefix = up->up == nullptr ? std::string() : up->text();
  if (name.empty()) return fmt::format("{}[{}]", prefix, index);
  return prefix.empty() ? std::string(name) : fmt::format("{}.{}", prefix, name);
}

void Reading::fail(const Spot& at, std::string reason) {
  if (errors.size() < kMostErrors) errors.push_back({at.text(), std::move(reason)});
}

void OptionalType::read(const value& from, void* to, const Rule& rule, const Spot& at, Reading& in) const {
  if (from.is_null()) return table_.reset(to);
  inner_.read(from, table_.emplace(to), rule, at, in);
}

value OptionalType::write(const void* from, const Rule& rule) const {
  const auto* inner = table_.get(from);
  return inner == nullptr ? value() : inner_.write(inner, rule);
}

object OptionalType::schema(const Rule& rule, Schemas& schemas) const {
  auto out = inner_.schema(rule, schemas);
  if (out.empty()) return out;
  auto* type = out.if_contains("type");
  if (type == nullptr) return {{"anyOf", array{std::move(out), object{{"type", "null"}}}}};
  if (!type->is_array()) *type = array{*type};
  type->get_array().emplace_back("null");
  if (auto* values = out.if_contains("enum")) values->get_array().emplace_back(nullptr);
  return out;
}

void ListType::read(const value& from, void* to, const Rule& rule, const Spot& at, Reading& in) const {
  table_.clear(to);
  array parts;
  const array* items = from.if_array();
  if (items == nullptr && in.from_text && from.is_string()) {
    std::string_view text = from.get_string();
    if (!text.empty())
      for (const auto& part : split(text, ',')) parts.emplace_back(part);
    items = &parts;
  }
  if (items == nullptr) return in.fail(at, "must be a list");
  if (!size_is_right(items->size(), rule, at, in)) return;
  auto each = item_rule(rule);
  for (std::size_t i = 0; i < items->size(); ++i)
    item_.read((*items)[i], table_.append(to), each, Spot{&at, {}, i}, in);
}

value ListType::write(const void* from, const Rule& rule) const {
  array out;
  auto size = table_.size(from);
  out.reserve(size);
  for (std::size_t i = 0; i < size; ++i) out.push_back(item_.write(table_.at(from, i), rule));
  return out;
}

object ListType::schema(const Rule& rule, Schemas& schemas) const {
  object out{{"type", "array"}, {"items", item_.schema(item_rule(rule), schemas)}};
  if (rule.min_length) out["minItems"] = *rule.min_length;
  if (rule.max_length) out["maxItems"] = *rule.max_length;
  return out;
}

void MapType::read(const value& from, void* to, const Rule& rule, const Spot& at, Reading& in) const {
  table_.clear(to);
  const auto* items = from.if_object();
  if (items == nullptr) return in.fail(at, "must be an object");
  if (!size_is_right(items->size(), rule, at, in)) return;
  auto each = item_rule(rule);
  for (const auto& [key, item] : *items)
    item_.read(item, table_.at(to, std::string(key)), each, Spot{&at, key, 0}, in);
}

value MapType::write(const void* from, const Rule& rule) const {
  object out;
  for (const auto& [key, item] : table_.items(from)) out.emplace(key, item_.write(item, rule));
  return out;
}

object MapType::schema(const Rule& rule, Schemas& schemas) const {
  return {{"type", "object"}, {"additionalProperties", item_.schema(item_rule(rule), schemas)}};
}

}  // namespace rb::json
