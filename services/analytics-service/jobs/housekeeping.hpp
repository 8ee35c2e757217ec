#pragma once
// What is done now and then: old bookkeeping is forgotten, the gauges of database, bus and cache are read,
// the active people of the school are counted.
#include <optional>

#include "domain/figures/question.hpp"
#include "net/stopping.hpp"
#include "runtime.hpp"

namespace rb::analytics {

class Housekeeping {
 public:
  Housekeeping(Runtime& runtime, metrics::Registry& registry);

  Task<> forget();  // all until stop()
  Task<> measure();
  Task<> count_people();
  void stop() { stopping_.ask(); }

 private:
  Task<> forget_once();
  Task<> measure_once();
  Task<> count_people_once();

  Runtime& rt_;
  metrics::DatabaseMetrics database_;
  metrics::BusMetrics bus_;
  metrics::Gauge cache_bytes_;
  metrics::Labelled<metrics::Gauge> active_;
  struct Counted {
    std::int64_t version = 0;  // of the school's data
    Date today;
    bool operator==(const Counted&) const = default;
  };
  std::optional<Counted> counted_;
  net::Stopping stopping_;
};

}  // namespace rb::analytics
