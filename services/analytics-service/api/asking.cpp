#include "api/asking.hpp"

#include <algorithm>
#include <array>

#include "domain/zones.hpp"
#include "log/log.hpp"
#include "service/paging.hpp"

namespace rb::analytics {
namespace {

constexpr int kMostTries = 3;

Task<Result<Viewer>> viewer_of(Directory& directory, const http::Caller& caller) {
  auto role = widest(caller.roles);
  if (!role) co_return fail(Errc::forbidden, "the token has no role that may see figures");
  Viewer out{caller.subject, *role, {}};
  if (*role != Role::parent) co_return out;
  out.children = caller.children;
  if (auto person = co_await directory.person(caller.subject))
    for (auto& child : person->children_ids)
      if (std::ranges::find(out.children, child) == out.children.end())
        out.children.push_back(std::move(child));
  co_return out;
}

// As narrow(); besides, a tutor may name only own students.
Task<Result<Narrowed>> narrow_for(App& app, const Viewer& viewer, Area area, Wanted wanted) {
  auto narrowed = narrow(area, viewer, wanted);
  if (!narrowed || viewer.role != Role::tutor || wanted.student_id.empty()) co_return narrowed;
  auto read = db::reading(app.runtime().database);
  if (!co_await is_student_of_tutor(read, wanted.student_id, viewer.id))
    co_return fail(Errc::forbidden, "you may see the figures of your own students only");
  co_return narrowed;
}

// The zone that was asked for, else the tutor's, else the caller's own, else Moscow's.
Task<Result<Zone>> zone_for(Directory& directory, const Viewer& viewer, const PeriodQuery& query,
                            std::string tutor_id) {
  if (query.timezone) {
    auto zone = Zone::find(*query.timezone);
    if (!zone) co_return service::invalid_sentence("timezone", zone.error().message);
    co_return *zone;
  }
  const std::array ids = {std::move(tutor_id), viewer.id};
  for (const auto& id : ids) {
    auto person = co_await directory.person(id);
    if (!person || person->timezone.empty()) continue;
    if (auto zone = Zone::find(person->timezone)) co_return *zone;
  }
  co_return school_zone();
}

Date today_in(const Zone& zone, Time now) {
  return std::chrono::floor<std::chrono::days>(zone.to_local(now));
}

Task<Result<Question>> question_for(App& app, const Viewer& viewer, Area area, PeriodQuery query) {
  auto narrowed =
      co_await narrow_for(app, viewer, area, {query.tutor_id.value_or(""), query.student_id.value_or("")});
  if (!narrowed) co_return fail(std::move(narrowed.error()));
  auto zone = co_await zone_for(app.directory(), viewer, query, narrowed->tutor_id);
  if (!zone) co_return fail(std::move(zone.error()));
  Question out;
  out.now = app.runtime().clock.now();
  out.zone = *zone;
  auto days = days_asked(query, today_in(*zone, out.now));
  if (!days) co_return fail(std::move(days.error()));
  out.first = days->first;
  out.last = days->last;
  out.tutor_id = std::move(narrowed->tutor_id);
  out.student_ids = std::move(narrowed->student_ids);
  out.subject = query.subject;
  out.currency = currency_code(query.currency.value_or(""));
  co_return out;
}

Task<Result<Asking>> as_remembered(App& app, const http::Caller& caller, Area area, PeriodQuery query) {
  auto viewer = co_await viewer_of(app.directory(), caller);
  if (!viewer) co_return fail(std::move(viewer.error()));
  bool compares = query.compare == "previous";
  auto asked = co_await question_for(app, *viewer, area, std::move(query));
  if (!asked) co_return fail(std::move(asked.error()));
  Asking out{std::move(*viewer), Scope(*asked), std::nullopt, {}, app.directory()};
  if (compares) out.before.emplace(previous(*asked));
  co_return out;
}

// Whose changes may change the answer.
Scopes scopes_of(const Asking& asking, Reads reads) {
  const auto& asked = asking.scope.asked;
  Scopes out;
  if (asking.viewer.role == Role::parent) out.emplace("student", asking.viewer.id);  // as who pays
  if (asked.student_ids && reads != Reads::school) {
    for (const auto& id : *asked.student_ids) out.emplace("student", id);
  } else if (!asked.tutor_id.empty() && reads == Reads::asked) {
    out.emplace("tutor", asked.tutor_id);
  } else {
    out.emplace("school", "");
  }
  return out;
}

}  // namespace

// People are taken as they are remembered. The one statement that reads the versions says whether that was
// right.
Task<Result<Asking>> resolve(App& app, const http::Request& request, Area area, PeriodQuery query,
                             Reads reads) {
  auto& directory = app.directory();
  for (int tries = 1;; ++tries) {
    auto known = directory.version();
    auto asking = co_await as_remembered(app, request.who(), area, query);
    auto scopes = asking ? scopes_of(*asking, reads) : Scopes();
    auto fresh = co_await freshness(db::reading(app.runtime().database), std::move(scopes));
    directory.learn(fresh.directory);
    if (fresh.directory != known && tries < kMostTries) continue;
    if (!asking) co_return fail(std::move(asking.error()));
    asking->fresh = fresh;
    co_return std::move(*asking);
  }
}

void note_reading(const Asking& asking, const http::Request& request) {
  const auto& asked = asking.scope.asked;
  if (asking.viewer.role != Role::parent || !asked.student_ids) return;
  for (const auto& child : *asked.student_ids)
    log::info("a child's figures are read",
              {{"user_id", asking.viewer.id}, {"student_id", child}, {"route", request.route}});
}

Task<Result<Asking>> ask(App& app, const http::Request& request, Area area, PeriodQuery query, Reads reads) {
  auto asking = co_await resolve(app, request, area, std::move(query), reads);
  if (asking) note_reading(*asking, request);
  co_return asking;
}

}  // namespace rb::analytics
