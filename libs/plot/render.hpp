#pragma once
// A Plotly figure as a scene. Pure but for the loading of fonts; thread-safe.
#include <boost/json.hpp>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "plot/node.hpp"
#include "plot/scene.hpp"

namespace rb::plot {

struct RenderOptions {
  Size size{0, 0};              // 0: layout.width and height, else 700 × 450
  std::string language = "en";  // of dates and numbers
};

struct Drawing {
  Scene scene;
  std::vector<Warning> warnings;
};

// `figure` is {data: […], layout: {…}}. Errc::invalid: `fields` names the path of every wrong value.
Result<Drawing> scene_of(const boost::json::object& figure, const RenderOptions& options);

}  // namespace rb::plot
