#include "metrics/standard.hpp"

#include <algorithm>

namespace rb::metrics {
namespace {

// Brings a counter up to a total that somebody else counts; a total that fell (a restart) is waited for.
void raise_to(Counter counter, std::int64_t total) {
  counter.add(std::max(0.0, static_cast<double>(total) - counter.value()));
}

Labelled<Gauge> connections(Registry& registry) {
  return registry.gauges("repitbot_database_connections", "Connections to the database", {"state"});
}

}  // namespace

HttpMetrics::HttpMetrics(Registry& registry, std::string service)
    : service_(std::move(service)),
      requests_(registry.counters("repitbot_http_requests_total", "Answered HTTP requests",
                                  {"service", "method", "route", "status"})),
      duration_(registry.histograms("repitbot_http_request_duration_seconds",
                                    "Time from the parsed request to the ready answer",
                                    {"service", "method", "route", "status"})) {}

void HttpMetrics::answered(std::string_view method, std::string_view route, int status, double seconds) {
  auto code = std::to_string(status);
  requests_.with({service_, method, route, code}).add();
  duration_.with({service_, method, route, code}).observe(seconds);
}

EventMetrics::EventMetrics(Registry& registry, std::string service)
    : service_(std::move(service)),
      events_(registry.counters("repitbot_events_total", "Events that came in, by what became of them",
                                {"service", "type", "result"})),
      lag_(registry.gauge("repitbot_event_lag_seconds", "Age of the last event when it was taken in")) {}

void EventMetrics::taken(std::string_view type, std::string_view result) {
  events_.with({service_, type, result}).add();
}

void EventMetrics::lag(double seconds) { lag_.set(seconds); }

DatabaseMetrics::DatabaseMetrics(Registry& registry)
    : open_(connections(registry).with({"open"})),
      idle_(connections(registry).with({"idle"})),
      waiting_(registry.gauge("repitbot_database_waiting", "Callers that wait for a connection")),
      transactions_(registry.counter("repitbot_database_transactions_total", "Transactions since the start")),
      commits_(registry.counter("repitbot_database_commits_total",
                                "Commits since the start; one may hold several transactions")) {}

void DatabaseMetrics::update(const Sample& sample) {
  open_.set(sample.connections);
  idle_.set(sample.idle);
  waiting_.set(static_cast<double>(sample.waiting));
  raise_to(transactions_, sample.transactions);
  raise_to(commits_, sample.commits);
}

BusMetrics::BusMetrics(Registry& registry)
    : connected_(registry.gauge("repitbot_bus_connected", "1 while the bus can be reached")),
      unpublished_(registry.gauge("repitbot_bus_unpublished", "Committed events that wait for the bus")) {}

void BusMetrics::update(bool connected, std::int64_t unpublished) {
  connected_.set(connected ? 1 : 0);
  unpublished_.set(static_cast<double>(unpublished));
}

void add_build_info(Registry& registry, std::string_view service, std::string_view version) {
  registry.gauges("repitbot_build_info", "What is running", {"service", "version"})
      .with({service, version})
      .set(1);
}

}  // namespace rb::metrics
