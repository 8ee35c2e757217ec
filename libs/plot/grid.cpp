#include "plot/grid.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rb::plot {
namespace {

using Cells = std::vector<std::array<double, 2>>;

Cells cut(const Node& grid, std::string_view gap_name, double gap, std::string_view letter, int parts,
          bool reversed) {
  gap = grid.number(gap_name, gap, 0, 1);
  auto domain = grid.child("domain").numbers(letter);
  double from = domain.size() == 2 ? domain[0] : 0, to = domain.size() == 2 ? domain[1] : 1;
  double step = (to - from) / (parts - gap), width = step * (1 - gap);
  Cells cells;
  for (int i = 0; i < parts; ++i) cells.push_back({from + step * i, from + step * i + width});
  if (reversed) std::ranges::reverse(cells);
  return cells;
}

std::string numbered(char letter, int number) {
  return number == 1 ? std::string(1, letter) : fmt::format("{}{}", letter, number);
}

std::vector<std::string> names(const Node& grid, std::string_view member, char letter, int count) {
  std::vector<std::string> list;
  if (auto* given = grid.array(member))
    for (const auto& name : *given) list.push_back(shown(name));
  else
    for (int i = 1; i <= count; ++i) list.push_back(numbered(letter, i));
  return list;
}

std::optional<std::array<double, 2>> at(const Cells& cells, int index) {
  if (index < 0 || static_cast<std::size_t>(index) >= cells.size()) return std::nullopt;
  return cells[static_cast<std::size_t>(index)];
}

// The axes of a cell of "subplots": "x2y3"; of an empty one none.
std::pair<std::string, std::string> axes_in(const boost::json::array& table, int row, int column) {
  auto r = static_cast<std::size_t>(row), c = static_cast<std::size_t>(column);
  const auto* line = r < table.size() ? table[r].if_array() : nullptr;
  auto name = line && c < line->size() ? shown((*line)[c]) : "";
  auto split = name.find('y');
  if (split == name.npos) return {};
  return {name.substr(0, split), name.substr(split)};
}

}  // namespace

GridLayout::GridLayout(const Node& layout, const std::vector<std::pair<std::string, std::string>>& subplots) {
  if (!layout.has("grid")) return;
  auto grid = layout.child("grid");
  auto* table = grid.array("subplots");
  auto size = [](const boost::json::array* list) { return list ? static_cast<double>(list->size()) : 0; };
  double first_row = table && !table->empty() && (*table)[0].is_array() ? size(&(*table)[0].get_array()) : 0;
  int rows = static_cast<int>(
      std::min(100.0, grid.number("rows", std::max(size(table), size(grid.array("yaxes"))), 1)));
  int columns = static_cast<int>(
      std::min(100.0, grid.number("columns", std::max(first_row, size(grid.array("xaxes"))), 1)));
  if (rows < 1 && columns < 1) return;
  rows = std::max(rows, 1), columns = std::max(columns, 1);
  bool independent = grid.choice("pattern", {"independent", "coupled"}, "coupled") == "independent";
  bool each = independent || table;
  bool down = grid.choice("roworder", {"top to bottom", "bottom to top"}, "top to bottom") == "top to bottom";
  columns_ = cut(grid, "xgap", each ? 0.2 : 0.1, "x", columns, false);
  rows_ = cut(grid, "ygap", each ? 0.3 : 0.1, "y", rows, down);

  auto used = [&](const std::string& x, const std::string& y) {
    return std::ranges::count(subplots, std::pair(x, y)) > 0;
  };
  if (!each) {
    auto xs = names(grid, "xaxes", 'x', columns), ys = names(grid, "yaxes", 'y', rows);
    for (std::size_t c = 0; c < xs.size(); ++c) place(xs[c], static_cast<int>(c));
    for (std::size_t r = 0; r < ys.size(); ++r) place(ys[r], static_cast<int>(r));
    for (const auto& y : ys)
      for (const auto& x : xs)
        if (used(x, y)) anchor(x, y, down);
    return;
  }
  for (int r = 0; r < rows; ++r)
    for (int c = 0; c < columns; ++c) {
      auto [x, y] = table ? axes_in(*table, r, c)
                          : std::pair(numbered('x', r * columns + c + 1), numbered('y', r * columns + c + 1));
      if (!used(x, y)) continue;
      place(x, c);
      place(y, r);
      anchor(x, y, down);
    }
}

// Labels stand at the left and the lowest plot of those that share an axis.
void GridLayout::anchor(const std::string& x, const std::string& y, bool down) {
  anchors_.emplace(y, x);
  if (down || !anchors_.contains(x)) anchors_[x] = y;
}

std::optional<std::array<double, 2>> GridLayout::domain_of(const std::string& axis) const {
  auto found = cells_.find(axis);
  return found == cells_.end() ? std::nullopt : at(axis[0] == 'x' ? columns_ : rows_, found->second);
}

std::optional<std::string> GridLayout::anchor_of(const std::string& axis) const {
  auto found = anchors_.find(axis);
  return found == anchors_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::array<double, 2>> GridLayout::column(int index) const { return at(columns_, index); }
std::optional<std::array<double, 2>> GridLayout::row(int index) const { return at(rows_, index); }

Box domain_box(const Figure& figure, const Node& node, const Box& area) {
  auto domain = node.child("domain");
  std::array<double, 2> x{0, 1}, y{0, 1};
  GridLayout grid(figure.layout, {});
  if (figure.layout.has("grid")) {
    x = grid.column(static_cast<int>(domain.number("column", 0, 0))).value_or(x);
    y = grid.row(static_cast<int>(domain.number("row", 0, 0))).value_or(y);
  }
  auto read = [&](std::string_view name, std::array<double, 2>& into) {
    auto given = domain.numbers(name);
    if (given.size() == 2 && given[0] < given[1])
      into = {std::clamp(given[0], 0.0, 1.0), std::clamp(given[1], 0.0, 1.0)};
  };
  read("x", x);
  read("y", y);
  return {area.x + area.width * x[0], area.y + area.height * (1 - y[1]), area.width * (x[1] - x[0]),
          area.height * (y[1] - y[0])};
}

}  // namespace rb::plot
