#pragma once
// /api/v1/analytics/dashboard/{role} and /overview. A dashboard is the same set of figures for whoever may
// see it: an admin asks for a tutor's with tutor_id, for a student's or a parent's with student_id.
#include "api/money.hpp"
#include "api/people.hpp"
#include "domain/figures/homework.hpp"
#include "domain/figures/lessons.hpp"
#include "domain/figures/progress.hpp"

namespace rb::analytics {

struct NamedProgress : StudentProgress {
  std::string student_name;
};
BOOST_DESCRIBE_STRUCT(NamedProgress, (StudentProgress), (student_name))

struct AdminData {
  LessonFigures lessons;
  PaymentFigures payments;
  ActivitySummary users;
  MaterialFigures materials;
  std::vector<CompletionDay> completion_trends;
  std::vector<RevenueDay> revenue_trends;
  std::vector<SubjectFigures> subject_performance;
  std::vector<NamedEarnings> tutor_earnings;
};
BOOST_DESCRIBE_STRUCT(AdminData, (),
                      (lessons, payments, users, materials, completion_trends, revenue_trends,
                       subject_performance, tutor_earnings))

struct TutorData {
  LessonFigures lessons;
  NamedEarnings earnings;
  std::vector<CompletionDay> completion_trends;
  std::vector<SubjectFigures> subject_performance;
  HomeworkFigures homework_analytics;
  std::vector<NamedProgress> student_progress;
};
BOOST_DESCRIBE_STRUCT(TutorData, (),
                      (lessons, earnings, completion_trends, subject_performance, homework_analytics,
                       student_progress))

struct PaymentEvent {              // one part of a payment
  std::string payment_id, status;  // processed, failed, refunded
  std::string date;
  Time at;
  double amount = 0;
  std::string currency, payment_method, student_id;
};
BOOST_DESCRIBE_STRUCT(PaymentEvent, (),
                      (payment_id, status, date, at, amount, currency, payment_method, student_id))
json::Rules rules(const PaymentEvent*);

struct ParentData {
  std::vector<NamedProgress> children_progress;
  LessonFigures lesson_summary;
  HomeworkFigures homework_completion;
  std::vector<PaymentEvent> payment_history;  // newest first
};
BOOST_DESCRIBE_STRUCT(ParentData, (),
                      (children_progress, lesson_summary, homework_completion, payment_history))

struct StudentData {
  LessonFigures lesson_progress;
  HomeworkFigures homework_stats;
  std::vector<SubjectFigures> subject_performance;
  MaterialFigures material_usage;
};
BOOST_DESCRIBE_STRUCT(StudentData, (), (lesson_progress, homework_stats, subject_performance, material_usage))

// What the figures are of.
struct DashboardHead {
  std::string role;
  Period period;
  Time generated_at;
  std::optional<Period> previous_period;
};
BOOST_DESCRIBE_STRUCT(DashboardHead, (), (role, period, generated_at, previous_period))

struct AdminDashboard : DashboardHead {
  AdminData data;
  std::optional<AdminData> previous;
};
BOOST_DESCRIBE_STRUCT(AdminDashboard, (DashboardHead), (data, previous))
json::Rules rules(const AdminDashboard*);

struct TutorDashboard : DashboardHead {
  TutorData data;
  std::optional<TutorData> previous;
};
BOOST_DESCRIBE_STRUCT(TutorDashboard, (DashboardHead), (data, previous))
json::Rules rules(const TutorDashboard*);

struct ParentDashboard : DashboardHead {
  ParentData data;
  std::optional<ParentData> previous;
};
BOOST_DESCRIBE_STRUCT(ParentDashboard, (DashboardHead), (data, previous))
json::Rules rules(const ParentDashboard*);

struct StudentDashboard : DashboardHead {
  StudentData data;
  std::optional<StudentData> previous;
};
BOOST_DESCRIBE_STRUCT(StudentDashboard, (DashboardHead), (data, previous))
json::Rules rules(const StudentDashboard*);

Task<Result<AdminDashboard>> admin_dashboard(db::QueryRunner read, const Asking& asking);
inline constexpr Figures kAdminDashboard{&admin_dashboard, Area::users, {.lesson_ends = true}, Reads::school};
Task<Result<TutorDashboard>> tutor_dashboard(db::QueryRunner read, const Asking& asking);
inline constexpr Figures kTutorDashboard{
    &tutor_dashboard, Area::earnings, {.lesson_ends = true, .homework_dues = true}};
Task<Result<ParentDashboard>> parent_dashboard(db::QueryRunner read, const Asking& asking);
inline constexpr Figures kParentDashboard{
    &parent_dashboard, Area::balances, {.lesson_ends = true, .homework_dues = true}};
Task<Result<StudentDashboard>> student_dashboard(db::QueryRunner read, const Asking& asking);
inline constexpr Figures kStudentDashboard{
    &student_dashboard, Area::lessons, {.lesson_ends = true, .homework_dues = true}};

}  // namespace rb::analytics
