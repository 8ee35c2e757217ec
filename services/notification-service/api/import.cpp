#include "api/import.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "api/import_answer.hpp"
#include "api/rights.hpp"
#include "base/strings.hpp"
#include "domain/lists/lesson_changes.hpp"
#include "domain/lists/lists.hpp"
#include "log/log.hpp"
#include "service/accepted_events.hpp"
#include "store/events.hpp"
#include "store/imports.hpp"
#include "store/people.hpp"
#include "store/tables.hpp"

namespace rb::notification {
namespace {

lists::Permission permission_of(const http::Caller& who) {
  return {[&who](const Person& before, const PersonPatch& patch, const Directory& directory) {
            return may_patch(who, before, patch, directory);
          },
          [&who](const events::Event& event, const Lesson* lesson, const Directory& directory) {
            return foreign(who, event, lesson, directory);
          }};
}

// One import, from the checked rows to what it comes to.
struct Import {
  const http::Caller& who;
  lists::Lists rows;
  lists::Options options;
  lists::Known known = {};
  lists::PeopleChanges people = {};
  lists::LessonChanges lessons = {};
  lists::Problems problems = {};

  const std::vector<lists::PersonRow>& person_rows() const {
    static const std::vector<lists::PersonRow> none;
    return rows.people ? *rows.people : none;
  }
  const std::vector<lists::LessonRow>& lesson_rows() const {
    static const std::vector<lists::LessonRow> none;
    return rows.lessons ? *rows.lessons : none;
  }
};

Task<> load_people_known(db::Transaction& tx, Runtime& rt, Import& work) {
  auto& known = work.known;
  known.now = rt.clock.now();
  known.people = co_await imported_people(reading(tx), lists::row_keys(work.person_rows()));
  auto ids = lists::possible_ids(work.person_rows(), work.lesson_rows());
  for (const auto& [key, one] : known.people) ids.insert(one.user_id);
  for (auto& id : co_await erased_ids(reading(tx), rt.rules.secret, as_list(ids)))
    known.erased.insert(std::move(id));
  auto all = co_await all_people(reading(tx));
  known.directory = co_await load_people(reading(tx), all, false);
  for (auto& id : all)
    if (may(work.who, Action::contact, known.directory.at(id), known.directory))
      known.visible.insert(std::move(id));
}

Task<> load_lessons_known(db::Transaction& tx, const lists::Wishes& wishes, lists::Known& known) {
  auto ids = wishes.possible_ids();
  known.lessons = co_await imported_lessons(reading(tx), known.now, as_list(ids));
  for (const auto& [id, lesson] : known.lessons) ids.insert(id);
  known.facts = co_await load_lessons(reading(tx), as_list(ids));
}

Task<> plan(db::Transaction& tx, Runtime& rt, Import& work) {
  work.known = {};  // the body of a transaction may run again
  work.problems.clear();
  co_await load_people_known(tx, rt, work);
  work.people = lists::plan_people(work.person_rows(), work.known, work.options, work.problems);
  auto wishes = lists::read_wishes(work.lesson_rows(), work.people, work.known, work.options, work.problems);
  co_await load_lessons_known(tx, wishes, work.known);
  work.lessons = lists::plan_lessons(wishes, work.people, work.known, work.options, work.problems);
}

// People are in the directory before their lessons' events are taken by whichever instance.
Task<> apply(db::Transaction& tx, Runtime& rt, const Import& work) {
  save_people(tx, work.people.directory, as_list(work.people.changed_people), work.known.now);
  remember_people(tx, work.people.remember);
  remember_lessons(tx, work.lessons.remember);
  auto events = work.people.events;
  events.insert(events.end(), work.lessons.events.begin(), work.lessons.events.end());
  if (!events.empty()) co_await service::accept(tx, tables(), rt.bus, events, rt.clock.now());
}

std::vector<lists::Given> given_of(const ListsRequest& in, const http::Request& request) {
  std::vector<lists::Given> out;
  if (ascii_lower(request.headers.get("Content-Type")).starts_with("text/csv"))
    out.push_back({in.list ? lists::parse_kind(*in.list) : std::nullopt, request.body});
  if (in.people) out.push_back({lists::Kind::people, *in.people});
  if (in.lessons) out.push_back({lists::Kind::lessons, *in.lessons});
  return out;
}

Result<lists::Options> options_of(const ListsRequest& in, const http::Caller& who, const Runtime& rt) {
  lists::Options out;
  out.fallback = rt.rules.event_zone;
  if (in.timezone) {
    auto zone = Zone::find(*in.timezone);
    if (!zone)
      return fail(Error{Errc::invalid, "timezone: is not a time zone", {{"timezone", "is not a time zone"}}});
    out.zone = *zone;
  }
  if (!is_staff(who)) out.own_tutor = who.subject;
  out.permission = permission_of(who);
  return out;
}

}  // namespace

Task<Result<ListsAnswer>> import_lists(App& app, const http::Request& request, ListsRequest in) {
  auto& rt = app.runtime();
  auto options = options_of(in, request.who(), rt);
  if (!options) co_return fail(std::move(options.error()));
  auto given = given_of(in, request);
  if (given.empty())
    co_return fail(
        Error{Errc::invalid,
              "a list is needed",
              {{"people", "this or lessons is required"}, {"lessons", "this or people is required"}}});
  lists::Problems problems;
  auto rows = lists::read_lists(given, rt.clock.now(), problems);
  if (!problems.empty()) co_return fail(error_of(problems));

  Import work{request.who(), std::move(rows), std::move(*options)};
  co_await rt.database.transaction([&rt, &work, &in](db::Transaction& tx) -> Task<> {
    co_await begin_import(tx, rt.clock.now());
    co_await plan(tx, rt, work);
    if (work.problems.empty() && !in.dry_run) co_await apply(tx, rt, work);
  });
  if (!work.problems.empty()) co_return fail(error_of(work.problems));
  auto answer = answer_of(work.rows, work.people, work.lessons);
  answer.dry_run = in.dry_run;
  if (!in.dry_run) {
    rt.bus.flush();
    log::info("lists imported", {{"events", work.people.events.size() + work.lessons.events.size()},
                                 {"caller", request.who().subject}});
  }
  co_return answer;
}

}  // namespace rb::notification
