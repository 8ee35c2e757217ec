// Charts of people and materials.
#include <fmt/format.h>

#include "charts/parts.hpp"
#include "domain/figures/exact.hpp"

namespace rb::analytics {
namespace {

constexpr std::size_t kBars = 10, kSlices = 8;

void draw_by_role(build::Figure& figure, std::span<const UserDay> days, const Words& words) {
  std::map<std::string, build::Numbers> roles;
  for (const auto& day : days)
    for (const auto& [role, count] : day.logins_by_role) roles[role].resize(days.size(), 0);
  for (std::size_t i = 0; i < days.size(); ++i)
    for (const auto& [role, count] : days[i].logins_by_role) roles[role][i] = static_cast<double>(count);
  auto dates = texts(days, &UserDay::date);
  std::size_t color = 0;
  for (const auto& [role, counts] : roles)
    figure.add(build::Trace::lines(dates, counts).name(words.role(role)).color(color++));
  double highest = 0;
  for (const auto& [role, counts] : roles) highest = std::max(highest, greatest(counts));
  figure.x_axis(day_axis()).y_axis(count_axis(words("Входы", "Logins"), highest)).legend_below();
}

void draw_by_hour(build::Figure& figure, std::span<const LoginPattern> patterns, const Words& words) {
  build::Texts hours, weekdays;
  for (int hour = 0; hour < 24; ++hour) hours.push_back(fmt::format("{:02}", hour));
  for (int day = 1; day <= 7; ++day) weekdays.push_back(words.weekday(day));
  std::vector<build::Numbers> counts(7, build::Numbers(24, 0));
  double highest = 1;
  for (const auto& one : patterns) {
    auto count = static_cast<double>(one.login_count);
    counts[static_cast<std::size_t>(one.day_of_week - 1)][static_cast<std::size_t>(one.hour)] = count;
    highest = std::max(highest, count);
  }
  figure.add(
      build::Trace::heat_map(hours, weekdays, counts).color_scale(words("Входы", "Logins"), 0, highest));
  figure.x_axis({.title = words("Час", "Hour"), .has_grid = false, .is_category = true});
  figure.y_axis({.has_grid = false, .reversed = true, .is_category = true});
}

// A category is known by its name: two materials of one name are told apart by their ids.
build::Texts names_of(std::span<const PopularMaterial> materials) {
  build::Texts out;
  for (const auto& one : materials) {
    auto name = one.title.empty() ? one.material_id : one.title;
    if (std::ranges::find(out, name) != out.end()) name += " (" + one.material_id + ")";
    out.push_back(std::move(name));
  }
  return out;
}

}  // namespace

Chart activity_chart(const UserFigures& users, const Manner& manner) {
  Words words(manner.language);
  const auto* peak = most(users.days, &UserDay::login_count);
  auto days = static_cast<std::int64_t>(users.days.size());
  json::object summary{{"total_logins", users.total_logins},
                       {"average_daily_logins", rounded(users.total_logins, std::max<std::int64_t>(days, 1))},
                       {"peak_activity_day", peak ? json::value(peak->date) : json::value()}};
  build::Figure figure(words("Активность пользователей", "User activity"), words.language());
  if (!peak) return nothing_to_show(std::move(figure), std::move(summary), words);
  json::array rows;
  if (manner.kind == "heatmap") {
    draw_by_hour(figure, users.login_patterns, words);
    for (const auto& one : users.login_patterns) rows.push_back(json::write(one));
  } else {
    draw_by_role(figure, users.days, words);
    for (const auto& day : users.days)
      for (const auto& [role, count] : day.logins_by_role)
        rows.push_back({{"date", day.date}, {"role", role}, {"login_count", count}});
  }
  auto logins = [&words](std::int64_t n) {
    return words.count(n, {"вход", "входа", "входов"}, {"login", "logins"});
  };
  summary["text"] =
      fmt::format("{}; {} {} ({}).", logins(users.total_logins), words("больше всего", "most on"),
                  words.day(peak->date), logins(peak->login_count));
  return {std::move(figure).json(), std::move(rows), std::move(summary)};
}

Chart retention_chart(std::span<const Cohort> cohorts, const Manner& manner) {
  Words words(manner.language);
  build::Figure figure(words("Удержание по неделям", "Retention by week"), words.language());
  std::int64_t registered = 0;
  std::size_t widest = 0;
  Sum next_week;  // of those who could come again
  for (const auto& cohort : cohorts) {
    registered += cohort.registered;
    widest = std::max(widest, cohort.returned.size());
    for (const auto& back : cohort.returned)
      if (back.week == 1) next_week += {back.active, cohort.registered};
  }
  auto rate = percent(next_week.total, next_week.count);
  json::object summary{{"registered", registered}, {"returned_next_week_rate", json::write(rate)}};
  if (registered == 0) return nothing_to_show(std::move(figure), std::move(summary), words);
  build::Texts weeks, cohort_names;
  std::vector<build::Numbers> rates;
  json::array rows;
  for (std::size_t k = 0; k < widest; ++k) weeks.push_back(std::to_string(k));
  for (const auto& cohort : cohorts) {
    cohort_names.push_back(words.day(cohort.week));
    build::Numbers row(widest);
    for (std::size_t k = 0; k < cohort.returned.size(); ++k) {
      row[k] = cohort.returned[k].rate;
      rows.push_back({{"cohort", cohort.week},
                      {"registered", cohort.registered},
                      {"week", cohort.returned[k].week},
                      {"active", cohort.returned[k].active},
                      {"rate", json::write(cohort.returned[k].rate)}});
    }
    rates.push_back(std::move(row));
  }
  figure.add(build::Trace::heat_map(weeks, cohort_names, rates).color_scale("%", 0, 100));
  figure.x_axis({.title = words("Недель после регистрации", "Weeks after registration"),
                 .has_grid = false,
                 .is_category = true});
  figure.y_axis({.has_grid = false, .reversed = true, .is_category = true});
  auto text = fmt::format("{} {}", words("Зарегистрировано:", "Registered:"),
                          words.count(registered, {"человек", "человека", "человек"}, {"person", "people"}));
  if (rate)
    text += fmt::format("; {} {}", words("через неделю вернулось", "came back the next week:"),
                        words.percent(*rate));
  summary["text"] = text + ".";
  return {std::move(figure).json(), std::move(rows), std::move(summary)};
}

Chart material_chart(std::span<const PopularMaterial> materials, const Manner& manner) {
  Words words(manner.language);
  std::int64_t total = 0;
  for (const auto& one : materials) total += one.accesses;
  auto shown = materials.first(std::min(materials.size(), manner.kind == "pie" ? kSlices : kBars));
  auto names = names_of(shown);
  json::object summary{{"total_materials", materials.size()},
                       {"total_accesses", total},
                       {"most_popular_material", names.empty() ? json::value() : json::value(names.front())}};
  build::Figure figure(words("Материалы", "Materials"), words.language());
  if (names.empty()) return nothing_to_show(std::move(figure), std::move(summary), words);
  auto accesses = numbers(shown, &PopularMaterial::accesses);
  if (manner.kind == "pie") {
    figure.add(build::Trace::pie(names, accesses)).legend_below();
  } else if (manner.kind == "treemap") {
    figure.add(build::Trace::treemap(names, accesses).text_template("%{label}<br>%{value}"));
  } else {
    figure.add(build::Trace::bars_across(names, accesses).color(0)).without_legend();
    figure.x_axis(count_axis(words("Обращения", "Uses"), greatest(accesses)));
    figure.y_axis({.has_grid = false, .reversed = true, .is_category = true});
  }
  summary["text"] =
      fmt::format("{}: {}; {} {} ({}).",
                  words.count(static_cast<std::int64_t>(materials.size()),
                              {"материал", "материала", "материалов"}, {"material", "materials"}),
                  words.count(total, {"обращение", "обращения", "обращений"}, {"use", "uses"}),
                  words("чаще всего", "most used:"), names.front(),
                  words.number(static_cast<double>(shown.front().accesses)));
  json::array rows;
  for (std::size_t i = 0; i < shown.size(); ++i)
    rows.push_back({{"material_id", shown[i].material_id},
                    {"material_name", names[i]},
                    {"access_count", shown[i].accesses},
                    {"views", shown[i].views},
                    {"downloads", shown[i].downloads}});
  return {std::move(figure).json(), std::move(rows), std::move(summary)};
}

}  // namespace rb::analytics
