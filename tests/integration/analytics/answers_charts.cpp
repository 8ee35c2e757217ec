// Charts: the rows under them and what the summaries count.
#include "answers.hpp"

namespace rb::analytics {

using namespace plain;

namespace {

using Chart = json::object (*)(const Context&);

// A chart of nothing has no rows.
json::object chart(bool any, json::array rows, json::object summary) {
  return {{"data", any ? std::move(rows) : json::array()}, {"summary", std::move(summary)}};
}

// The first row with the most of something; null when none has any.
template <class Row, class Name, class Of>
json::value peak(const std::vector<Row>& rows, Name Row::* name, Of of) {
  const Row* best = nullptr;
  for (const auto& row : rows)
    if (of(row) > (best == nullptr ? 0 : of(*best))) best = &row;
  return best == nullptr ? json::value() : json::value(best->*name);
}

json::object completion(const Context& of) {
  auto all = figures<answer_lessons>(of);
  json::array rows;
  bool any = false;
  for (const auto& day : all.completion_trends) {
    any = any || day.completed + day.cancelled + day.missed > 0;
    rows.push_back({{"date", day.date},
                    {"completed_lessons", day.completed},
                    {"cancelled_lessons", day.cancelled},
                    {"missed_lessons", day.missed},
                    {"completion_rate", json::write(day.completion_rate)}});
  }
  auto completed = [](const CompletionDay& day) { return day.completed; };
  return chart(any, std::move(rows),
               {{"total_lessons", all.lessons.total_lessons},
                {"completed_lessons", all.lessons.completed_lessons},
                {"average_completion_rate", json::write(all.lessons.completion_rate)},
                {"peak_day", peak(all.completion_trends, &CompletionDay::date, completed)}});
}

json::array subject_rows(const std::vector<SubjectFigures>& subjects, const char* name) {
  json::array out;
  for (const auto& one : subjects)
    out.push_back({{name, one.subject},
                   {"total_lessons", one.total_lessons},
                   {"average_rating", json::write(one.average_rating)},
                   {"completion_rate", json::write(one.completion_rate)}});
  return out;
}

double rating(const SubjectFigures& one) { return one.average_rating.value_or(0); }

json::object subjects(const Context& of) {
  auto all = figures<answer_lessons>(of).subject_performance;
  auto lessons = [](const SubjectFigures& one) { return one.total_lessons; };
  return chart(!all.empty(), subject_rows(all, "subject_name"),
               {{"total_subjects", all.size()},
                {"most_popular_subject", peak(all, &SubjectFigures::subject, lessons)},
                {"highest_rated_subject", peak(all, &SubjectFigures::subject, &rating)}});
}

json::object revenue(const Context& of) {
  auto all = figures<answer_money>(of);
  auto money = [](const RevenueDay& day) { return day.revenue; };
  auto best = peak(all.revenue_trends, &RevenueDay::date, money);
  json::value most;
  Number total;
  for (const auto& day : all.revenue_trends) {
    if (best == json::value(day.date)) most = day.revenue;
    total += number(day.revenue);
  }
  return chart(!best.is_null(), json::write(all.revenue_trends).as_array(),
               {{"total_revenue", all.payments.total_revenue},
                {"currency", all.payments.currency},
                {"average_daily_revenue", two(total / all.revenue_trends.size())},
                {"peak_revenue_day", best},
                {"peak_revenue_amount", most}});
}

json::object earnings(const Context& of) {
  auto all = figures<answer_money>(of);
  json::array rows;
  Number total;
  bool any = false;
  for (const auto& one : all.tutor_earnings) {
    auto name = own(of.history, one.tutor_id, "full_name");
    rows.push_back({{"tutor_id", one.tutor_id},
                    {"tutor_name", name.empty() ? one.tutor_id : name},
                    {"total_earnings", one.total_earnings}});
    total += number(one.total_earnings);
    any = any || one.total_earnings > 0;
  }
  json::object summary{{"total_tutors", rows.size()},
                       {"total_earnings", two(total)},
                       {"currency", all.payments.currency},
                       {"average_earnings", nullptr},
                       {"top_earner", any ? rows.front().at("tutor_name") : nullptr}};
  if (!rows.empty()) summary["average_earnings"] = two(total / rows.size());
  return chart(any, std::move(rows), std::move(summary));
}

json::object activity(const Context& of) {
  auto users = figures<answer_users>(of).users;
  json::array rows;
  for (const auto& day : users.days)
    for (const auto& [role, count] : day.logins_by_role)
      rows.push_back({{"date", day.date}, {"role", role}, {"login_count", count}});
  auto logins = [](const UserDay& day) { return day.login_count; };
  bool any = !rows.empty();
  return chart(any, std::move(rows),
               {{"total_logins", users.total_logins},
                {"average_daily_logins", two(Number(users.total_logins) / users.days.size())},
                {"peak_activity_day", peak(users.days, &UserDay::date, logins)}});
}

json::object retention(const Context& of) {
  auto users = figures<answer_users>(of).users;
  json::array rows;
  std::int64_t registered = 0, could = 0, came = 0;
  for (const auto& cohort : users.retention) {
    registered += cohort.registered;
    for (const auto& back : cohort.returned) {
      if (back.week == 1) could += cohort.registered;
      if (back.week == 1) came += back.active;
      rows.push_back({{"cohort", cohort.week},
                      {"registered", cohort.registered},
                      {"week", back.week},
                      {"active", back.active},
                      {"rate", json::write(back.rate)}});
    }
  }
  return chart(registered > 0, std::move(rows),
               {{"registered", registered}, {"returned_next_week_rate", json::write(rate(came, could))}});
}

json::object materials(const Context& of) {
  auto all = figures<answer_materials>(of).popular_materials;
  json::array rows;
  std::set<std::string> names;
  std::int64_t total = 0;
  for (const auto& one : all) {
    auto name = one.title.empty() ? one.material_id : one.title;
    if (!names.insert(name).second) name += " (" + one.material_id + ")";
    total += one.accesses;
    rows.push_back({{"material_id", one.material_id},
                    {"material_name", name},
                    {"access_count", one.accesses},
                    {"views", one.views},
                    {"downloads", one.downloads}});
  }
  json::object summary{{"total_materials", all.size()},
                       {"total_accesses", total},
                       {"most_popular_material", rows.empty() ? nullptr : rows.front().at("material_name")}};
  return chart(true, std::move(rows), std::move(summary));
}

json::object overview(const Context& of) {
  auto all = figures<answer_lessons, answer_money, answer_users, answer_materials>(of);
  json::array rows;
  std::int64_t something = static_cast<std::int64_t>(all.subject_performance.size());
  for (std::size_t i = 0; i < all.completion_trends.size(); ++i) {
    const auto& uses = all.material_trends[i];
    auto active = of.asked.role == "admin" ? all.users.days[i].login_count : uses.views + uses.downloads;
    something += all.completion_trends[i].completed + active + (all.revenue_trends[i].revenue > 0 ? 1 : 0);
    rows.push_back({{"date", all.completion_trends[i].date},
                    {"completed_lessons", all.completion_trends[i].completed},
                    {"revenue", all.revenue_trends[i].revenue},
                    {"activity", active}});
  }
  auto days = rows.size();
  return chart(something > 0, std::move(rows),
               {{"lesson_trends_count", days},
                {"revenue_trends_count", days},
                {"activity_patterns_count", days},
                {"subjects_count", all.subject_performance.size()}});
}

// Topics are counted as subjects are.
json::object topics(const Context& of) {
  History history;
  for (auto [id, lesson] : of.history.lessons) {
    if (!same_subject(text(lesson, "subject"), of.question)) continue;
    for (auto& event : lesson) {
      event.data.erase("subject");
      if (event.has("topic")) event.data["subject"] = event.data["topic"];
    }
    history.lessons.emplace(id, std::move(lesson));
  }
  auto asked = of.question;
  asked.subject.reset();
  auto all = figures<answer_lessons>(history, asked).subject_performance;
  return chart(!all.empty(), subject_rows(all, "topic"), {{"total_topics", all.size()}});
}

const std::map<std::string, Chart> kCharts = {
    {"lessons/completion", &completion}, {"subjects/performance", &subjects},
    {"students/progress", &topics},      {"revenue/trends", &revenue},
    {"tutors/earnings", &earnings},      {"users/activity", &activity},
    {"users/retention", &retention},     {"materials/usage", &materials},
    {"dashboard/overview", &overview}};

}  // namespace

json::object plain_chart(const std::string& path, const Context& of) { return kCharts.at(path)(of); }

}  // namespace rb::analytics
