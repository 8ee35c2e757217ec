#include "api/asking.hpp"

#include <algorithm>

#include "domain/zones.hpp"
#include "log/log.hpp"
#include "service/paging.hpp"
#include "store/facts.hpp"

namespace rb::analytics {
namespace {

// The zone that was asked for, else the tutor's, else the caller's own, else Moscow's.
Task<Result<Zone>> zone_for(App& app, const Viewer& viewer, const PeriodQuery& query, std::string tutor_id) {
  if (query.timezone) {
    auto zone = Zone::find(*query.timezone);
    if (!zone) co_return service::invalid_sentence("timezone", zone.error().message);
    co_return *zone;
  }
  std::vector<std::string> ids = {tutor_id, viewer.id};
  auto people = co_await people_by_ids(reading(app.runtime().database), ids);
  for (const auto& id : ids) {
    auto found = std::ranges::find(people, id, &Person::id);
    if (id.empty() || found == people.end() || found->timezone.empty()) continue;
    if (auto zone = Zone::find(found->timezone)) co_return *zone;
  }
  co_return school_zone();
}

Date today_in(const Zone& zone, Time now) {
  return std::chrono::floor<std::chrono::days>(zone.to_local(now));
}

void note_reading(const Viewer& viewer, const Question& asked, const http::Request& request) {
  if (viewer.role != Role::parent || !asked.student_ids) return;
  for (const auto& child : *asked.student_ids)
    log::info("a child's figures are read",
              {{"user_id", viewer.id}, {"student_id", child}, {"route", request.route}});
}

}  // namespace

Task<Result<Viewer>> viewer_of(App& app, const http::Caller& caller) {
  auto role = widest(caller.roles);
  if (!role) co_return fail(Errc::forbidden, "the token has no role that may see figures");
  Viewer out{caller.subject, *role, {}};
  if (*role != Role::parent) co_return out;
  out.children = caller.children;
  std::vector<std::string> ids = {caller.subject};
  for (auto& person : co_await people_by_ids(reading(app.runtime().database), std::move(ids)))
    for (auto& child : person.children_ids)
      if (std::ranges::find(out.children, child) == out.children.end())
        out.children.push_back(std::move(child));
  co_return out;
}

Task<Result<Narrowed>> narrow_for(App& app, const Viewer& viewer, Area area, Wanted wanted) {
  auto narrowed = narrow(area, viewer, wanted);
  if (!narrowed || viewer.role != Role::tutor || wanted.student_id.empty()) co_return narrowed;
  auto read = db::reading(app.runtime().database);
  if (!co_await is_student_of_tutor(read, wanted.student_id, viewer.id))
    co_return fail(Errc::forbidden, "you may see the figures of your own students only");
  co_return narrowed;
}

Task<Result<Question>> question_for(App& app, const Viewer& viewer, Area area, PeriodQuery query,
                                    int standard) {
  auto narrowed =
      co_await narrow_for(app, viewer, area, {query.tutor_id.value_or(""), query.student_id.value_or("")});
  if (!narrowed) co_return fail(std::move(narrowed.error()));
  auto zone = co_await zone_for(app, viewer, query, narrowed->tutor_id);
  if (!zone) co_return fail(std::move(zone.error()));
  Question out;
  out.now = app.runtime().clock.now();
  out.zone = *zone;
  auto days = days_asked(query, today_in(*zone, out.now), standard);
  if (!days) co_return fail(std::move(days.error()));
  out.first = days->first;
  out.last = days->last;
  out.tutor_id = std::move(narrowed->tutor_id);
  out.student_ids = std::move(narrowed->student_ids);
  out.subject = query.subject;
  out.currency = query.currency.value_or("");
  co_return out;
}

Task<Result<Asking>> ask(App& app, const http::Request& request, Area area, PeriodQuery query) {
  auto viewer = co_await viewer_of(app, request.who());
  if (!viewer) co_return fail(std::move(viewer.error()));
  bool compares = query.compare == "previous";
  auto asked = co_await question_for(app, *viewer, area, std::move(query));
  if (!asked) co_return fail(std::move(asked.error()));
  note_reading(*viewer, *asked, request);
  Asking out{std::move(*viewer), Scope(*asked), std::nullopt};
  if (compares) out.before.emplace(previous(*asked));
  co_return out;
}

}  // namespace rb::analytics
