#include "api/routes.hpp"

#include "api/events.hpp"
#include "api/outbox.hpp"

namespace rb::notification {

void add_routes(http::Api& api, App& app) {
  api.provide(app);
  api.add(http::post("/api/v1/events", &post_events)
              .roles({"admin", "service"})
              .summary("Take one event or up to 1,000")
              .tag("events")
              .status(202)
              .body_limit(8 << 20)
              .accepts("application/json")
              .accepts("application/cloudevents+json")
              .accepts("application/cloudevents-batch+json")
              .errors({Errc::too_large, Errc::invalid}));
  add_outbox(api, app);
}

}  // namespace rb::notification
