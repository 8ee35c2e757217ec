#include "api/routes.hpp"

#include "api/alerts.hpp"
#include "api/charts.hpp"
#include "api/dashboards.hpp"
#include "api/events.hpp"
#include "api/exports.hpp"
#include "api/learning.hpp"
#include "api/overview.hpp"
#include "api/stream.hpp"

namespace rb::analytics {

namespace api_files {  // embedded by the build from api/
std::optional<std::string_view> file(std::string_view path);
}

namespace {

const std::vector<std::string> kSenders = {"admin", "tutor", "service"};

template <class Handler>
Handler handler_of(const std::string&, Handler handler) {
  return handler;
}
template <class Answer>
auto handler_of(const std::string& path, Figures<Answer> figures) {
  return [path, figures](App& app, const http::Request& request, PeriodQuery in) {
    return answer(app, request, path, figures, std::move(in));
  };
}

void add_analytics(http::Api& api) {
  auto add = [&api](const std::string& path, auto handler, const std::string& summary) {
    api.add(http::get("/api/v1/analytics/" + path, handler_of(path, handler))
                .authenticated()
                .summary(summary)
                .tag("analytics")
                .errors({Errc::forbidden}));
  };
  add("overview", &overview, "The last seven days at a glance, as far as the caller may see");
  add("dashboard/admin", kAdminDashboard, "The whole school");
  add("dashboard/tutor", kTutorDashboard, "A tutor's lessons, earnings and students");
  add("dashboard/parent", kParentDashboard, "How the children get on, and what was paid");
  add("dashboard/student", kStudentDashboard, "A student's lessons, homework and materials");
  add("lessons/stats", kLessonStats, "Lessons: how many, how many of them took place, how they were rated");
  add("performance/subjects", kSubjectStats, "Subjects beside each other");
  add("homework/analytics", kHomeworkStats, "Homework: handed in, graded, on time");
  add("payments/summary", kPaymentSummary, "Payments by day, method and currency");
  add("tutors/earnings", kEarnings, "What each tutor's lessons brought in and what the school owes for them");
  add("balances", &balance_list, "What each student has paid for and not yet used, and when it runs out");
  add("users/activity", kUserActivity, "Who uses the services, and when");
  add("engagement/metrics", kEngagement, "How often people come, and who stays");
  add("materials/usage", kMaterialUsage, "Materials: uploads, views, downloads");
}

void add_stream(http::Api& api) {
  api.add(
      http::get("/api/v1/analytics/stream", &stream)
          .authenticated()
          .ticket()
          .summary("The overview, anew whenever events have changed it; at most once a second")
          .description(
              "Events «kpi» with the answer of GET /api/v1/analytics/overview as data. The first comes at "
              "once; after the header Last-Event-ID or ?last_event_id= only when something has changed "
              "since.")
          .tag("analytics")
          .answers("text/event-stream")
          .example_answer("id: 17\nevent: kpi\ndata: {\"overview\":{\"my_lessons\":12},…}\n\n")
          .errors({Errc::forbidden}));
}

}  // namespace

void add_routes(http::Api& api, App& app) {
  api.provide(app);
  api.add(service::describe_post_events(http::post("/api/v1/events", &post_events)).roles(kSenders));
  add_analytics(api);
  add_charts(api);
  add_stream(api);
  add_alerts(api);
  service::add_stream_tickets(api, app.tickets());
  add_exports(api);
  service::add_dead_letter_endpoints(api, app.dead_letters());
}

void show_answers(http::Api& api) {
  api.show_answers(json::parse(api_files::file("examples.json").value()).value().as_object());
}

}  // namespace rb::analytics
