#include "api/dashboards.hpp"

#include "net/together.hpp"
#include "query/facts_for.hpp"
#include "query/tallies.hpp"
#include "service/paging.hpp"
#include "store/facts.hpp"

namespace rb::analytics {
namespace {

using db::QueryRunner;

Task<AdminData> admin_data(QueryRunner read, Directory& people, const Scope& scope) {
  auto [all, users] = co_await school_figures(read, scope);
  auto currency = chosen_currency(all.money.payments, scope.asked);
  AdminData out;
  out.lessons = lesson_figures(all.lessons);
  out.payments = payment_figures(all.money.payments, scope.asked);
  out.users = summary_of(users);
  out.materials = material_figures(all.materials);
  out.completion_trends = completion_trends(all.lessons.days, scope.days);
  out.revenue_trends = revenue_trends(all.money.payments, scope);
  out.subject_performance = subject_performance(all.lessons.subjects);
  out.tutor_earnings = co_await with_tutor_names(people, tutor_earnings(all.money.tutors, currency));
  co_return out;
}

Task<TutorData> tutor_data(QueryRunner read, Directory& people, const Scope& scope) {
  auto [lessons, payments, homework] =
      co_await net::together(lessons_for(read, scope), payments_for(read, scope), homework_for(read, scope));
  auto lesson_tallies = tally(lessons, scope);
  auto currency = chosen_currency(tally(payments, scope), scope.asked);
  auto earned = tutor_earnings(tally_earnings(lessons, payments, scope), currency);
  if (earned.empty()) {
    earned.emplace_back().tutor_id = scope.asked.tutor_id;
    earned.front().currency = currency;
  }
  TutorData out;
  out.lessons = lesson_figures(lesson_tallies);
  out.earnings = (co_await with_tutor_names(people, std::move(earned))).front();
  out.completion_trends = completion_trends(lesson_tallies.days, scope.days);
  out.subject_performance = subject_performance(lesson_tallies.subjects);
  out.homework_analytics = homework_figures(tally(homework, scope).total);
  out.student_progress = co_await with_names<NamedProgress>(
      people, student_progress(tally_progress(lessons, homework, scope), scope.days),
      &StudentProgress::student_id);
  co_return out;
}

void add_part(std::vector<PaymentEvent>& to, const Payment& payment, const char* status,
              const std::optional<PaymentEntry>& part, const Days& days) {
  auto day = part ? days.index(part->at) : std::nullopt;
  if (!day) return;
  to.push_back({payment.id, status, iso_date(days.date(*day)), part->at,
                major_units(part->amount.minor, part->amount.currency), part->amount.currency,
                or_unknown(payment.method), payment.student_id});
}

// What the payer has paid ("": nobody is asked about), and what was paid for the children.
Task<std::vector<PaymentEvent>> payment_history(QueryRunner read, const Scope& scope, std::string payer) {
  auto paid_by_payer = [&]() -> Task<std::vector<Payment>> {
    if (payer.empty()) co_return std::vector<Payment>();
    co_return co_await payments_of_payer(read, payer, {scope.days.begin(), scope.days.end()});
  };
  auto [payments, paid] = co_await net::together(payments_for(read, scope), paid_by_payer());
  for (auto& payment : paid)
    if (std::ranges::find(payments, payment.id, &Payment::id) == payments.end())
      payments.push_back(std::move(payment));
  std::vector<PaymentEvent> out;
  for (const auto& payment : payments) {
    add_part(out, payment, "processed", payment.processed, scope.days);
    add_part(out, payment, "failed", payment.failed, scope.days);
    add_part(out, payment, "refunded", payment.refunded, scope.days);
  }
  std::ranges::sort(out, [](const auto& a, const auto& b) {
    return std::pair(a.at, std::string_view(a.payment_id)) > std::pair(b.at, std::string_view(b.payment_id));
  });
  co_return out;
}

Task<ParentData> parent_data(QueryRunner read, Directory& people, const Scope& scope, std::string payer) {
  auto [lessons, homework, history] = co_await net::together(
      lessons_for(read, scope), homework_for(read, scope), payment_history(read, scope, std::move(payer)));
  ParentData out;
  out.children_progress = co_await with_names<NamedProgress>(
      people, student_progress(tally_progress(lessons, homework, scope), scope.days),
      &StudentProgress::student_id);
  out.lesson_summary = lesson_figures(tally(lessons, scope));
  out.homework_completion = homework_figures(tally(homework, scope).total);
  out.payment_history = std::move(history);
  co_return out;
}

Task<StudentData> student_data(QueryRunner read, const Scope& scope) {
  auto [lessons, homework, materials] = co_await net::together(
      lesson_tallies(read, scope), homework_for(read, scope), material_tallies(read, scope));
  StudentData out;
  out.lesson_progress = lesson_figures(lessons);
  out.homework_stats = homework_figures(tally(homework, scope).total);
  out.subject_performance = subject_performance(lessons.subjects);
  out.material_usage = material_figures(materials);
  co_return out;
}

// `data_of(scope)` makes the figures, of the period and of the one before when that is asked for.
template <class Board, class DataOf>
Task<Board> board(const char* role, const Asking& asking, DataOf data_of) {
  auto out = begun<Board>(asking);
  out.role = role;
  out.generated_at = asking.scope.asked.now;
  out.data = co_await data_of(asking.scope);
  if (asking.before) out.previous = co_await data_of(*asking.before);
  co_return out;
}

}  // namespace

json::Rules rules(const PaymentEvent*) {
  return {json::rule("payment_id").integer_or_text(), json::rule("student_id").integer_or_text()};
}
json::Rules rules(const AdminDashboard*) { return rules_of_previous(); }
json::Rules rules(const TutorDashboard*) { return rules_of_previous(); }
json::Rules rules(const ParentDashboard*) { return rules_of_previous(); }
json::Rules rules(const StudentDashboard*) { return rules_of_previous(); }

Task<Result<AdminDashboard>> admin_dashboard(db::QueryRunner read, const Asking& asking) {
  auto data_of = [&](const Scope& scope) { return admin_data(read, asking.people, scope); };
  co_return co_await board<AdminDashboard>("admin", asking, data_of);
}

Task<Result<TutorDashboard>> tutor_dashboard(db::QueryRunner read, const Asking& asking) {
  if (asking.scope.asked.tutor_id.empty())
    co_return service::invalid("tutor_id", "is required: whose dashboard");
  auto data_of = [&](const Scope& scope) { return tutor_data(read, asking.people, scope); };
  co_return co_await board<TutorDashboard>("tutor", asking, data_of);
}

Task<Result<ParentDashboard>> parent_dashboard(db::QueryRunner read, const Asking& asking) {
  const auto& viewer = asking.viewer;
  if (viewer.role != Role::parent && !sees_all(viewer.role))
    co_return fail(Errc::forbidden, "this dashboard is for parents");
  if (!asking.scope.asked.student_ids)
    co_return service::invalid("student_id", "is required: about which child");
  auto payer = viewer.role == Role::parent ? viewer.id : std::string();
  auto data_of = [&](const Scope& scope) { return parent_data(read, asking.people, scope, payer); };
  co_return co_await board<ParentDashboard>("parent", asking, data_of);
}

Task<Result<StudentDashboard>> student_dashboard(db::QueryRunner read, const Asking& asking) {
  if (!asking.scope.asked.student_ids)
    co_return service::invalid("student_id", "is required: whose dashboard");
  auto data_of = [&](const Scope& scope) { return student_data(read, scope); };
  co_return co_await board<StudentDashboard>("student", asking, data_of);
}

}  // namespace rb::analytics
