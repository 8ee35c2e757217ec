#include <fmt/format.h>

#include <array>

#include "domain/alerts/rule.hpp"
#include "domain/words.hpp"

namespace rb::analytics {
namespace {

struct PeriodText {
  std::string_view now_ru, before_ru, now_en, before_en;
};
constexpr std::array kPeriods = std::to_array<PeriodText>({
    {"", "за столько же дней до этого", "", "in as many days before"},
    {"за эту неделю", "за те же дни прошлой недели", "this week", "the same days of last week"},
    {"за прошлую неделю", "за позапрошлую неделю", "last week", "the week before"},
    {"за этот месяц", "за те же дни прошлого месяца", "this month", "the same days of last month"},
    {"за прошлый месяц", "за позапрошлый месяц", "last month", "the month before"},
});

std::string shown(double value, MetricUnit unit, const std::string& currency, const Words& words) {
  if (unit == MetricUnit::percent) return words.percent(value);
  if (unit == MetricUnit::money) return words.money(value, currency);
  return words.number(value);
}

std::string period(const AlertRule& rule, const Words& words) {
  const auto& text = kPeriods.at(static_cast<std::size_t>(rule.period));
  if (rule.period != AlertPeriod::days) return words(text.now_ru, text.now_en);
  if (rule.days == 1) return words("за сегодня", "today");
  return fmt::format(
      "{} {}",
      words.form(rule.days, {"за последний", "за последние", "за последние"}, {"in the last", "in the last"}),
      words.count(rule.days, {"день", "дня", "дней"}, {"day", "days"}));
}

std::string figure(const AlertRule& rule, const Finding& finding, const Words& words) {
  const auto& metric = info(rule.metric);
  return fmt::format("{} {}: {}", words(metric.title_ru, metric.title_en), period(rule, words),
                     shown(*finding.now, metric.unit, finding.currency, words));
}

std::string change(const AlertRule& rule, const Finding& finding, const Words& words) {
  const auto& metric = info(rule.metric);
  auto percent = shown(std::abs(*finding.verdict.value), MetricUnit::percent, "", words);
  auto before = shown(*finding.before, metric.unit, finding.currency, words);
  const auto& text = kPeriods.at(static_cast<std::size_t>(rule.period));
  bool more = *finding.verdict.value >= 0;
  auto compared = more ? words("больше, чем", "more than") : words("меньше, чем", "less than");
  return fmt::format(", {}{} {} {} ({})", words("на ", ""), percent, compared,
                     words(text.before_ru, text.before_en), before);
}

std::string bound(const AlertRule& rule, const Finding& finding, const Words& words) {
  constexpr std::array<std::string_view, 4> kRussian = {"больше", "меньше", "рост на", "падение на"};
  constexpr std::array<std::string_view, 4> kEnglish = {"above", "below", "a rise by", "a fall by"};
  auto which = static_cast<std::size_t>(rule.comparison);
  auto unit = compares(rule.comparison) ? MetricUnit::percent : info(rule.metric).unit;
  return fmt::format("{}: {} {}", words("Порог", "Threshold"), words(kRussian.at(which), kEnglish.at(which)),
                     shown(static_cast<double>(rule.threshold) / 100, unit, finding.currency, words));
}

}  // namespace

AlertText wording(const AlertRule& rule, const Finding& finding, std::string_view language) {
  Words words(language == "en" ? "en" : "ru");
  AlertText out;
  const auto& metric = info(rule.metric);
  out.title = !rule.name.empty() ? rule.name : words(metric.title_ru, metric.title_en);
  out.message = figure(rule, finding, words);
  if (compares(rule.comparison)) out.message += change(rule, finding, words);
  out.message += ". " + bound(rule, finding, words) + ".";
  if (!finding.tutor_name.empty() && rule.owner_id != rule.tutor_id)
    out.message += fmt::format(" {}: {}.", words("Преподаватель", "Tutor"), finding.tutor_name);
  return out;
}

}  // namespace rb::analytics
