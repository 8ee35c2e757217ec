#include "query/metric_value.hpp"

#include "domain/figures/homework.hpp"
#include "query/facts_for.hpp"
#include "query/tallies.hpp"

namespace rb::analytics {
namespace {

std::optional<double> of_lessons(Metric metric, const LessonTallies& all) {
  auto figures = lesson_figures(all);
  switch (metric) {
    case Metric::total_lessons:
      return figures.total_lessons;
    case Metric::completed_lessons:
      return figures.completed_lessons;
    case Metric::cancelled_lessons:
      return figures.cancelled_lessons;
    case Metric::missed_lessons:
      return figures.missed_lessons;
    case Metric::unmarked_lessons:
      return figures.unmarked_lessons;
    case Metric::cancellation_rate:
      return percent(all.total.lessons.cancelled, all.total.lessons.decided());
    case Metric::completion_rate:
      return figures.completion_rate;
    case Metric::attendance_rate:
      return figures.attendance_rate;
    case Metric::average_rating:
      return figures.average_rating;
    case Metric::unique_students:
      return figures.unique_students;
    default:
      throw std::logic_error("not a figure of lessons");
  }
}

std::optional<double> of_payments(Metric metric, const PaymentFigures& figures) {
  if (metric == Metric::total_revenue) return figures.total_revenue;
  if (metric == Metric::net_revenue) return figures.net_revenue;
  return figures.failed_payments;
}

std::optional<double> of_homework(Metric metric, const HomeworkFigures& figures) {
  if (metric == Metric::overdue_homework) return figures.overdue;
  return figures.completion_rate;
}

}  // namespace

Task<MetricValue> metric_value(db::QueryRunner read, Metric metric, const Scope& scope) {
  switch (info(metric).source) {
    case MetricSource::lessons:
      co_return MetricValue{of_lessons(metric, co_await lesson_tallies(std::move(read), scope)), ""};
    case MetricSource::payments: {
      auto figures = payment_figures(co_await payment_tallies(std::move(read), scope), scope.asked);
      co_return MetricValue{of_payments(metric, figures), figures.currency};
    }
    case MetricSource::homework:
      break;
  }
  auto figures = homework_figures(tally(co_await homework_for(std::move(read), scope), scope).total);
  co_return MetricValue{of_homework(metric, figures), ""};
}

}  // namespace rb::analytics
