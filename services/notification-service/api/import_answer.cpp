#include "api/import_answer.hpp"

#include <fmt/format.h>

#include <array>

#include "jinja/moments.hpp"

namespace rb::notification {
namespace {

constexpr std::size_t kMostErrors = 100;
constexpr std::size_t kMostChanges = 1'000;

std::string_view action_name(lists::Action action) {
  constexpr std::array<std::string_view, 4> kNames = {"created", "moved", "changed", "cancelled"};
  return kNames.at(static_cast<std::size_t>(action));
}

// "lessons:5:длительность", as compilers name a place.
std::string place_of(const lists::Problem& problem) {
  auto out = problem.list;
  if (problem.line > 0) out += ":" + std::to_string(problem.line);
  if (!problem.column.empty()) out += ":" + problem.column;
  return out;
}

// «3 сентября 17:00», and only what differs from `before`.
std::string moment_text(Time moment, const Zone& zone, std::optional<Time> before) {
  auto day = jinja::format_moment(moment, zone, "%-d %B", "ru");
  auto clock = jinja::format_moment(moment, zone, "%H:%M", "ru");
  bool same_day = before && jinja::format_moment(*before, zone, "%-d %B", "ru") == day;
  return same_day ? clock : day + " " + clock;
}

std::string text_of(const lists::Change& change) {
  if (!change.zone) return change.who;
  auto zone = *change.zone;
  auto first = change.from ? change.from : change.to;
  auto out = fmt::format("{}, {}", change.who, moment_text(*first, zone, std::nullopt));
  if (change.count > 1) return fmt::format("{} … {}", out, moment_text(*change.to, zone, std::nullopt));
  if (change.to && change.to != first) out += " → " + moment_text(*change.to, zone, first);
  return out;
}

ListPlan plan_of(const lists::Outcome& outcome, std::vector<std::string> ignored) {
  ListPlan out;
  out.rows = outcome.rows;
  out.created = outcome.created;
  out.moved = outcome.moved;
  out.changed = outcome.changed;
  out.cancelled = outcome.cancelled;
  out.unchanged = outcome.unchanged;
  out.past = outcome.past;
  out.erased = outcome.erased;
  out.ignored_columns = std::move(ignored);
  return out;
}

void add_changes(ListsAnswer& answer, std::string_view list, const lists::Outcome& outcome) {
  for (const auto& change : outcome.changes) {
    if (answer.changes.size() == kMostChanges) return;
    PlannedChange out;
    out.list = list;
    out.action = action_name(change.action);
    if (change.line > 0) out.line = change.line;
    out.text = text_of(change);
    out.lessons = change.count;
    out.from = change.from;
    out.to = change.to;
    if (!change.user_id.empty()) out.user_id = change.user_id;
    answer.changes.push_back(std::move(out));
  }
}

}  // namespace

Error error_of(const lists::Problems& problems) {
  Error out{
      Errc::invalid,
      fmt::format(
          "ошибок в списках: {0}; ничего не изменено · errors in the lists: {0}; nothing has been changed",
          problems.size()),
      {}};
  for (const auto& problem : problems) {
    if (out.fields.size() == kMostErrors) break;
    out.fields.push_back({place_of(problem), problem.reason});
  }
  return out;
}

ListsAnswer answer_of(const lists::Lists& rows, const lists::Outcome& people, const lists::Outcome& lessons) {
  ListsAnswer out;
  if (rows.people) out.people = plan_of(people, rows.ignored_people);
  if (rows.lessons) out.lessons = plan_of(lessons, rows.ignored_lessons);
  add_changes(out, "people", people);
  add_changes(out, "lessons", lessons);
  return out;
}

json::Rules rules(const ListsRequest*) {
  return {json::rule("people").doc("the text of people.csv"),
          json::rule("lessons").doc("the text of lessons.csv; it names all lessons of the tutors in it"),
          json::rule("list")
              .one_of({"people", "lessons"})
              .doc("which one a body of text/csv is; else its headers tell"),
          json::rule("timezone").doc("of the lessons; else the tutor's"),
          json::rule("dry_run").defaulted().doc("only tell what would change")};
}

json::Rules rules(const PlannedChange*) {
  return {json::rule("line").omit_null(), json::rule("from").omit_null(), json::rule("to").omit_null(),
          json::rule("user_id").omit_null().integer_or_text()};
}

json::Rules rules(const ListsAnswer*) {
  return {json::rule("people").omit_null(), json::rule("lessons").omit_null()};
}

}  // namespace rb::notification
