#pragma once
// Outlines, colours and strokes for Cairo.
#include <cairo.h>

#include "plot/scene.hpp"
#include "plot/text.hpp"

namespace rb::plot {

// The current path becomes `outline`. With `snap` (device pixels in a unit) its points move to whole device
// pixels, or to where a stroke of width `line` covers whole ones.
void trace_path(cairo_t* context, const Outline& outline, double snap = 0, double line = 0);

void set_source(cairo_t* context, Color color);
void set_stroke(cairo_t* context, const Stroke& stroke);
void paint_marker(cairo_t* context, const Markers& markers);  // one, around the origin

}  // namespace rb::plot
