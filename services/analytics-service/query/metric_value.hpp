#pragma once
// One figure of a question, for alerts.
#include "db/query_runner.hpp"
#include "domain/alerts/rule.hpp"
#include "domain/figures/days.hpp"

namespace rb::analytics {

struct MetricValue {
  std::optional<double> value;  // none: of nothing
  std::string currency;         // of money
};
Task<MetricValue> metric_value(db::QueryRunner read, Metric metric, const Scope& scope);

}  // namespace rb::analytics
