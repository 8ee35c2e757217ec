// Charts of revenue and earnings.
#include <fmt/format.h>

#include <cmath>
#include <numeric>

#include "charts/parts.hpp"
#include "domain/figures/exact.hpp"

namespace rb::analytics {
namespace {

double mean_of_cents(std::int64_t cents, std::size_t count) {
  return rounded(cents, static_cast<__int128>(count) * 100);
}

}  // namespace

Chart revenue_chart(std::span<const RevenueDay> days, const std::string& currency, const Manner& manner) {
  Words words(manner.language);
  const auto* peak = most(days, &RevenueDay::revenue);
  double total = days.empty() ? 0 : days.back().cumulative;
  auto cents = std::llround(total * 100);
  double average = days.empty() ? 0 : mean_of_cents(cents, days.size());
  json::object summary{{"total_revenue", total},
                       {"currency", currency},
                       {"average_daily_revenue", average},
                       {"peak_revenue_day", peak ? json::value(peak->date) : json::value()},
                       {"peak_revenue_amount", peak ? json::value(peak->revenue) : json::value()}};
  build::Figure figure(words("Поступления", "Revenue"), words.language());
  if (!peak) return nothing_to_show(std::move(figure), std::move(summary), words);
  auto dates = texts(days, &RevenueDay::date);
  auto a_day = numbers(days, &RevenueDay::revenue);
  auto in = words.sign(currency);
  build::Axis money{
      .title = fmt::format("{}, {}", words("За день", "A day"), in), .tick_format = ",", .from_zero = true};
  figure.x_axis(day_axis()).y_axis(money);
  if (manner.kind == "bar") {
    figure.add(build::Trace::bars(dates, a_day).color(0)).without_legend();
  } else {
    figure.add(build::Trace::lines(dates, a_day).name(words("За день", "A day")).color(0));
    figure.add(build::Trace::lines(dates, numbers(days, &RevenueDay::cumulative))
                   .name(words("С начала периода", "Since the start"))
                   .color(1)
                   .dashed()
                   .axes(1, 2));
    figure.y_axis({.title = fmt::format("{}, {}", words("С начала периода", "Since the start"), in),
                   .tick_format = ",",
                   .from_zero = true,
                   .has_grid = false,
                   .over = 1},
                  2);
    figure.legend_below();
  }
  summary["text"] = fmt::format("{} {}; {} {}: {}.", words("Поступило", "Received"),
                                words.money(total, currency), words("больше всего", "most on"),
                                words.day(peak->date), words.money(peak->revenue, currency));
  json::array rows;
  for (const auto& day : days)
    rows.push_back({{"date", day.date},
                    {"revenue", day.revenue},
                    {"refunds", day.refunds},
                    {"transactions", day.transactions},
                    {"cumulative", day.cumulative}});
  return {std::move(figure).json(), std::move(rows), std::move(summary)};
}

Chart earnings_chart(std::span<const TutorTotal> tutors, const std::string& currency, const Manner& manner) {
  Words words(manner.language);
  auto minor = [](const TutorTotal& one) {
    return static_cast<std::int64_t>(one.total_earnings * 100 + (one.total_earnings < 0 ? -0.5 : 0.5));
  };
  std::int64_t cents = 0;
  for (const auto& one : tutors) cents += minor(one);
  double total = rounded(cents, 100);
  const auto* top = most(tutors, &TutorTotal::total_earnings);
  json::object summary{
      {"total_tutors", tutors.size()},
      {"total_earnings", total},
      {"currency", currency},
      {"average_earnings", tutors.empty() ? json::value() : json::value(mean_of_cents(cents, tutors.size()))},
      {"top_earner", top ? json::value(top->tutor_name) : json::value()}};
  build::Figure figure(words("Доход по преподавателям", "Earnings by tutor"), words.language());
  if (!top) return nothing_to_show(std::move(figure), std::move(summary), words);
  auto names = texts(tutors, &TutorTotal::tutor_name);
  auto totals = numbers(tutors, &TutorTotal::total_earnings);
  if (manner.kind == "pie") {
    figure.add(build::Trace::pie(names, totals)).legend_below();
  } else if (manner.kind == "treemap") {
    figure.add(build::Trace::treemap(names, totals).text_template("%{label}<br>%{value:,}"));
  } else {
    figure.add(build::Trace::bars(names, totals).color(0)).without_legend();
    figure.x_axis({.is_category = true});
    figure.y_axis({.title = fmt::format("{}, {}", words("Доход", "Earnings"), words.sign(currency)),
                   .tick_format = ",",
                   .from_zero = true});
  }
  summary["text"] =
      fmt::format("{}{}; {} {} ({}).",
                  words.count(static_cast<std::int64_t>(tutors.size()),
                              {"преподаватель", "преподавателя", "преподавателей"}, {"tutor", "tutors"}),
                  words(", доход ", " brought in ") + words.money(total, currency),
                  words("больше всех", "most:"), top->tutor_name, words.money(top->total_earnings, currency));
  json::array rows;
  for (const auto& one : tutors)
    rows.push_back(
        {{"tutor_id", one.tutor_id}, {"tutor_name", one.tutor_name}, {"total_earnings", one.total_earnings}});
  return {std::move(figure).json(), std::move(rows), std::move(summary)};
}

}  // namespace rb::analytics
