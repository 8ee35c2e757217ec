#pragma once
// The tree that labels, ids, parents and values of a treemap describe, and its squarified tiling (Bruls,
// Huizing, van Wijk: Squarified Treemaps), with paddings as plotly.js gives them.
#include <optional>
#include <string>
#include <vector>

#include "plot/context.hpp"

namespace rb::plot {

struct TreeNode {
  std::string id, label;
  std::optional<std::size_t> row;  // in the trace's arrays; none for a root that plotly.js adds
  std::size_t parent = 0;          // of the root: itself
  std::vector<std::size_t> children{};
  double value = 0;  // with its children's
  std::optional<double> own_value{};
  int depth = 0, height = 0;  // from the root; down to the farthest leaf
  Color color{};
  bool has_color = false;
  Box box{};
};

// The root comes first, parents before their children. Without nodes: `reason` says why there is no tree.
struct Tree {
  std::vector<TreeNode> nodes;
  std::string reason;
  bool has_added_root = false;
  std::size_t find(std::string_view id) const;  // nodes.size(): unknown
};

Tree read_tree(const Node& trace);

struct Paddings {
  double top = 0, left = 0, right = 0, bottom = 0, inner = 0;
};

// Boxes for `entry` and all below it.
void tile(Tree& tree, std::size_t entry, const Box& area, const Paddings& paddings, std::string_view packing,
          double ratio);

}  // namespace rb::plot
