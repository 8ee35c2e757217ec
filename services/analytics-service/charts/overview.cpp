// Four charts in one picture.
#include <fmt/format.h>

#include "charts/parts.hpp"

namespace rb::analytics {
namespace {

using Extent = std::array<double, 2>;
constexpr Extent kLeft{0, 0.44}, kRight{0.56, 1}, kUpper{0.6, 0.95}, kLower{0, 0.35};

void draw_days(build::Figure& figure, int number, Extent x, build::Trace trace, build::Axis values) {
  figure.add(trace.color(static_cast<std::size_t>(number - 1)).axes(number, number));
  auto days = day_axis();
  days.domain = x;
  days.anchor = number;
  values.domain = number == 3 ? kLower : kUpper;
  values.anchor = number;
  figure.x_axis(days, number).y_axis(values, number);
}

}  // namespace

Chart overview_chart(const OverviewParts& parts, const Manner& manner) {
  Words words(manner.language);
  build::Figure figure(words("Обзор", "Overview"), words.language());
  json::object summary{{"lesson_trends_count", parts.completion.size()},
                       {"revenue_trends_count", parts.revenue.size()},
                       {"activity_patterns_count", parts.activity.size()},
                       {"subjects_count", parts.subjects.size()}};
  std::int64_t lessons = 0, uses = 0;
  for (const auto& day : parts.completion) lessons += day.completed;
  for (const auto& day : parts.activity) uses += day.count;
  double revenue = parts.revenue.empty() ? 0 : parts.revenue.back().cumulative;
  if (lessons == 0 && uses == 0 && revenue == 0 && parts.subjects.empty())
    return nothing_to_show(std::move(figure), std::move(summary), words);
  auto held = numbers(parts.completion, &CompletionDay::completed);
  auto received = numbers(parts.revenue, &RevenueDay::revenue);
  auto used = numbers(parts.activity, &DayCount::count);
  draw_days(figure, 1, kLeft, build::Trace::bars(texts(parts.completion, &CompletionDay::date), held),
            count_axis("", greatest(held)));
  draw_days(figure, 2, kRight, build::Trace::lines(texts(parts.revenue, &RevenueDay::date), received),
            {.tick_format = ",", .from_zero = true});
  draw_days(figure, 3, kLeft, build::Trace::lines(texts(parts.activity, &DayCount::date), used),
            count_axis("", greatest(used)));
  figure.heading(words("Проведённые занятия", "Lessons held"), 0.22, 0.96);
  figure.heading(fmt::format("{}, {}", words("Поступления", "Revenue"), words.sign(parts.currency)), 0.78,
                 0.96);
  figure.heading(
      parts.of_school ? words("Входы", "Logins") : words("Обращения к материалам", "Uses of materials"), 0.22,
      0.37);
  if (!parts.subjects.empty()) {
    figure.heading(words("Занятия по предметам", "Lessons by subject"), 0.78, 0.37);
    figure.add(build::Trace::pie(texts(parts.subjects, &SubjectFigures::subject),
                                 numbers(parts.subjects, &SubjectFigures::total_lessons))
                   .text_template("%{label}<br>%{percent}")
                   .domain(kRight, kLower));
  }
  figure.without_legend();
  summary["text"] = fmt::format("{} {}; {} {}.", words("Проведено", "Held:"), words.lessons(lessons),
                                words("поступило", "received"), words.money(revenue, parts.currency));
  json::array rows;
  for (std::size_t i = 0;
       i < parts.completion.size() && i < parts.revenue.size() && i < parts.activity.size(); ++i)
    rows.push_back({{"date", parts.completion[i].date},
                    {"completed_lessons", parts.completion[i].completed},
                    {"revenue", parts.revenue[i].revenue},
                    {"activity", parts.activity[i].count}});
  return {std::move(figure).json(), std::move(rows), std::move(summary)};
}

}  // namespace rb::analytics
