#pragma once
// Rules of alerts and what they last found.
#include <utility>

#include "db/query_runner.hpp"
#include "domain/alerts/rule.hpp"

namespace rb::analytics {

struct Alert {
  AlertRule rule;
  Time created{}, updated{};
  std::optional<Time> announced, evaluated;
  std::optional<std::int64_t> value;  // in hundredths
  bool raised = false;
};

void insert_alert(db::Transaction& tx, const AlertRule& rule, Time now);
// `anew`: it asks something else, what was found and said before is forgotten.
void update_alert(db::Transaction& tx, const AlertRule& rule, bool anew, Time now);
Task<> delete_alert(db::Database& database, std::string id);

Task<std::optional<Alert>> alert(db::QueryRunner read, std::string id);
// The newest first; `owner_id` "": of all.
struct AlertPage {
  std::optional<std::pair<Time, std::string>> before;  // created and id of the last one seen
  int limit = 50, offset = 0;
};
Task<std::vector<Alert>> alerts_page(db::QueryRunner read, std::string owner_id, AlertPage page);
Task<std::vector<Alert>> enabled_alerts(db::QueryRunner read);
Task<std::int64_t> count_alerts(db::QueryRunner read, std::string owner_id);

void record_alert(db::Transaction& tx, const Alert& evaluated,
                  Time now);  // its value, and whether it is raised
// True for one of those who would announce it; from then on the cool-down runs.
Task<bool> claim_alert(db::Transaction& tx, const Alert& raised, Time now);

void forget_alerts(db::Transaction& tx, const std::vector<std::string>& ids);  // of erased people

}  // namespace rb::analytics
