#include "api/events.hpp"

#include "api/rights.hpp"
#include "domain/intake.hpp"
#include "store/events.hpp"
#include "store/people.hpp"
#include "store/tables.hpp"

namespace rb::notification {
namespace {

Task<Result<void>> keep_own(Runtime& rt, const http::Caller& who, service::IncomingEvents& in) {
  if (is_staff(who)) co_return Result<void>();
  auto needs = wanted(in.events);
  auto lessons = co_await load_lessons(reading(rt.database), {needs.lessons.begin(), needs.lessons.end()});
  for (const auto& [id, lesson] : lessons)
    for (const auto& [student, takes_part] : lesson.students) needs.people.insert(student);
  auto directory =
      co_await load_people(reading(rt.database), {needs.people.begin(), needs.people.end()}, true);
  co_return service::keep_own(in, [&](const events::Event& event) {
    auto lesson = lessons.find(event.text("lesson_id"));
    return foreign(who, event, lesson == lessons.end() ? nullptr : &lesson->second, directory);
  });
}

}  // namespace

Task<Result<http::Reply<service::EventsAnswer>>> post_events(App& app, const http::Request& request,
                                                             json::value body) {
  auto& rt = app.runtime();
  auto in = service::read_events(std::move(body), rt.clock.now(), rt.rules.event_zone, rt.event_metrics);
  if (!in) co_return fail(std::move(in.error()));
  if (auto own = co_await keep_own(rt, request.who(), *in); !own) co_return fail(std::move(own.error()));
  co_await service::accept(rt.database, tables(), rt.bus, *in, rt.clock.now());
  co_return service::answer_of(std::move(*in));
}

}  // namespace rb::notification
