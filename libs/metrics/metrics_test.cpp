#include <gmock/gmock.h>

#include <stdexcept>

#include "metrics/standard.hpp"

namespace rb::metrics {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Registry, writes_counters_with_their_labels_as_prometheus_text) {
  Registry registry;
  auto sent = registry.counters("repitbot_notifications_total", "Notifications", {"channel", "status"});
  sent.with({"telegram", "sent"}).add();
  sent.with({"telegram", "sent"}).add(2);
  EXPECT_THAT(registry.text(),
              HasSubstr("# HELP repitbot_notifications_total Notifications\n"
                        "# TYPE repitbot_notifications_total counter\n"
                        "repitbot_notifications_total{channel=\"telegram\",status=\"sent\"} 3\n"));
}

TEST(Registry, escapes_label_values) {
  Registry registry;
  registry.counters("c", "h", {"type"}).with({"a\"b\\c\nd"}).add();
  EXPECT_THAT(registry.text(), HasSubstr(R"(c{type="a\"b\\c\nd"} 1)"));
}

TEST(Registry, counts_an_observation_in_every_bucket_that_holds_it) {
  Registry registry;
  registry.histograms("t_seconds", "h", {}, {0.001, 0.01}).with({}).observe(0.005);
  auto text = registry.text();
  EXPECT_THAT(text, HasSubstr("t_seconds_bucket{le=\"0.001\"} 0\n"));
  EXPECT_THAT(text, HasSubstr("t_seconds_bucket{le=\"0.01\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("t_seconds_bucket{le=\"+Inf\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("t_seconds_sum 0.005\n"));
}

TEST(Registry, gives_the_same_metric_for_a_name_asked_twice) {
  Registry registry;
  registry.counter("c", "h").add();
  registry.counter("c", "h").add();
  EXPECT_EQ(registry.counter("c", "h").value(), 2);
}

TEST(Registry, refreshes_gauges_before_it_writes) {
  Registry registry;
  auto depth = registry.gauge("depth", "h");
  registry.on_collect([depth]() mutable { depth.set(9); });
  EXPECT_THAT(registry.text(), HasSubstr("depth 9\n"));
}

TEST(Registry, folds_endless_label_values_into_other) {
  Registry registry;
  auto events = registry.counters("e", "h", {"type"});
  for (int i = 0; i < 1010; ++i) events.with({std::to_string(i)}).add();
  auto text = registry.text();
  EXPECT_THAT(text, HasSubstr("e{type=\"999\"} 1\n"));
  EXPECT_THAT(text, Not(HasSubstr("e{type=\"1000\"}")));
  EXPECT_THAT(text, HasSubstr("e{type=\"other\"} 10\n"));
}

TEST(Registry, refuses_a_wrong_number_of_labels_and_bad_names) {
  Registry registry;
  EXPECT_THROW(registry.counters("c", "h", {"a"}).with({}), std::logic_error);
  EXPECT_THROW(registry.counter("no spaces", "h"), std::invalid_argument);
}

TEST(StandardMetrics, carry_the_names_of_the_contract) {
  Registry registry;
  HttpMetrics http(registry, "notification-service");
  http.answered("GET", "/health", 200, 0.0004);
  EventMetrics events(registry, "notification-service");
  events.taken("lesson.created", "accepted");
  events.lag(1.5);
  add_build_info(registry, "notification-service", "0.1.0");
  auto text = registry.text();
  for (
      auto line : {
          R"(repitbot_http_requests_total{method="GET",route="/health",service="notification-service",status="200"} 1)",
          R"(repitbot_http_request_duration_seconds_count{method="GET",route="/health",service="notification-service",status="200"} 1)",
          R"(repitbot_events_total{result="accepted",service="notification-service",type="lesson.created"} 1)",
          "repitbot_event_lag_seconds 1.5",
          R"(repitbot_build_info{service="notification-service",version="0.1.0"} 1)",
      })
    EXPECT_THAT(text, HasSubstr(line));
}

TEST(StandardMetrics, follow_totals_that_others_count) {
  Registry registry;
  DatabaseMetrics database(registry);
  database.update({.connections = 4, .idle = 3, .waiting = 1, .transactions = 10, .commits = 2});
  database.update({.connections = 4, .idle = 4, .waiting = 0, .transactions = 25, .commits = 3});
  BusMetrics bus(registry);
  bus.update(true, 7);
  auto text = registry.text();
  for (auto line :
       {"repitbot_database_connections{state=\"idle\"} 4", "repitbot_database_transactions_total 25",
        "repitbot_database_commits_total 3", "repitbot_bus_connected 1", "repitbot_bus_unpublished 7"})
    EXPECT_THAT(text, HasSubstr(line));
}

TEST(ProcessMetrics, show_memory_time_and_files) {
  Registry registry;
  add_process_metrics(registry);
  auto text = registry.text();
  EXPECT_THAT(text, HasSubstr("process_cpu_seconds_total 0."));
  EXPECT_THAT(text, Not(HasSubstr("process_resident_memory_bytes 0\n")));
  EXPECT_THAT(text, Not(HasSubstr("process_open_fds 0\n")));
}

}  // namespace
}  // namespace rb::metrics
