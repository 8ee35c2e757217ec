#include "store/alerts.hpp"

#include "db/json_text.hpp"
#include "rb/analytics/sql/alerts.sql.hpp"

namespace rb::analytics {
namespace {

template <class Word>
Word known(std::optional<Word> word, const std::string& text) {
  if (!word) throw Broken("an alert of the database has the unknown word " + text);
  return *word;
}

AlertRule rule_from(const db::Rows& rows, std::size_t i) {
  AlertRule out;
  out.id = rows.text(i, "id");
  out.owner_id = rows.text(i, "owner_id");
  out.tutor_id = rows.text(i, "tutor_id");
  out.name = rows.text(i, "name");
  const auto &metric = rows.text(i, "metric"), &comparison = rows.text(i, "comparison"),
             &period = rows.text(i, "period");
  out.metric = known(parse_metric(metric), metric);
  out.comparison = known(parse_comparison(comparison), comparison);
  out.threshold = rows.integer(i, "threshold");
  out.period = known(parse_alert_period(period), period);
  out.days = static_cast<int>(rows.integer(i, "days"));
  out.currency = rows.text(i, "currency");
  out.cooldown = Micros(rows.integer(i, "cooldown"));
  out.enabled = rows.boolean(i, "enabled");
  return out;
}

std::vector<Alert> alerts_from(const db::Rows& rows) {
  std::vector<Alert> out;
  for (std::size_t i = 0; i < rows.size(); ++i)
    out.push_back({rule_from(rows, i), rows.time(i, "created_at"), rows.time(i, "updated_at"),
                   rows.maybe_time(i, "announced_at"), rows.maybe_time(i, "evaluated_at"),
                   rows.maybe_integer(i, "value"), rows.boolean(i, "raised")});
  return out;
}

db::Params params_of(const AlertRule& rule, Time now) {
  return {{"id", rule.id},
          {"tutor_id", rule.tutor_id},
          {"name", rule.name},
          {"metric", info(rule.metric).name},
          {"comparison", name(rule.comparison)},
          {"threshold", rule.threshold},
          {"period", name(rule.period)},
          {"days", rule.days},
          {"currency", rule.currency},
          {"cooldown", rule.cooldown.count()},
          {"enabled", rule.enabled},
          {"now", now}};
}

}  // namespace

void insert_alert(db::Transaction& tx, const AlertRule& rule, Time now) {
  auto params = params_of(rule, now);
  params.emplace_back("owner_id", rule.owner_id);
  tx.post(sql::insert_alert, std::move(params));
}

void update_alert(db::Transaction& tx, const AlertRule& rule, bool anew, Time now) {
  auto params = params_of(rule, now);
  params.emplace_back("anew", anew);
  tx.post(sql::update_alert, std::move(params));
}

Task<> delete_alert(db::Database& database, std::string id) {
  co_await database.write(sql::delete_alert, {{"id", std::move(id)}});
}

Task<std::optional<Alert>> alert(db::QueryRunner read, std::string id) {
  auto found = alerts_from(co_await read(sql::alert, {{"id", std::move(id)}}));
  if (found.empty()) co_return std::nullopt;
  co_return std::move(found.front());
}

Task<std::vector<Alert>> alerts_page(db::QueryRunner read, std::string owner_id, AlertPage page) {
  auto [time, id] = page.before.value_or(std::pair(Time::max(), std::string()));
  co_return alerts_from(co_await read(sql::alerts_page, {{"owner_id", std::move(owner_id)},
                                                         {"before", time},
                                                         {"before_id", id},
                                                         {"limit", page.limit},
                                                         {"offset", page.offset}}));
}

Task<std::vector<Alert>> enabled_alerts(db::QueryRunner read) {
  co_return alerts_from(co_await read(sql::enabled_alerts, {}));
}

Task<std::int64_t> count_alerts(db::QueryRunner read, std::string owner_id) {
  auto rows = co_await read(sql::count_alerts, {{"owner_id", std::move(owner_id)}});
  co_return rows.integer(0, "n");
}

void record_alert(db::Transaction& tx, const Alert& evaluated, Time now) {
  tx.post(sql::record_alert, {{"id", evaluated.rule.id},
                              {"updated_at", evaluated.updated},
                              {"value", evaluated.value},
                              {"raised", evaluated.raised},
                              {"now", now}});
}

Task<bool> claim_alert(db::Transaction& tx, const Alert& raised, Time now) {
  auto rows = co_await tx.run(sql::claim_alert,
                              {{"id", raised.rule.id}, {"updated_at", raised.updated}, {"now", now}});
  co_return !rows.empty();
}

void forget_alerts(db::Transaction& tx, const std::vector<std::string>& ids) {
  tx.post(sql::forget_alerts, {{"ids", db::json_list(ids)}});
}

}  // namespace rb::analytics
