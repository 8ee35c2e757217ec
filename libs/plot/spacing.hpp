#pragma once
// Labels that meet in a corner of two axes are moved apart by the pixel or two they overlap.
#include "plot/scene.hpp"

namespace rb::plot {

// Only level texts, only overlaps of a few pixels: larger ones are what the figure asks for.
void space_texts(Scene& scene);

}  // namespace rb::plot
