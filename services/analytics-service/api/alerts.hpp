#pragma once
// /api/v1/alerts: rules by which somebody is told of a figure. A tutor has their own, an admin those of all.
#include "api/app.hpp"
#include "json/json.hpp"

namespace rb::analytics {

struct AlertFields {
  std::string name;
  std::string metric, comparison;
  double threshold = 0;
  std::string period = "days";
  std::optional<int> days;
  std::optional<std::string> tutor_id, currency;
  int cooldown_hours = 24;
  bool enabled = true;
};
BOOST_DESCRIBE_STRUCT(AlertFields, (),
                      (name, metric, comparison, threshold, period, days, tutor_id, currency, cooldown_hours,
                       enabled))
json::Rules rules(const AlertFields*);

struct AlertChange : AlertFields {
  std::string id;
};
BOOST_DESCRIBE_STRUCT(AlertChange, (AlertFields), (id))
json::Rules rules(const AlertChange*);

struct AlertPath {
  std::string id;
};
BOOST_DESCRIBE_STRUCT(AlertPath, (), (id))

struct AlertView : AlertFields {
  std::string id, owner_id;
  Time created_at, updated_at;
  std::optional<Time> evaluated_at, announced_at;
  std::optional<double> value;
  bool raised = false;
};
BOOST_DESCRIBE_STRUCT(AlertView, (AlertFields),
                      (id, owner_id, created_at, updated_at, evaluated_at, announced_at, value, raised))
json::Rules rules(const AlertView*);

struct AlertsQuery {
  int limit = 50, offset = 0;
  std::optional<std::string> cursor;
  bool with_total = false;
};
BOOST_DESCRIBE_STRUCT(AlertsQuery, (), (limit, offset, cursor, with_total))
json::Rules rules(const AlertsQuery*);

struct AlertsAnswer {
  std::vector<AlertView> items;
  std::optional<std::string> next_cursor;
  std::optional<std::int64_t> total;
};
BOOST_DESCRIBE_STRUCT(AlertsAnswer, (), (items, next_cursor, total))
json::Rules rules(const AlertsAnswer*);

void add_alerts(http::Api& api);

}  // namespace rb::analytics
