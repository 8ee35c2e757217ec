#include "plot/node.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/strings.hpp"
#include "json/json.hpp"
#include "plot/limits.hpp"

namespace rb::plot {
namespace {

namespace bj = boost::json;

const bj::object* as_object(const bj::value* value) { return value ? value->if_object() : nullptr; }

const bj::value* member(const bj::object* object, std::string_view name) {
  if (!object) return nullptr;
  auto* found = object->if_contains(name);
  return found && !found->is_null() ? found : nullptr;
}

std::string choices_text(std::initializer_list<std::string_view> choices) {
  return fmt::format("must be one of: {}", fmt::join(choices, ", "));
}

}  // namespace

Node::Node(const bj::value* own, const bj::value* behind, std::string path, Problems& problems)
    : own_(as_object(own)), behind_(as_object(behind)), path_(std::move(path)), problems_(&problems) {}

const bj::value* Node::own(std::string_view name) const { return member(own_, name); }

const bj::value* Node::behind(std::string_view name) const { return member(behind_, name); }

const bj::value* Node::find(std::string_view name) const {
  if (auto* mine = member(own_, name)) return mine;
  return member(behind_, name);
}

Node Node::child(std::string_view name) const {
  return {member(own_, name), member(behind_, name), path_of(name), *problems_};
}

std::vector<Node> Node::children(std::string_view name, const bj::value* behind) const {
  std::vector<Node> nodes;
  auto* list = array(name);
  for (std::size_t i = 0; list && i < list->size(); ++i)
    nodes.emplace_back(&(*list)[i], behind, fmt::format("{}[{}]", path_of(name), i), *problems_);
  return nodes;
}

double Node::number(std::string_view name, double otherwise, double least, double most) const {
  for (const auto* layer : {own_, behind_}) {
    auto* value = member(layer, name);
    if (!value) continue;
    auto read = to_number(*value);
    if (read && *read >= least && *read <= most) return *read;
    if (layer == behind_) break;
    bool low = std::isfinite(least), high = std::isfinite(most);
    wrong(name, !read         ? "must be a number"
                : low && high ? fmt::format("must be between {} and {}", least, most)
                : low         ? fmt::format("must be at least {}", least)
                              : fmt::format("must be at most {}", most));
  }
  return otherwise;
}

std::optional<double> Node::number(std::string_view name) const {
  double value = number(name, std::nan(""));
  return std::isnan(value) ? std::nullopt : std::optional(value);
}

bool Node::flag(std::string_view name, bool otherwise) const {
  for (const auto* layer : {own_, behind_})
    if (auto* value = member(layer, name)) {
      if (auto* read = value->if_bool()) return *read;
      if (layer == own_) wrong(name, "must be true or false");
    }
  return otherwise;
}

std::string Node::text(std::string_view name, std::string_view otherwise) const {
  for (const auto* layer : {own_, behind_})
    if (auto* value = member(layer, name)) {
      if (value->is_string() || value->is_number() || value->is_bool()) return shown(*value);
      if (layer == own_) wrong(name, "must be a string");
    }
  return std::string(otherwise);
}

std::string Node::choice(std::string_view name, std::initializer_list<std::string_view> choices,
                         std::string_view otherwise) const {
  for (const auto* layer : {own_, behind_})
    if (auto* value = member(layer, name)) {
      if (value->is_string() || value->is_bool() || value->is_number())
        if (auto text = shown(*value); std::ranges::find(choices, text) != choices.end()) return text;
      if (layer == own_) wrong(name, choices_text(choices));
    }
  return std::string(otherwise);
}

bool Node::flagged(std::string_view name, std::string_view flag,
                   std::initializer_list<std::string_view> flags,
                   std::initializer_list<std::string_view> extras, std::string_view otherwise) const {
  auto has = [&](std::string_view text) { return std::ranges::count(split(text, '+'), flag) > 0; };
  for (const auto* layer : {own_, behind_}) {
    auto* value = member(layer, name);
    if (!value) continue;
    if (value->is_string() || value->is_bool()) {
      auto text = shown(*value);
      if (std::ranges::find(extras, text) != extras.end()) return text == flag;
      auto known = [&](const std::string& part) { return std::ranges::find(flags, part) != flags.end(); };
      if (std::ranges::all_of(split(text, '+'), known)) return has(text);
    }
    if (layer == own_) wrong(name, fmt::format("must be a combination of: {}", fmt::join(flags, ", ")));
  }
  return has(otherwise);
}

Color Node::color(std::string_view name, Color otherwise) const {
  for (const auto* layer : {own_, behind_})
    if (auto* value = member(layer, name)) {
      if (auto* text = value->if_string())
        if (auto read = parse_color(*text)) return *read;
      if (layer == own_) wrong(name, "must be a colour");
    }
  return otherwise;
}

Font Node::font(std::string_view name, const Font& otherwise) const {
  if (!has(name)) return otherwise;
  auto node = child(name);
  Font font = otherwise;
  font.family = node.text("family", font.family);
  font.size = node.number("size", font.size, 1);
  font.color = node.color("color", font.color);
  font.italic = node.choice("style", {"normal", "italic"}, font.italic ? "italic" : "normal") == "italic";
  if (auto* weight = node.find("weight"); weight && weight->is_string() && !to_number(*weight))
    font.weight = node.choice("weight", {"normal", "bold"}, "normal") == "bold" ? 700 : 400;
  else
    font.weight = static_cast<int>(node.number("weight", font.weight, 1, 1000));
  return font;
}

std::vector<double> Node::numbers(std::string_view name) const {
  std::vector<double> read;
  auto* list = array(name);
  for (std::size_t i = 0; list && i < list->size(); ++i)
    if (auto value = to_number((*list)[i]))
      read.push_back(*value);
    else
      wrong(fmt::format("{}[{}]", name, i), "must be a number");
  return read;
}

const bj::array* Node::array(std::string_view name) const {
  for (const auto* layer : {own_, behind_})
    if (auto* value = member(layer, name)) {
      if (value->is_array()) return &value->get_array();
      if (layer == own_) warn(name, "is not used: it is no array");
    }
  return nullptr;
}

void Node::wrong(std::string_view name, std::string reason) const {
  if (problems_->errors.size() >= kMaxProblems) return;
  auto path = path_of(name);
  if (std::ranges::count(problems_->errors, path, &FieldError::field)) return;
  problems_->errors.push_back({std::move(path), std::move(reason)});
}

void Node::warn(std::string_view name, std::string message) const {
  if (problems_->warnings.size() >= kMaxProblems) return;
  auto path = path_of(name);
  if (std::ranges::count(problems_->warnings, path, &Warning::path)) return;
  problems_->warnings.push_back({std::move(path), std::move(message)});
}

std::string Node::path_of(std::string_view name) const {
  return path_.empty() ? std::string(name) : fmt::format("{}.{}", path_, name);
}

std::optional<double> to_number(const bj::value& value) {
  double number = 0;
  if (value.is_number()) {
    number = value.to_number<double>();
  } else if (auto* string = value.if_string()) {
    auto text = trim(*string);
    if (text.starts_with('+')) text.remove_prefix(1);
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  } else {
    return std::nullopt;
  }
  return std::isfinite(number) ? std::optional(number) : std::nullopt;
}

std::string shown(const bj::value& value) {
  if (auto* text = value.if_string()) return std::string(*text);
  return value.is_null() ? "" : json::to_text(value);
}

}  // namespace rb::plot
