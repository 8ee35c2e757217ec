#pragma once
// Markers on a pixel surface: each is painted once for every sixteenth of a pixel and then stamped, which is
// what makes scatter plots of many thousand points cheap.
#include <cairo.h>

#include "plot/scene.hpp"

namespace rb::plot {

// False: this surface, transformation or marker cannot be stamped, nothing has been painted. `clip`: device
// pixels.
bool stamp_markers(cairo_t* context, const Markers& markers, double scale, const Box& clip);

}  // namespace rb::plot
