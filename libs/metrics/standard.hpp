#pragma once
// The metrics that every service has, under one name each. Services declare their own beside their code.
#include <cstdint>

#include "metrics/registry.hpp"

namespace rb::metrics {

// repitbot_http_requests_total, repitbot_http_request_duration_seconds
class HttpMetrics {
 public:
  HttpMetrics(Registry& registry, std::string service);
  void answered(std::string_view method, std::string_view route, int status, double seconds);

 private:
  std::string service_;
  Labelled<Counter> requests_;
  Labelled<Histogram> duration_;
};

// repitbot_events_total, repitbot_event_lag_seconds
class EventMetrics {
 public:
  EventMetrics(Registry& registry, std::string service);
  // `result`: accepted, duplicate, ignored, rejected
  void taken(std::string_view type, std::string_view result);
  void lag(double seconds);  // from the event's own time to its commit here

 private:
  std::string service_;
  Labelled<Counter> events_;
  Gauge lag_;
};

// repitbot_database_connections{state=open|idle}, repitbot_database_waiting,
// repitbot_database_transactions_total, repitbot_database_commits_total
class DatabaseMetrics {
 public:
  struct Sample {
    int connections = 0, idle = 0;
    std::int64_t waiting = 0, transactions = 0, commits = 0;  // the last two since start
  };
  explicit DatabaseMetrics(Registry& registry);
  void update(const Sample& sample);

 private:
  Gauge open_, idle_, waiting_;
  Counter transactions_, commits_;
};

// repitbot_bus_connected, repitbot_bus_unpublished
class BusMetrics {
 public:
  explicit BusMetrics(Registry& registry);
  void update(bool connected, std::int64_t unpublished);

 private:
  Gauge connected_, unpublished_;
};

// repitbot_build_info{service,version} 1
void add_build_info(Registry& registry, std::string_view service, std::string_view version);

// process_resident_memory_bytes, process_cpu_seconds_total, process_open_fds, process_start_time_seconds,
// read from /proc whenever the text is asked for
void add_process_metrics(Registry& registry);

}  // namespace rb::metrics
