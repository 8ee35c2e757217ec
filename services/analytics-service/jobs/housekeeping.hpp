#pragma once
// What is done now and then: old bookkeeping is forgotten, the gauges of database, bus and cache are read.
#include "net/stopping.hpp"
#include "runtime.hpp"

namespace rb::analytics {

class Housekeeping {
 public:
  Housekeeping(Runtime& runtime, metrics::Registry& registry);

  Task<> forget();  // both until stop()
  Task<> measure();
  void stop() { stopping_.ask(); }

 private:
  Task<> forget_once();
  Task<> measure_once();

  Runtime& rt_;
  metrics::DatabaseMetrics database_;
  metrics::BusMetrics bus_;
  metrics::Gauge cache_bytes_;
  net::Stopping stopping_;
};

}  // namespace rb::analytics
