// Charts of lessons, subjects and topics.
#include <fmt/format.h>

#include "charts/parts.hpp"

namespace rb::analytics {
namespace {

build::Figure completion_figure(std::span<const CompletionDay> days, const Words& words, bool bars) {
  build::Figure out(words("Занятия по дням", "Lessons by day"), words.language());
  auto dates = texts(days, &CompletionDay::date);
  if (bars) {
    out.add(build::Trace::bars(dates, numbers(days, &CompletionDay::completed))
                .name(words("Проведено", "Completed"))
                .color(0));
    out.add(build::Trace::bars(dates, numbers(days, &CompletionDay::cancelled))
                .name(words("Отменено", "Cancelled"))
                .color(1));
    out.add(build::Trace::bars(dates, numbers(days, &CompletionDay::missed))
                .name(words("Пропущено", "Missed"))
                .color(3));
    out.bar_mode("stack");
  } else {
    out.add(build::Trace::lines(dates, numbers(days, &CompletionDay::completed))
                .name(words("Проведено", "Completed"))
                .color(0));
    out.add(build::Trace::lines(dates, numbers(days, &CompletionDay::completion_rate))
                .name(words("Доля проведённых", "Completion rate"))
                .color(1)
                .dashed()
                .axes(1, 2));
    auto rate = rate_axis(words("Доля проведённых", "Completion rate"));
    rate.over = 1;
    rate.has_grid = false;
    out.y_axis(rate, 2);
  }
  auto all = [](const CompletionDay& day) { return day.completed + day.cancelled + day.missed; };
  out.x_axis(day_axis())
      .y_axis(count_axis(words("Занятия", "Lessons"), greatest(numbers(days, all))))
      .legend_below();
  return out;
}

build::Figure subject_figure(std::span<const SubjectFigures> subjects, const Words& words,
                             const std::string& kind) {
  build::Figure out(words("Предметы", "Subjects"), words.language());
  auto names = texts(subjects, &SubjectFigures::subject);
  auto totals = numbers(subjects, &SubjectFigures::total_lessons);
  if (kind == "pie") {
    out.add(build::Trace::pie(names, totals)).legend_below();
  } else if (kind == "scatter") {
    out.add(build::Trace::points(totals, numbers(subjects, &SubjectFigures::average_rating))
                .text(names, "top center")
                .color(0));
    out.x_axis(count_axis(words("Занятия", "Lessons"), greatest(totals)));
    out.y_axis({.title = words("Средняя оценка", "Average rating"), .range = {{0.8, 5.5}}}).without_legend();
  } else {
    out.add(build::Trace::bars(names, totals).color(0));
    out.add(
        build::Trace::bars(names, numbers(subjects, &SubjectFigures::average_rating)).color(1).axes(2, 2));
    out.x_axis({.domain = {{0, 1}}, .is_category = true});
    auto lessons = count_axis(words("Занятия", "Lessons"), greatest(totals));
    lessons.domain = {{0.58, 1}};
    out.y_axis(lessons);
    out.x_axis({.is_category = true, .anchor = 2}, 2);
    out.y_axis({.title = words("Средняя оценка", "Average rating"),
                .range = {{0, 5.2}},
                .domain = {{0, 0.38}},
                .step = 1,
                .anchor = 2},
               2);
    out.without_legend();
  }
  return out;
}

json::array rows_of(std::span<const SubjectFigures> subjects, const char* name) {
  json::array out;
  for (const auto& one : subjects)
    out.push_back({{name, one.subject},
                   {"total_lessons", one.total_lessons},
                   {"average_rating", json::write(one.average_rating)},
                   {"completion_rate", json::write(one.completion_rate)}});
  return out;
}

double rating(const SubjectFigures& one) { return one.average_rating.value_or(0); }

json::value name_of(const SubjectFigures* one) { return one ? json::value(one->subject) : json::value(); }

}  // namespace

Chart completion_chart(const LessonFigures& all, std::span<const CompletionDay> days, const Manner& manner) {
  Words words(manner.language);
  const auto* peak = most(days, &CompletionDay::completed);
  json::object summary{{"total_lessons", all.total_lessons},
                       {"completed_lessons", all.completed_lessons},
                       {"average_completion_rate", json::write(all.completion_rate)},
                       {"peak_day", peak ? json::value(peak->date) : json::value()}};
  auto figure = completion_figure(days, words, manner.kind == "bar");
  bool any = std::ranges::any_of(
      days, [](const auto& day) { return day.completed + day.cancelled + day.missed > 0; });
  if (!any) return nothing_to_show(std::move(figure), std::move(summary), words);
  auto text = fmt::format("{}: {}", words("Проведено", "Held"), words.lessons(all.completed_lessons));
  if (all.completion_rate)
    text +=
        fmt::format(", {} {}", words.percent(*all.completion_rate), words("от назначенных", "of those due"));
  if (peak)
    text += fmt::format("; {} {}: {}", words("больше всего", "most on"), words.day(peak->date),
                        words.lessons(peak->completed));
  summary["text"] = text + ".";
  json::array rows;
  for (const auto& day : days)
    rows.push_back({{"date", day.date},
                    {"completed_lessons", day.completed},
                    {"cancelled_lessons", day.cancelled},
                    {"missed_lessons", day.missed},
                    {"completion_rate", json::write(day.completion_rate)}});
  return {std::move(figure).json(), std::move(rows), std::move(summary)};
}

Chart subject_chart(std::span<const SubjectFigures> subjects, const Manner& manner) {
  Words words(manner.language);
  const auto* popular = most(subjects, &SubjectFigures::total_lessons);
  const auto* best = most(subjects, &rating);
  json::object summary{{"total_subjects", subjects.size()},
                       {"most_popular_subject", name_of(popular)},
                       {"highest_rated_subject", name_of(best)}};
  auto figure = subject_figure(subjects, words, manner.kind);
  if (!popular) return nothing_to_show(std::move(figure), std::move(summary), words);
  auto text = fmt::format("{}; {} {} ({})",
                          words.count(static_cast<std::int64_t>(subjects.size()),
                                      {"предмет", "предмета", "предметов"}, {"subject", "subjects"}),
                          words("больше всего занятий:", "most lessons:"), popular->subject,
                          words.lessons(popular->total_lessons));
  if (best)
    text += fmt::format("; {} {} ({})", words("лучшая средняя оценка:", "best average rating:"),
                        best->subject, words.number(rating(*best)));
  summary["text"] = text + ".";
  return {std::move(figure).json(), rows_of(subjects, "subject_name"), std::move(summary)};
}

Chart topic_chart(std::span<const SubjectFigures> topics, const Manner& manner) {
  Words words(manner.language);
  const auto* best = most(topics, &rating);
  json::object summary{{"total_topics", topics.size()}, {"highest_rated_topic", name_of(best)}};
  build::Figure figure(words("Успехи по темам", "Progress over topics"), words.language());
  if (topics.empty()) return nothing_to_show(std::move(figure), std::move(summary), words);
  auto names = texts(topics, &SubjectFigures::subject);
  auto held = numbers(topics, &SubjectFigures::completed_lessons);
  figure.add(build::Trace::bars(names, held).name(words("Занятия", "Lessons")).color(0));
  figure.add(build::Trace::lines(names, numbers(topics, &SubjectFigures::average_rating))
                 .name(words("Средняя оценка", "Average rating"))
                 .color(1)
                 .axes(1, 2));
  figure.x_axis({.is_category = true}).y_axis(count_axis(words("Занятия", "Lessons"), greatest(held)));
  figure.y_axis({.title = words("Средняя оценка", "Average rating"),
                 .range = {{0, 5.2}},
                 .step = 1,
                 .has_grid = false,
                 .over = 1},
                2);
  figure.legend_below();
  auto text =
      words.count(static_cast<std::int64_t>(topics.size()), {"тема", "темы", "тем"}, {"topic", "topics"});
  if (best)
    text += fmt::format("; {} {} ({})", words("лучше всего:", "best:"), best->subject,
                        words.number(rating(*best)));
  summary["text"] = text + ".";
  return {std::move(figure).json(), rows_of(topics, "topic"), std::move(summary)};
}

}  // namespace rb::analytics
