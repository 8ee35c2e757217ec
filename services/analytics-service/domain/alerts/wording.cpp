#include <fmt/format.h>

#include <array>
#include <cmath>

#include "domain/alerts/rule.hpp"

namespace rb::analytics {
namespace {

constexpr std::string_view kNoBreak = "\u00a0";

struct PeriodText {
  std::string_view now_ru, before_ru, now_en, before_en;
};
constexpr std::array kPeriods = std::to_array<PeriodText>({
    {"за последние дни", "за столько же дней до этого", "in the last days", "in as many days before"},
    {"за эту неделю", "за те же дни прошлой недели", "this week", "the same days of last week"},
    {"за прошлую неделю", "за позапрошлую неделю", "last week", "the week before"},
    {"за этот месяц", "за те же дни прошлого месяца", "this month", "the same days of last month"},
    {"за прошлый месяц", "за позапрошлый месяц", "last month", "the month before"},
});

// Two decimals at most, none that are zero; groups of three.
std::string number(double value, bool russian) {
  auto text = fmt::format("{:.2f}", std::abs(value));
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  auto dot = std::min(text.find('.'), text.size());
  if (russian && dot < text.size()) text[dot] = ',';
  for (auto at = static_cast<std::ptrdiff_t>(dot) - 3; at > 0; at -= 3)
    text.insert(static_cast<std::size_t>(at), russian ? kNoBreak : ",");
  return (value < 0 ? "−" : "") + text;
}

std::string shown(double value, MetricUnit unit, const std::string& currency, bool russian) {
  auto text = number(value, russian);
  if (unit == MetricUnit::percent) return text + (russian ? std::string(kNoBreak) + "%" : "%");
  if (unit != MetricUnit::money) return text;
  return text + std::string(kNoBreak) + (currency == "RUB" ? "₽" : currency);
}

std::string period(const AlertRule& rule, bool russian) {
  const auto& text = kPeriods.at(static_cast<std::size_t>(rule.period));
  std::string out(russian ? text.now_ru : text.now_en);
  return rule.period == AlertPeriod::days ? fmt::format("{} ({})", out, rule.days) : out;
}

std::string figure(const AlertRule& rule, const Finding& finding, bool russian) {
  const auto& metric = info(rule.metric);
  return fmt::format("{} {}: {}", russian ? metric.title_ru : metric.title_en, period(rule, russian),
                     shown(*finding.now, metric.unit, finding.currency, russian));
}

std::string change(const AlertRule& rule, const Finding& finding, bool russian) {
  const auto& metric = info(rule.metric);
  auto percent = shown(std::abs(*finding.verdict.value), MetricUnit::percent, "", russian);
  auto before = shown(*finding.before, metric.unit, finding.currency, russian);
  const auto& text = kPeriods.at(static_cast<std::size_t>(rule.period));
  bool more = *finding.verdict.value >= 0;
  if (russian)
    return fmt::format(", на {} {}, чем {} ({})", percent, more ? "больше" : "меньше", text.before_ru,
                       before);
  return fmt::format(", {} {} than {} ({})", percent, more ? "more" : "less", text.before_en, before);
}

std::string bound(const AlertRule& rule, const Finding& finding, bool russian) {
  constexpr std::array<std::string_view, 4> kRussian = {"больше", "меньше", "рост на", "падение на"};
  constexpr std::array<std::string_view, 4> kEnglish = {"above", "below", "a rise by", "a fall by"};
  auto which = static_cast<std::size_t>(rule.comparison);
  auto unit = compares(rule.comparison) ? MetricUnit::percent : info(rule.metric).unit;
  return fmt::format("{}: {} {}", russian ? "Порог" : "Threshold",
                     russian ? kRussian.at(which) : kEnglish.at(which),
                     shown(static_cast<double>(rule.threshold) / 100, unit, finding.currency, russian));
}

}  // namespace

AlertText wording(const AlertRule& rule, const Finding& finding, std::string_view language) {
  bool russian = language != "en";
  AlertText out;
  const auto& metric = info(rule.metric);
  out.title = !rule.name.empty() ? rule.name : std::string(russian ? metric.title_ru : metric.title_en);
  out.message = figure(rule, finding, russian);
  if (compares(rule.comparison)) out.message += change(rule, finding, russian);
  out.message += ". " + bound(rule, finding, russian) + ".";
  if (!finding.tutor_name.empty() && rule.owner_id != rule.tutor_id)
    out.message += fmt::format(" {}: {}.", russian ? "Преподаватель" : "Tutor", finding.tutor_name);
  return out;
}

}  // namespace rb::analytics
