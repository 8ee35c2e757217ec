#pragma once
// layout.grid: cells for subplots and domains.
#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "plot/context.hpp"

namespace rb::plot {

class GridLayout {
 public:
  // `subplots`: pairs of axis ids that traces use.
  GridLayout(const Node& layout, const std::vector<std::pair<std::string, std::string>>& subplots);

  // Of an axis or, with row and column, of a domain. nullopt: the grid says nothing about it.
  std::optional<std::array<double, 2>> domain_of(const std::string& axis) const;
  std::optional<std::string> anchor_of(const std::string& axis) const;
  std::optional<std::array<double, 2>> column(int index) const;
  std::optional<std::array<double, 2>> row(int index) const;

 private:
  void place(const std::string& axis, int cell) { cells_.emplace(axis, cell); }
  void anchor(const std::string& x, const std::string& y, bool down);

  std::vector<std::array<double, 2>> columns_, rows_;
  std::map<std::string, int> cells_;
  std::map<std::string, std::string> anchors_;
};

}  // namespace rb::plot
