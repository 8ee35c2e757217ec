#pragma once
// Where an axis has ticks and what they say, as plotly.js chooses them. Pure but for fonts.
#include <string>
#include <vector>

#include "plot/axis.hpp"
#include "plot/locale.hpp"

namespace rb::plot {

// From tick to tick: `size` linear units; months; on log axes a linear distance of the numbers themselves, or
// the digits 1…9 ("all") or 1, 2, 5 ("few") of each power.
struct Step {
  enum class Unit { plain, months, numbers, all_digits, few_digits };
  Unit unit = Unit::plain;
  double size = 1;
};

struct Tick {
  double value = 0;  // linear
  std::string text;
  double font_part = 1;  // of the axis' tick font: minor digits of log axes are smaller
};

struct Ticks {
  Step step;
  std::vector<Tick> list;  // with labels
};

Step nice_step(const Axis& axis, double rough);

// `font_size` is the tick font's: categories keep that distance.
Ticks find_ticks(const Axis& axis, double font_size, const Locale& locale);

// An axis that lies over another has its ticks at the same pixels, so that one grid serves both.
bool follows_main_axis(const Axis& axis);
Ticks ticks_beside(const Axis& axis, const Axis& main, const Ticks& ticks, double font_size,
                   const Locale& locale);

}  // namespace rb::plot
