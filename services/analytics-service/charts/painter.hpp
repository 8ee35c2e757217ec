#pragma once
// Draws pictures on one thread of its own, whose fonts are loaded at its start; answers come back to the
// loop. Belongs to the loop's thread. Its end waits for the picture being drawn.
#include <memory>
#include <thread>

#include "metrics/registry.hpp"
#include "net/loop.hpp"
#include "net/work_queue.hpp"
#include "plot/draw.hpp"

namespace rb::analytics {

class Painter {
 public:
  // Counts as repitbot_chart_render_seconds{format}.
  Painter(net::Loop& loop, metrics::Registry& registry);
  ~Painter();
  Painter(const Painter&) = delete;
  Painter& operator=(const Painter&) = delete;

  // As plot::draw(). Errc::unavailable: too many wait already.
  Task<Result<plot::Picture>> draw(boost::json::object figure, plot::DrawOptions options);

 private:
  struct Job;
  void work();

  net::Loop& loop_;
  metrics::Labelled<metrics::Histogram> seconds_;
  std::size_t waiting_ = 0;
  net::WorkQueue<std::shared_ptr<Job>> jobs_;
  std::thread thread_;
};

}  // namespace rb::analytics
