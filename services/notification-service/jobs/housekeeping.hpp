#pragma once
// What is done now and then: old bookkeeping is forgotten, the gauges of database, bus and queue are read,
// texts that another instance has changed are fetched.
#include "net/stopping.hpp"
#include "runtime.hpp"

namespace rb::notification {

class Housekeeping {
 public:
  Housekeeping(Runtime& runtime, metrics::Registry& registry);

  Task<> forget();  // all until stop()
  Task<> measure();
  Task<> follow_texts();
  void stop() { stopping_.ask(); }

 private:
  Task<> forget_old();
  Task<> measure_once();

  Runtime& rt_;
  metrics::DatabaseMetrics database_;
  metrics::BusMetrics bus_;
  net::Stopping stopping_;
};

}  // namespace rb::notification
