#pragma once
// What painting will cost, before it is done. Pure.
#include <boost/json.hpp>

#include "plot/scene.hpp"

namespace rb::plot {

// Scalars in `value`; stops counting beyond `most`.
std::size_t count_values(const boost::json::object& object, std::size_t most);

struct Work {
  double pixels = 0;    // that shapes cover, each shape by itself
  double segments = 0;  // of outlines and dashes
};

Work work_of(const Scene& scene, double scale);

}  // namespace rb::plot
