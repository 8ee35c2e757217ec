#include "answers.hpp"

#include "base/strings.hpp"

namespace rb::analytics {

using namespace plain;

namespace {

using Answer = json::object (*)(const Context&);

json::object period(const Question& asked) {
  return {{"start_date", written(asked.first)},
          {"end_date", written(asked.last)},
          {"days", (asked.last - asked.first).count() + 1},
          {"timezone", asked.zone.name()}};
}

// `data` of the period under `name`, and of the one before under `before` when that is asked for.
template <class Data>
void add_periods(json::object& out, const Context& of, const char* name, const char* before, Data data) {
  out["period"] = period(of.question);
  out[name] = data(of);
  if (!of.asked.compares) return;
  auto earlier = of;
  auto days = of.question.last - of.question.first + std::chrono::days(1);
  earlier.question.first -= days;
  earlier.question.last -= days;
  out["previous_period"] = period(earlier.question);
  out[before] = data(earlier);
}

json::object lessons(const Context& of) {
  auto all = figures<answer_lessons, answer_homework>(of);
  json::object out{{"completion_trends", json::write(all.completion_trends)},
                   {"subject_performance", json::write(all.subject_performance)},
                   {"homework_analytics", json::write(all.homework)}};
  add_periods(out, of, "statistics", "previous",
              [](const Context& c) { return json::write(figures<answer_lessons>(c).lessons); });
  return out;
}

json::object subjects(const Context& of) {
  json::object out{{"trends", json::write(figures<answer_lessons>(of).completion_trends)},
                   {"comparison", json::array()}};
  add_periods(out, of, "performance", "comparison",
              [](const Context& c) { return json::write(figures<answer_lessons>(c).subject_performance); });
  return out;
}

json::object homework(const Context& of) {
  auto all = figures<answer_homework>(of);
  json::object out{{"completion_trends", json::write(all.homework_trends)},
                   {"performance", json::write(all.homework_by_subject)}};
  add_periods(out, of, "analytics", "previous",
              [](const Context& c) { return json::write(figures<answer_homework>(c).homework); });
  return out;
}

json::object payments(const Context& of) {
  auto all = figures<answer_money>(of);
  json::array methods;
  for (const auto& [name, method] : all.payments.by_method)
    methods.push_back(
        {{"payment_method", name}, {"total_revenue", method.total_revenue}, {"count", method.count}});
  json::object out{{"revenue_trends", json::write(all.revenue_trends)},
                   {"payment_methods", std::move(methods)}};
  add_periods(out, of, "summary", "previous",
              [](const Context& c) { return json::write(figures<answer_money>(c).payments); });
  return out;
}

json::value earnings_of(const Context& of) {
  return named(of.history, json::write(figures<answer_money>(of).tutor_earnings), "tutor");
}

json::object earnings(const Context& of) {
  auto all = figures<answer_money>(of);
  json::object out{{"currency", all.payments.currency}, {"breakdown", json::write(all.revenue_trends)}};
  add_periods(out, of, "earnings", "previous", [&](Context c) {
    c.question.currency = all.payments.currency;  // both periods in one
    return earnings_of(c);
  });
  return out;
}

json::object balances(const Context& of) {
  auto all = figures<answer_balances>(of).balances;
  if (of.asked.low) std::erase_if(all, [](const Balance& one) { return !one.low; });
  return {{"items", named(of.history, json::write(all), "student")}};
}

json::object summary(const UserFigures& users) {
  return {{"dau", users.dau},
          {"wau", users.wau},
          {"mau", users.mau},
          {"new_users", users.new_users},
          {"total_logins", users.total_logins}};
}

json::object engaged(const UserFigures& users) {
  return {{"dau", users.dau},
          {"wau", users.wau},
          {"mau", users.mau},
          {"stickiness", json::write(rate(users.dau, users.mau))}};
}

json::object activity(const Context& of) {
  auto users = figures<answer_users>(of).users;
  json::object out{{"activity_trends", json::write(users.days)},
                   {"login_patterns", json::write(users.login_patterns)},
                   {"engagement_metrics", engaged(users)},
                   {"role_distribution", json::write(users.role_distribution)}};
  add_periods(out, of, "activity_summary", "previous",
              [](const Context& c) { return summary(figures<answer_users>(c).users); });
  return out;
}

json::object engagement(const Context& of) {
  auto users = figures<answer_users>(of).users;
  return {{"period", period(of.question)},
          {"engagement_metrics", engaged(users)},
          {"retention_metrics", json::write(users.retention)},
          {"activity_patterns", json::write(users.login_patterns)}};
}

json::object materials(const Context& of) {
  auto all = figures<answer_materials>(of);
  json::object out{{"popular_materials", json::write(all.popular_materials)},
                   {"subject_distribution", json::write(all.materials_by_subject)},
                   {"upload_trends", json::write(all.material_trends)}};
  add_periods(out, of, "usage_summary", "previous",
              [](const Context& c) { return json::write(figures<answer_materials>(c).materials); });
  return out;
}

json::object overview(const Context& of) {
  auto all = figures<answer_lessons, answer_money, answer_materials, answer_users>(of);
  json::object recent{{"lessons_this_week", all.lessons.total_lessons}};
  json::object seen{{"completed_lessons", all.lessons.completed_lessons}};
  if (of.asked.role != "admin") seen["my_lessons"] = all.lessons.total_lessons;
  if (of.asked.role == "admin") {
    seen["total_lessons"] = all.lessons.total_lessons;
    seen["total_revenue"] = recent["revenue_this_week"] = all.payments.total_revenue;
    seen["currency"] = all.payments.currency;
    seen["active_users"] = all.users.wau;
    seen["total_materials"] = recent["materials_uploaded_this_week"] = all.materials.uploads;
    recent["new_users_this_week"] = all.users.new_users;
  }
  if (of.asked.role == "tutor") {
    seen["unmarked_lessons"] = all.lessons.unmarked_lessons;
    seen["my_earnings"] = recent["earnings_this_week"] = all.payments.net_revenue;
    seen["currency"] = all.payments.currency;
    seen["my_students"] = all.lessons.unique_students;
  }
  seen["recent_activity"] = std::move(recent);
  return {{"overview", std::move(seen)}, {"user_role", of.asked.role}};
}

json::object board(const char* role, const Context& of, Answer data) {
  json::object out{{"role", role}};
  add_periods(out, of, "data", "previous", data);
  return out;
}

json::object admin_board(const Context& of) {
  return board("admin", of, [](const Context& c) -> json::object {
    auto all = figures<answer_lessons, answer_money, answer_users, answer_materials>(c);
    return {{"lessons", json::write(all.lessons)},
            {"payments", json::write(all.payments)},
            {"users", summary(all.users)},
            {"materials", json::write(all.materials)},
            {"completion_trends", json::write(all.completion_trends)},
            {"revenue_trends", json::write(all.revenue_trends)},
            {"subject_performance", json::write(all.subject_performance)},
            {"tutor_earnings", earnings_of(c)}};
  });
}

json::object tutor_board(const Context& of) {
  return board("tutor", of, [](const Context& c) -> json::object {
    auto all = figures<answer_lessons, answer_money, answer_homework, answer_progress>(c);
    TutorEarnings none;
    none.tutor_id = c.question.tutor_id;
    none.currency = all.payments.currency;
    if (all.tutor_earnings.empty()) all.tutor_earnings.push_back(none);
    return {{"lessons", json::write(all.lessons)},
            {"earnings", named(c.history, json::write(all.tutor_earnings), "tutor").at(0)},
            {"completion_trends", json::write(all.completion_trends)},
            {"subject_performance", json::write(all.subject_performance)},
            {"homework_analytics", json::write(all.homework)},
            {"student_progress", named(c.history, json::write(all.student_progress), "student")}};
  });
}

// What was paid for the children, and by the parent who asks.
json::array payment_history(const Context& of) {
  std::set<std::string> shown;
  for (const auto& entry : entries(of.history)) {
    bool paid = of.asked.role == "parent" && entry.payer == of.asked.id;
    if (paid || same_student(entry.student, of.question)) shown.insert(entry.payment);
  }
  json::array out;
  for (const auto& entry : entries(of.history))
    if (shown.contains(entry.payment) && within(entry.at, of.question))
      out.push_back({{"payment_id", std::stoi(entry.payment)},
                     {"status", entry.what},
                     {"date", written(date(entry.at, of.question))},
                     {"at", json::write(entry.at)},
                     {"amount", major(entry.minor, entry.currency)},
                     {"currency", entry.currency},
                     {"payment_method", entry.method},
                     {"student_id", entry.student.empty() ? json::value("") : id_or_null(entry.student)}});
  return out;
}

json::object parent_board(const Context& of) {
  return board("parent", of, [](const Context& c) -> json::object {
    auto all = figures<answer_lessons, answer_homework, answer_progress>(c);
    return {{"children_progress", named(c.history, json::write(all.student_progress), "student")},
            {"lesson_summary", json::write(all.lessons)},
            {"homework_completion", json::write(all.homework)},
            {"payment_history", payment_history(c)}};
  });
}

json::object student_board(const Context& of) {
  return board("student", of, [](const Context& c) -> json::object {
    auto all = figures<answer_lessons, answer_homework, answer_materials>(c);
    return {{"lesson_progress", json::write(all.lessons)},
            {"homework_stats", json::write(all.homework)},
            {"subject_performance", json::write(all.subject_performance)},
            {"material_usage", json::write(all.materials)}};
  });
}

const std::map<std::string, Answer> kAnswers = {{"overview", &overview},
                                                {"dashboard/admin", &admin_board},
                                                {"dashboard/tutor", &tutor_board},
                                                {"dashboard/parent", &parent_board},
                                                {"dashboard/student", &student_board},
                                                {"lessons/stats", &lessons},
                                                {"performance/subjects", &subjects},
                                                {"homework/analytics", &homework},
                                                {"payments/summary", &payments},
                                                {"tutors/earnings", &earnings},
                                                {"balances", &balances},
                                                {"users/activity", &activity},
                                                {"engagement/metrics", &engagement},
                                                {"materials/usage", &materials}};

}  // namespace

json::value id_or_null(const std::string& id) {
  if (id.empty()) return nullptr;
  bool digits = id.find_first_not_of("0123456789") == std::string::npos;
  return digits ? json::value(std::stoll(id)) : json::value(id);
}

json::value named(const History& history, json::value rows, const std::string& whom) {
  for (auto& row : rows.as_array()) {
    const auto& id = row.at(whom + "_id");
    auto text = id.is_string() ? std::string(id.as_string()) : json::to_text(id);
    row.as_object()[whom + "_name"] = own(history, text, "full_name");
  }
  return rows;
}

json::value plain_answer(const History& history, const Asked& asked, Time now) {
  Context of{history, asked, resolved(history, asked, now)};
  auto slash = asked.path.find('/');
  auto area = asked.path.substr(0, slash), rest = asked.path.substr(slash + 1);
  if (area == "charts") return plain_chart(rest, of);
  if (area == "export") return plain_rows(rest, of);
  return kAnswers.at(rest)(of);
}

}  // namespace rb::analytics
