#include "plot/hierarchy.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

namespace rb::plot {
namespace {

constexpr double kAlmost = 1 - 1e-6;
constexpr int kMostDepth = 500;

std::string text_in(const boost::json::array* array, std::size_t row) {
  return array != nullptr && row < array->size() ? shown((*array)[row]) : std::string();
}

struct Entry {
  TreeNode node;
  std::string parent;
};

std::vector<Entry> read_rows(const Node& trace) {
  const auto *labels = trace.array("labels"), *parents = trace.array("parents"), *ids = trace.array("ids"),
             *values = trace.array("values");
  std::size_t count = parents == nullptr ? 0 : parents->size();
  for (const auto* other : {ids == nullptr ? labels : ids, values})
    if (other != nullptr) count = std::min(count, other->size());
  if (labels == nullptr && ids == nullptr) count = 0;
  std::vector<Entry> out;
  for (std::size_t row = 0; row < count; ++row) {
    Entry entry{.node = {.id = text_in(ids == nullptr ? labels : ids, row),
                         .label = text_in(labels, row),
                         .row = row},
                .parent = text_in(parents, row)};
    if (entry.node.id.empty()) continue;
    if (values != nullptr) entry.node.own_value = to_number((*values)[row]).value_or(0);
    out.push_back(std::move(entry));
  }
  return out;
}

// One root: the one given, the only name that is nobody's row, or an unnamed one above several.
std::optional<Entry> added_root(std::vector<Entry>& rows, std::string& reason) {
  std::set<std::string> known, unknown;
  std::size_t roots = 0;
  for (const auto& row : rows) known.insert(row.node.id), roots += row.parent.empty() ? 1 : 0;
  if (roots == 1) return std::nullopt;
  if (roots > 1) {
    Entry root{.node = {.id = "\n", .label = "", .row = {}}, .parent = {}};
    for (auto& row : rows)
      if (row.parent.empty()) row.parent = root.node.id;
    return root;
  }
  for (const auto& row : rows)
    if (!known.contains(row.parent)) unknown.insert(row.parent);
  if (unknown.size() == 1)
    return Entry{.node = {.id = *unknown.begin(), .label = *unknown.begin(), .row = {}}, .parent = {}};
  reason = "the parents have no common root";
  return std::nullopt;
}

// Nodes from the root downwards; those that cannot be reached are on a cycle or below an unknown parent.
Tree connect(std::vector<Entry> rows) {
  Tree out;
  std::multimap<std::string, std::size_t, std::less<>> by_parent;
  std::set<std::string_view> ids;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    by_parent.emplace(rows[i].parent, i);
    if (!ids.insert(rows[i].node.id).second)
      return out.reason = "ids must be unique: " + rows[i].node.id, out;
  }
  auto root = by_parent.find("");
  if (root == by_parent.end()) return out.reason = "there is no root", out;
  out.nodes.push_back(rows[root->second].node);
  for (std::size_t at = 0; at < out.nodes.size(); ++at) {
    auto [from, to] = by_parent.equal_range(out.nodes[at].id);
    if (from != to && out.nodes[at].depth >= kMostDepth)
      return out.nodes.clear(), out.reason = "it is too deep", out;
    for (auto it = from; it != to; ++it) {
      auto child = rows[it->second].node;
      child.parent = at;
      child.depth = out.nodes[at].depth + 1;
      out.nodes[at].children.push_back(out.nodes.size());
      out.nodes.push_back(std::move(child));
    }
  }
  if (out.nodes.size() < rows.size())
    out.nodes.clear(), out.reason = "some parents are unknown or in a circle";
  return out;
}

// Children come after their parents: backwards, their sums are ready.
void add_up(Tree& tree, const Node& trace) {
  bool has_values = trace.array("values") != nullptr,
       total = trace.choice("branchvalues", {"remainder", "total"}, "remainder") == "total";
  bool branches = trace.flagged("count", "branches", {"branches", "leaves"}, {}, "leaves");
  bool leaves = trace.flagged("count", "leaves", {"branches", "leaves"}, {}, "leaves");
  for (std::size_t i = tree.nodes.size(); i-- > 0;) {
    auto& node = tree.nodes[i];
    double sum = 0;
    for (auto child : node.children) {
      sum += tree.nodes[child].value;
      node.height = std::max(node.height, tree.nodes[child].height + 1);
    }
    bool counts = node.children.empty() ? leaves : branches;
    if (!has_values)
      node.value = sum + (counts ? 1 : 0);
    else if (total && node.own_value)
      node.value = *node.own_value;
    else
      node.value = sum + node.own_value.value_or(0);
    if (has_values && total && node.value < sum * kAlmost)
      tree.reason = "the parts of " + node.label + " are more than it";
  }
  if (!tree.reason.empty()) tree.nodes.clear();
}

void sort_children(Tree& tree) {
  for (auto& node : tree.nodes)
    std::ranges::sort(node.children, {}, [&](std::size_t i) { return std::pair(-tree.nodes[i].value, i); });
}

using Children = std::span<const std::size_t>;

void in_a_row(Tree& tree, Children children, double sum, const Box& box) {
  double x = box.x;
  for (auto i : children) {
    double width = sum > 0 ? box.width * tree.nodes[i].value / sum : 0;
    tree.nodes[i].box = {x, box.y, width, box.height};
    x += width;
  }
}

void in_a_column(Tree& tree, Children children, double sum, const Box& box) {
  double y = box.y;
  for (auto i : children) {
    double height = sum > 0 ? box.height * tree.nodes[i].value / sum : 0;
    tree.nodes[i].box = {box.x, y, box.width, height};
    y += height;
  }
}

double worst_ratio(double least, double most, double sum, double alpha) {
  double beta = sum * sum * alpha;
  return std::max(most / beta, beta / least);
}

// Rows along the shorter side, each as long as that makes its boxes squarer.
void squarify(Tree& tree, Children children, double value, Box box, double ratio) {
  for (std::size_t from = 0; from < children.size();) {
    auto value_of = [&](std::size_t i) { return tree.nodes[children[i]].value; };
    std::size_t to = from;
    double sum = 0;
    while (sum == 0 && to < children.size()) sum = value_of(to++);
    double least = sum, most = sum;
    double alpha = std::max(box.height / box.width, box.width / box.height) / (value * ratio);
    double best = worst_ratio(least, most, sum, alpha);
    for (; to < children.size(); ++to) {
      double next = value_of(to);
      double now = worst_ratio(std::min(least, next), std::max(most, next), sum + next, alpha);
      if (now > best) break;
      least = std::min(least, next), most = std::max(most, next), sum += next, best = now;
    }
    auto row = children.subspan(from, to - from);
    double part = value > 0 ? sum / value : 1;
    if (box.width < box.height) {
      in_a_row(tree, row, sum, {box.x, box.y, box.width, box.height * part});
      box.y += box.height * part, box.height *= 1 - part;
    } else {
      in_a_column(tree, row, sum, {box.x, box.y, box.width * part, box.height});
      box.x += box.width * part, box.width *= 1 - part;
    }
    value -= sum;
    from = to;
  }
}

Box inset(const Box& box, double left, double top, double right, double bottom) {
  Box out{box.x + left, box.y + top, box.width - left - right, box.height - top - bottom};
  if (out.width < 0) out.x += out.width / 2, out.width = 0;
  if (out.height < 0) out.y += out.height / 2, out.height = 0;
  return out;
}

}  // namespace

