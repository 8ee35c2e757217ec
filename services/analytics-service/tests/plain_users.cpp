// People and what they do.
#include "tests/plain.hpp"

namespace rb::analytics::plain {
namespace {

using Deeds = std::set<std::pair<std::string, Date>>;  // who was active on which day

Deeds deeds(const History& history, const Question& asked) {
  Deeds out;
  auto add = [&](const std::string& id, Time at) {
    if (!id.empty()) out.insert({id, date(at, asked)});
  };
  for (const auto& event : history.logins) add(event.text("user_id"), event.time);
  for (const auto& event : history.materials)
    if (event.type == "material.accessed" || event.type == "material.downloaded")
      add(event.text("user_id"), event.time);
  for (const auto& [id, lesson] : history.lessons) {
    auto places = seats(lesson);
    for (const auto& seat : places)
      if (seat.status == "completed") add(seat.student, seat.at);
    if (auto stand = whole(places); stand && stand->status == "completed")
      add(text(lesson, "tutor_id"), stand->at);
  }
  for (const auto& [id, story] : history.homework) {
    auto homework = assignment(story, asked);
    for (const auto& student : homework.submitters) add(student, *homework.submitted);
  }
  for (const auto& entry : entries(history))
    if (entry.what == "processed") add(entry.payer, entry.at);
  return out;
}

std::int64_t active(const Deeds& all, Date from, Date to) {
  std::set<std::string> people;
  for (const auto& [id, day] : all)
    if (from <= day && day <= to) people.insert(id);
  return static_cast<std::int64_t>(people.size());
}

std::vector<Cohort> retention(const Deeds& all, const std::map<std::string, Date>& registered,
                              const Question& asked) {
  std::vector<Cohort> out;
  auto last = week(asked.last);
  for (auto monday = week(asked.first); monday <= last; monday += std::chrono::days(7)) {
    std::set<std::string> joined;
    for (const auto& [id, day] : registered)
      if (week(day) == monday) joined.insert(id);
    Cohort cohort{written(monday), static_cast<std::int64_t>(joined.size()), {}};
    for (auto later = monday; later <= last; later += std::chrono::days(7)) {
      std::set<std::string> came;
      for (const auto& [id, day] : all)
        if (week(day) == later && joined.contains(id)) came.insert(id);
      auto count = static_cast<std::int64_t>(came.size());
      cohort.returned.push_back({(later - monday).count() / 7, count, rate(count, cohort.registered)});
    }
    out.push_back(cohort);
  }
  return out;
}

}  // namespace

void answer_users(const History& history, const Question& asked, Answers& out) {
  auto& users = out.users;
  auto all = deeds(history, asked);
  users.dau = active(all, asked.last, asked.last);
  users.wau = active(all, asked.last - std::chrono::days(6), asked.last);
  users.mau = active(all, asked.last - std::chrono::days(29), asked.last);

  std::map<std::string, Date> registered;
  for (const auto& [id, story] : history.people) {
    if (auto* event = last_of(story, "user.registered")) registered[id] = date(event->time, asked);
    const Event* told = nullptr;
    for (const auto& event : story)
      if (event.has("role") || event.has("roles")) told = &event;
    if (told == nullptr) continue;
    std::set<std::string> roles;
    for (const auto& role : told->list("roles")) roles.insert(role);
    if (told->has("role")) roles.insert(told->text("role"));
    for (const auto& role : roles) ++users.role_distribution[role];
  }
  std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> hours;
  for (auto day : dates(asked)) {
    UserDay row{written(day), 0, 0, {}};
    for (const auto& [id, when] : registered)
      if (when == day) ++row.new_users;
    for (const auto& login : history.logins) {
      if (date(login.time, asked) != day) continue;
      ++row.login_count;
      ++row.logins_by_role[login.has("role") ? login.text("role") : "unknown"];
      auto clock = split_local(asked.zone.to_local(login.time)).clock;
      ++hours[{std::chrono::weekday(day).iso_encoding(), clock.hours().count()}];
    }
    users.new_users += row.new_users;
    users.total_logins += row.login_count;
    users.days.push_back(row);
  }
  for (const auto& [when, count] : hours) users.login_patterns.push_back({when.first, when.second, count});
  users.retention = retention(all, registered, asked);
}

}  // namespace rb::analytics::plain
