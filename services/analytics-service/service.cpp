#include "service.hpp"

#include "api/routes.hpp"
#include "http/standard.hpp"
#include "http/standard_settings.hpp"
#include "jobs/alerting.hpp"
#include "jobs/deriving.hpp"
#include "jobs/housekeeping.hpp"
#include "jobs/ingest.hpp"
#include "log/log.hpp"
#include "store/freshness.hpp"
#include "store/migrations.hpp"
#include "tools.hpp"

namespace rb::analytics {

namespace docs {  // embedded by the build from docs/
std::optional<std::string_view> file(std::string_view path);
}

db::Migrations migrations() {
  return db::embedded_migrations("analytics", migration_files::files(), &migration_files::file);
}

Service::Service(service::Deps deps)
    : registry_(deps.registry),
      event_metrics_(deps.registry, "analytics-service"),
      news_(deps.loop),
      runtime_(std::make_unique<Runtime>(
          Runtime{deps.loop, deps.clock, deps.database, deps.bus,
                  Rules{deps.settings.process.event_default_timezone, deps.jwt_secret,
                        deps.settings.notification.balance_low_lessons},
                  event_metrics_, news_, deps.cache})),
      ingest_(std::make_unique<Ingest>(*runtime_)),
      deriving_(std::make_unique<Deriving>(*runtime_)),
      alerting_(std::make_unique<Alerting>(*runtime_)),
      housekeeping_(std::make_unique<Housekeeping>(*runtime_, deps.registry)),
      jobs_(deps.loop) {
  add_api(deps);
}

Service::~Service() = default;

Task<std::unique_ptr<Service>> Service::create(service::Deps deps) {
  auto applied = co_await db::migrate(deps.database, migrations(), deps.clock);
  for (const auto& name : applied) log::info("database migrated", {{"migration", name}});
  if (co_await rebuild_if_needed(deps.database)) log::info("analytics counted anew");
  co_await begin_epoch(deps.database);
  std::unique_ptr<Service> service(new Service(std::move(deps)));
  auto* self = service.get();
  self->runtime_->bus.consume(event_queue(),
                              [self](bus::Batch batch) { return self->ingest_->consume(std::move(batch)); });
  co_return service;
}

void Service::add_api(const service::Deps& deps) {
  const auto& s = deps.settings;
  app_ = std::make_unique<App>(*runtime_, s, deps.jwt_secret, deps.registry);
  auto settings = http::standard_settings("analytics-service", s.process, registry_);
  settings.description = docs::file("metrics.md").value();
  settings.authenticate = [app = app_.get()](std::string_view token) { return app->authenticate(token); };
  settings.redeem_ticket = [app = app_.get()](std::string ticket) {
    return app->tickets().redeem(std::move(ticket));
  };
  api_ = std::make_unique<http::Api>(deps.clock, std::move(settings), &app_->idempotency());
  add_routes(*api_, *app_);
  http::add_standard_endpoints(*api_, {.checks = [this] { return app_->checks(); },
                                       .metrics = [this] { return registry_.text(); },
                                       .ready = [this] { return !stopped_; }});
  show_answers(*api_);
  server_ = std::make_unique<http::Server>(
      deps.loop, *api_, http::ServerSettings{.host = s.process.host, .port = s.process.analytics_port});
}

Result<void> Service::start() {
  if (auto listening = server_->start(); !listening)
    return fail(listening.error().code,
                listening.error().message + ": stop the other program or set ANALYTICS_PORT");
  jobs_.spawn("deriving", deriving_->run());
  jobs_.spawn("alerting", alerting_->run());
  jobs_.spawn("forgetting", housekeeping_->forget());
  jobs_.spawn("measuring", housekeeping_->measure());
  jobs_.spawn("counting people", housekeeping_->count_people());
  return {};
}

Task<> Service::stop() {
  if (std::exchange(stopped_, true)) co_return;
  co_await server_->stop(std::chrono::seconds(10));
  deriving_->stop();
  alerting_->stop();
  housekeeping_->stop();
  co_await jobs_.drained();
}

}  // namespace rb::analytics
