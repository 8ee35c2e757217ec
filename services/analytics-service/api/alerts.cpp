#include "api/alerts.hpp"

#include <cmath>

#include "api/period.hpp"
#include "base/ids.hpp"
#include "service/paging.hpp"
#include "store/alerts.hpp"

namespace rb::analytics {
namespace {

using service::invalid;

constexpr int kAlertDays = 30, kMostAlertDays = 366;
constexpr std::int64_t kMostRules = 100;  // of one person: all are evaluated again and again

template <std::size_t N>
std::vector<std::string> words(const std::string_view (&names)[N]) {
  return {std::begin(names), std::end(names)};
}

std::vector<std::string> metric_names() {
  std::vector<std::string> out;
  for (const auto& metric : metrics()) out.emplace_back(metric.name);
  return out;
}

// Whose figures it may be about.
Result<std::string> tutor_for(const http::Caller& who, const std::optional<std::string>& wanted) {
  if (who.has_role("admin")) return wanted.value_or("");
  if (wanted && *wanted != who.subject)
    return fail(Errc::forbidden, "you may be told of your own figures only");
  return who.subject;
}

Result<AlertRule> rule_of(const http::Caller& who, AlertFields in) {
  AlertRule out;
  auto tutor = tutor_for(who, in.tutor_id);
  if (!tutor) return fail(std::move(tutor.error()));
  out.tutor_id = std::move(*tutor);
  out.name = std::move(in.name);
  out.metric = parse_metric(in.metric).value();
  out.comparison = parse_comparison(in.comparison).value();
  out.threshold = std::llround(in.threshold * 100);
  out.period = parse_alert_period(in.period).value();
  if (in.days && out.period != AlertPeriod::days) return invalid("days", "goes with the period «days» only");
  out.days = out.period == AlertPeriod::days ? in.days.value_or(kAlertDays) : 0;
  out.currency = currency_code(in.currency.value_or(""));
  out.cooldown = std::chrono::hours(in.cooldown_hours);
  out.enabled = in.enabled;
  return out;
}

bool asks_the_same(AlertRule a, const AlertRule& b) {
  a.name = b.name;
  a.cooldown = b.cooldown;
  a.enabled = b.enabled;
  return a == b;
}

AlertView view_of(const Alert& alert) {
  const auto& rule = alert.rule;
  AlertView out;
  out.name = rule.name;
  out.metric = info(rule.metric).name;
  out.comparison = name(rule.comparison);
  out.threshold = static_cast<double>(rule.threshold) / 100;
  out.period = name(rule.period);
  if (rule.days > 0) out.days = rule.days;
  if (!rule.tutor_id.empty()) out.tutor_id = rule.tutor_id;
  if (!rule.currency.empty()) out.currency = rule.currency;
  out.cooldown_hours =
      static_cast<int>(std::chrono::duration_cast<std::chrono::hours>(rule.cooldown).count());
  out.enabled = rule.enabled;
  out.id = rule.id;
  out.owner_id = rule.owner_id;
  out.created_at = alert.created;
  out.updated_at = alert.updated;
  out.evaluated_at = alert.evaluated;
  out.announced_at = alert.announced;
  if (alert.value) out.value = static_cast<double>(*alert.value) / 100;
  out.raised = alert.raised;
  return out;
}

// Whose rules the caller sees; "": all.
std::string owner_seen_by(const http::Caller& who) {
  return who.has_role("admin") || who.has_role("service") ? "" : who.subject;
}

// One that the caller may see, and change unless they only read. Errc::not_found, Errc::forbidden.
Task<Result<Alert>> own_alert(App& app, const http::Request& request, std::string id) {
  auto found = co_await alert(db::reading(app.runtime().database), std::move(id));
  if (!found) co_return fail(Errc::not_found, "there is no rule with this id");
  auto owner = owner_seen_by(request.who());
  if (!owner.empty() && found->rule.owner_id != owner)
    co_return fail(Errc::forbidden, "this is somebody else's rule");
  co_return std::move(*found);
}

Task<Result<AlertsAnswer>> list(App& app, const http::Request& request, AlertsQuery in) {
  auto before = service::read_cursor(in.cursor);
  if (!before) co_return fail(std::move(before.error()));
  auto owner = owner_seen_by(request.who());
  auto read = db::reading(app.runtime().database);
  auto found = co_await alerts_page(read, owner, {std::move(*before), in.limit + 1, in.offset});
  AlertsAnswer out;
  if (in.with_total) out.total = co_await count_alerts(read, owner);
  if (found.size() > static_cast<std::size_t>(in.limit)) {
    found.pop_back();
    out.next_cursor = service::cursor_of({found.back().created, found.back().rule.id});
  }
  for (const auto& one : found) out.items.push_back(view_of(one));
  co_return out;
}

Task<Result<AlertView>> show(App& app, const http::Request& request, AlertPath in) {
  auto found = co_await own_alert(app, request, std::move(in.id));
  if (!found) co_return fail(std::move(found.error()));
  co_return view_of(*found);
}

Task<Result<AlertView>> create(App& app, const http::Request& request, AlertFields in) {
  auto& rt = app.runtime();
  const auto& who = request.who();
  auto rule = rule_of(who, std::move(in));
  if (!rule) co_return fail(std::move(rule.error()));
  if (co_await count_alerts(db::reading(rt.database), who.subject) >= kMostRules)
    co_return fail(Errc::conflict, "you have 100 rules already: change or delete one of them");
  auto now = rt.clock.now();
  rule->owner_id = who.subject;
  rule->id = new_uuid(std::chrono::floor<std::chrono::milliseconds>(now).time_since_epoch().count());
  co_await rt.database.transaction([&](db::Transaction& tx) -> Task<> {
    insert_alert(tx, *rule, now);
    co_return;
  });
  co_return view_of({*rule, now, now, {}, {}, {}, false});
}

Task<Result<AlertView>> change(App& app, const http::Request& request, AlertChange in) {
  auto& rt = app.runtime();
  auto found = co_await own_alert(app, request, in.id);
  if (!found) co_return fail(std::move(found.error()));
  const auto& before = found->rule;
  // The owner is told: what they may not see is not slipped into their rule.
  bool is_owner = request.who().subject == before.owner_id;
  if (!is_owner && in.tutor_id.value_or(before.tutor_id) != before.tutor_id)
    co_return fail(Errc::forbidden, "only its owner may make this rule about somebody else");
  auto rule = rule_of(request.who(), std::move(in));
  if (!rule) co_return fail(std::move(rule.error()));
  if (!is_owner) rule->tutor_id = before.tutor_id;
  rule->id = before.id;
  rule->owner_id = before.owner_id;
  bool anew = !asks_the_same(*rule, before);
  co_await rt.database.transaction([&](db::Transaction& tx) -> Task<> {
    update_alert(tx, *rule, anew, rt.clock.now());
    co_return;
  });
  co_return co_await show(app, request, AlertPath{rule->id});
}

Task<Result<void>> remove(App& app, const http::Request& request, AlertPath in) {
  auto found = co_await own_alert(app, request, std::move(in.id));
  if (!found) co_return fail(std::move(found.error()));
  co_await delete_alert(app.runtime().database, std::move(found->rule.id));
  co_return Result<void>();
}

json::Rules field_rules() {
  using json::rule;
  return {
      rule("name").defaulted().length(0, 200).doc("the title of the message; the metric's without one"),
      rule("metric").one_of(metric_names()),
      rule("comparison")
          .one_of(words(kComparisons))
          .doc("above, below: the figure itself; rise, fall: by at least so many percent against the time "
               "before"),
      rule("threshold").range(-1e12, 1e12).doc("two decimals"),
      rule("period")
          .defaulted()
          .one_of(words(kAlertPeriods))
          .doc("this_week and this_month end today and are compared with as many days of the one before"),
      rule("days").range(1, kMostAlertDays).doc("of the period «days»: today and the days before it; 30"),
      rule("tutor_id")
          .integer_or_text()
          .length(1, 64)
          .doc("whose figures; none: the school's, or a tutor's own"),
      rule("currency").length(3, 3).doc("of money; the one with most payments"),
      rule("cooldown_hours").defaulted().range(1, 24 * 366).doc("no second word before it has passed"),
      rule("enabled").defaulted()};
}

const json::object kExample = {{"name", "Много отмен"}, {"metric", "cancellation_rate"},
                               {"comparison", "above"}, {"threshold", 20},
                               {"period", "this_week"}, {"tutor_id", 1},
                               {"cooldown_hours", 48},  {"enabled", true}};

}  // namespace

json::Rules rules(const AlertFields*) { return field_rules(); }
json::Rules rules(const AlertChange*) { return field_rules(); }
json::Rules rules(const AlertsQuery*) {
  return {json::rule("limit").defaulted().range(1, 100), json::rule("offset").defaulted().range(0, 1e9),
          json::rule("with_total").defaulted()};
}
json::Rules rules(const AlertsAnswer*) { return {json::rule("total").omit_null()}; }
json::Rules rules(const AlertView*) {
  auto out = field_rules();
  out.push_back(json::rule("owner_id").integer_or_text().doc("who made it, and who is told"));
  out.push_back(
      json::rule("value").doc("found last: the figure, or the change in percent; null: nothing to go by"));
  out.push_back(json::rule("raised").doc("whether that was beyond the threshold"));
  return out;
}

void add_alerts(http::Api& api) {
  const std::vector<std::string> readers = {"admin", "tutor", "service"}, writers = {"admin", "tutor"};
  const std::string path = "/api/v1/alerts";
  api.add(http::get(path, &list)
              .roles(readers)
              .summary("Rules by which somebody is told of a figure, newest first")
              .tag("alerts"));
  api.add(http::post(path, &create)
              .roles(writers)
              .status(201)
              .summary("A new rule: whoever makes it is told")
              .tag("alerts")
              .errors({Errc::conflict})
              .example(kExample));
  api.add(http::get(path + "/{id}", &show)
              .roles(readers)
              .summary("One rule, and what it last found")
              .tag("alerts")
              .errors({Errc::not_found}));
  api.add(http::put(path + "/{id}", &change)
              .roles(writers)
              .summary("Another rule in its place; one that asks something else begins anew")
              .tag("alerts")
              .errors({Errc::not_found})
              .example(kExample));
  api.add(http::del(path + "/{id}", &remove)
              .roles(writers)
              .summary("Nobody is told any more")
              .tag("alerts")
              .errors({Errc::not_found}));
}

}  // namespace rb::analytics
