#include "api/events.hpp"

#include "api/own_events.hpp"
#include "store/log.hpp"

namespace rb::analytics {

Task<Result<http::Reply<service::EventsAnswer>>> post_events(App& app, const http::Request& request,
                                                             json::value body) {
  auto& rt = app.runtime();
  auto now = rt.clock.now();
  auto in = service::read_events(std::move(body), now, rt.rules.event_zone, rt.event_metrics);
  if (!in) co_return fail(std::move(in.error()));
  if (auto own = co_await keep_own(rt, request.who(), *in); !own) co_return fail(std::move(own.error()));
  co_await service::accept(rt.database, tables(), rt.bus, *in, now);
  co_return service::answer_of(std::move(*in));
}

}  // namespace rb::analytics
