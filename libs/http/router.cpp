#include "http/router.hpp"

#include <algorithm>

#include "base/strings.hpp"

namespace rb::http {
namespace {

// "/a/b/" → a, b. Slashes inside a path stay as empty segments, which no route has.
std::vector<std::string_view> segments(std::string_view path) {
  if (path.starts_with('/')) path.remove_prefix(1);
  if (path.ends_with('/')) path.remove_suffix(1);
  std::vector<std::string_view> out;
  while (!path.empty()) {
    auto end = path.find('/');
    out.push_back(path.substr(0, end));
    if (end == std::string_view::npos) break;
    path.remove_prefix(end + 1);
  }
  return out;
}

bool is_placeholder(std::string_view part) { return part.starts_with('{') && part.ends_with('}'); }
bool takes_rest(std::string_view part) { return part.ends_with("*}"); }

std::string_view inner(std::string_view part) {
  part = part.substr(1, part.size() - 2);
  return part.substr(0, part.find('*'));
}

}  // namespace

struct Router::Node {
  std::map<std::string, std::unique_ptr<Node>, std::less<>> literal;
  std::unique_ptr<Node> one, rest;  // {name}, {name*}

  // Where routes end: their methods, each with its own template, since names of placeholders may differ.
  struct Leaf {
    Method method;
    std::string route;
    const Endpoint* endpoint;
  };
  std::vector<Leaf> leaves;
};

Router::Router() : root_(std::make_unique<Node>()) {}
Router::~Router() = default;

std::vector<std::string> placeholders(std::string_view path) {
  std::vector<std::string> out;
  for (auto part : segments(path))
    if (is_placeholder(part)) out.emplace_back(inner(part));
  return out;
}

void Router::add(Method method, std::string_view path, const Endpoint& endpoint) {
  auto* node = root_.get();
  for (auto part : segments(path)) {
    auto& next = !is_placeholder(part) ? node->literal[std::string(part)]
                 : takes_rest(part)    ? node->rest
                                       : node->one;
    if (!next) next = std::make_unique<Node>();
    node = next.get();
  }
  if (std::ranges::find(node->leaves, method, &Node::Leaf::method) != node->leaves.end())
    throw std::logic_error(std::string(name(method)) + " " + std::string(path) + " is declared twice");
  node->leaves.push_back({method, std::string(path), &endpoint});
}

// All nodes where the path may end, the most literal first.
void Router::walk(const Node& node, const std::vector<std::string_view>& parts, std::size_t at,
                  std::vector<const Node*>& found) const {
  if (at == parts.size()) {
    if (!node.leaves.empty()) found.push_back(&node);
    return;
  }
  if (auto next = node.literal.find(parts[at]); next != node.literal.end())
    walk(*next->second, parts, at + 1, found);
  if (node.one && !parts[at].empty()) walk(*node.one, parts, at + 1, found);
  if (node.rest) found.push_back(node.rest.get());
}

Match Router::find(Method method, std::string_view path) const {
  if (method == Method::head) method = Method::get;
  auto parts = segments(path);
  std::vector<const Node*> found;
  walk(*root_, parts, 0, found);
  Match out;
  for (const auto* node : found) {
    for (const auto& leaf : node->leaves) {
      out.allowed.push_back(leaf.method);
      if (out.route.empty()) out.route = leaf.route;
      if (leaf.method != method || out.endpoint != nullptr) continue;
      out.endpoint = leaf.endpoint;
      out.route = leaf.route;
    }
  }
  if (out.endpoint == nullptr) return out;
  auto names = segments(out.route);
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (!is_placeholder(names[i])) continue;
    auto raw = takes_rest(names[i])
                   ? std::string_view(parts[i].data(), parts.back().data() + parts.back().size())
                   : parts[i];
    auto text = percent_decode(raw);
    if (!text || !is_storable(*text)) return {};  // a name that nothing can have
    out.params.emplace(inner(names[i]), std::move(*text));
  }
  return out;
}

}  // namespace rb::http
