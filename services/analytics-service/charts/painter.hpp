#pragma once
// Draws pictures on one thread of its own, whose fonts are loaded at its start; answers come back to the
// loop. Belongs to the loop's thread. Its end waits for the picture being drawn.
#include "metrics/registry.hpp"
#include "net/worker.hpp"
#include "plot/draw.hpp"

namespace rb::analytics {

class Painter {
 public:
  // Counts as repitbot_chart_render_seconds{format}.
  Painter(net::Loop& loop, metrics::Registry& registry);

  // As plot::draw(). Errc::unavailable: too many wait already.
  Task<Result<plot::Picture>> draw(boost::json::object figure, plot::DrawOptions options);

 private:
  metrics::Labelled<metrics::Histogram> seconds_;
  net::Worker worker_;
};

}  // namespace rb::analytics
