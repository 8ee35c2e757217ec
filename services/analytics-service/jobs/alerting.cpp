#include "jobs/alerting.hpp"

#include <cmath>

#include "domain/derived.hpp"
#include "domain/zones.hpp"
#include "jobs/saying.hpp"
#include "query/metric_value.hpp"
#include "service/repeating.hpp"
#include "store/facts.hpp"
#include "store/freshness.hpp"
#include "store/watch.hpp"

namespace rb::analytics {
namespace {

constexpr Micros kShortestPause = std::chrono::seconds(1), kLongestPause = std::chrono::minutes(1);

// Who is told, in which language and zone.
struct ToldPeople {
  std::string language, tutor_name;
  Zone zone = school_zone();
};

// The tutor's zone, else that of the owner, as with every question.
Task<ToldPeople> people_of(db::QueryRunner read, const AlertRule& rule) {
  std::vector<std::string> ids = {rule.owner_id, rule.tutor_id};
  auto found = co_await people_by_ids(std::move(read), ids);
  ToldPeople out;
  for (const auto& id : ids)
    for (const auto& person : found) {
      if (person.id != id) continue;
      if (auto zone = Zone::find(person.timezone)) out.zone = *zone;
      if (id == rule.owner_id) out.language = person.language;
      if (id == rule.tutor_id) out.tutor_name = person.full_name;
    }
  co_return out;
}

Scope scope_of(const AlertRule& rule, const DaysAsked& days, const Zone& zone, Time now) {
  Question asked;
  asked.first = days.first;
  asked.last = days.last;
  asked.zone = zone;
  asked.tutor_id = rule.tutor_id;
  asked.currency = rule.currency;
  asked.now = now;
  return Scope(std::move(asked));
}

Task<Finding> find(db::QueryRunner read, const AlertRule& rule, const Zone& zone, Time now) {
  auto window = window_of(rule, std::chrono::floor<std::chrono::days>(zone.to_local(now)));
  Finding out;
  auto current = co_await metric_value(read, rule.metric, scope_of(rule, window.now, zone, now));
  out.now = current.value;
  out.currency = std::move(current.currency);
  if (compares(rule.comparison)) {
    auto same = rule;
    same.currency = out.currency;
    auto before = co_await metric_value(read, rule.metric, scope_of(same, window.before, zone, now));
    out.before = before.value;
  }
  out.verdict = judge(rule, out.now, out.before);
  co_return out;
}

events::Event alert_event(const Alert& alert, const AlertText& text, Time now) {
  const auto& rule = alert.rule;
  events::Event out;
  out.source = kOwnSource;
  out.type = "analytics.alert";
  out.id = id_of_saying(out.type, {rule.id, std::to_string(to_micros(alert.updated)),
                                   std::to_string(to_micros(alert.announced.value_or(Time())))});
  out.time = now;
  out.data = {{"user_id", rule.owner_id},
              {"title", text.title},
              {"message", text.message},
              {"alert_id", rule.id},
              {"metric", info(rule.metric).name},
              {"value", static_cast<double>(alert.value.value_or(0)) / 100},
              {"threshold", static_cast<double>(rule.threshold) / 100}};
  if (!rule.tutor_id.empty()) out.data["tutor_id"] = rule.tutor_id;
  return out;
}

// Whose data version its figure depends on.
Scopes read_by(const AlertRule& rule) {
  if (rule.tutor_id.empty()) return {{"school", ""}};
  return {{"tutor", rule.tutor_id}};
}

}  // namespace

Task<> Alerting::run() {
  return service::keep_doing(stopping_, "alerts could not be evaluated", [this] { return step_and_rest(); });
}

Task<> Alerting::step_and_rest() {
  auto begun = rt_.clock.now();
  co_await step();
  // Data that never rest cost a tenth of the time at most.
  co_await stopping_.pause(std::clamp(10 * (rt_.clock.now() - begun), kShortestPause, kLongestPause));
}

Task<> Alerting::step() {
  if (!rt_.bus.state().connected) co_return;
  auto read = db::reading(rt_.database);
  auto state = co_await watch_state(read);
  if (!rest_.reached(state.batch, rt_.clock.now())) co_return;
  auto hour = std::chrono::floor<std::chrono::hours>(rt_.clock.now());
  std::map<std::string, Basis> evaluated;
  for (auto& alert : co_await enabled_alerts(read)) {
    if (stopping_.asked()) co_return;
    auto id = alert.rule.id;
    // Before the figures: what comes in between is evaluated twice rather than never.
    auto version = co_await last_version_of(read, read_by(alert.rule));
    Basis basis{version, alert.updated, hour};
    if (auto known = evaluated_.find(id); known == evaluated_.end() || known->second != basis)
      co_await evaluate(std::move(alert));
    evaluated.emplace(std::move(id), basis);
  }
  evaluated_ = std::move(evaluated);
}

Task<> Alerting::evaluate(Alert alert) {
  auto read = db::reading(rt_.database);
  auto now = rt_.clock.now();
  auto people = co_await people_of(read, alert.rule);
  auto finding = co_await find(read, alert.rule, people.zone, now);
  finding.tutor_name = people.tutor_name;
  const auto& verdict = finding.verdict;
  alert.value = verdict.value ? std::optional(std::llround(*verdict.value * 100)) : std::nullopt;
  alert.raised = verdict.raised;
  co_await rt_.database.transaction([&](db::Transaction& tx) -> Task<> {
    record_alert(tx, alert, now);
    if (!alert.raised || !co_await claim_alert(tx, alert, now)) co_return;
    auto text = wording(alert.rule, finding, people.language);
    std::vector<events::Event> sayings;
    sayings.push_back(alert_event(alert, text, now));
    co_await say(rt_, tx, std::move(sayings));
  });
}

}  // namespace rb::analytics