std::size_t Tree::find(std::string_view id) const {
  return static_cast<std::size_t>(std::ranges::find(nodes, id, &TreeNode::id) - nodes.begin());
}

Tree read_tree(const Node& trace) {
  auto rows = read_rows(trace);
  if (rows.empty()) return {};
  Tree out;
  auto root = added_root(rows, out.reason);
  if (!out.reason.empty()) return out;
  if (root) rows.insert(rows.begin(), *std::move(root));
  bool has_added_root = !rows.front().node.row;
  out = connect(std::move(rows));
  out.has_added_root = has_added_root;
  if (out.nodes.empty()) return out;
  add_up(out, trace);
  if (trace.flag("sort", true)) sort_children(out);
  return out;
}

void tile(Tree& tree, std::size_t entry, const Box& area, const Paddings& paddings, std::string_view packing,
          double ratio) {
  tree.nodes[entry].box = area;
  double half = paddings.inner / 2;
  // Parents come before their children.
  for (std::size_t i = entry; i < tree.nodes.size(); ++i) {
    auto& node = tree.nodes[i];
    if (node.box.width <= 0 || node.box.height <= 0) continue;  // also what is not below the entry
    if (i != entry) node.box = inset(node.box, half, half, half, half);
    if (node.children.empty()) continue;
    auto inner = inset(node.box, paddings.left - half, paddings.top - half, paddings.right - half,
                       paddings.bottom - half);
    auto children = node.children;
    bool across = packing == "dice" || (packing == "slice-dice" && node.depth % 2 == 0) ||
                  (packing == "dice-slice" && node.depth % 2 != 0);
    if (packing == "squarify" || packing == "binary")
      squarify(tree, children, node.value, inner, std::max(ratio, 1.0));
    else if (across)
      in_a_row(tree, children, node.value, inner);
    else
      in_a_column(tree, children, node.value, inner);
  }
}

}  // namespace rb::plot
