#pragma once
// The whole notification-service as one object. Belongs to the loop's thread.
#include <array>
#include <functional>
#include <memory>

#include "api/app.hpp"
#include "channels/outbox.hpp"
#include "db/migrate.hpp"
#include "http/server.hpp"
#include "jobs/bot_name.hpp"
#include "jobs/bulk.hpp"
#include "jobs/deliver.hpp"
#include "jobs/housekeeping.hpp"
#include "jobs/ingest.hpp"
#include "jobs/instances.hpp"
#include "jobs/planned.hpp"
#include "jobs/recorder.hpp"
#include "jobs/recurring.hpp"
#include "runtime.hpp"
#include "service/deps.hpp"

namespace rb::notification {

// The tables of this service, for `repitbot migrate` and for the start.
db::Migrations migrations();

class Service {
 public:
  // Brings the tables up to date and registers the consumer. Throws Broken or Unavailable with one sentence.
  static Task<std::unique_ptr<Service>> create(service::Deps deps);
  ~Service();

  // Begins to deliver and to answer on the service's port; the bus must have been started in between.
  // Errc::unavailable: the port cannot be had.
  Result<void> start();
  // Ends what is under way; what is not done stays in the database.
  Task<> stop();

  unsigned short port() const { return server_->port(); }
  Runtime& runtime() { return runtime_; }

  // All that was due by then has been tried; once a second when nobody calls.
  Time done_until() const;
  http::Api& api() { return *api_; }  // for calls without a socket
  App& app() { return *app_; }

 private:
  explicit Service(service::Deps deps);
  void wake_deliveries();
  void add_senders(const service::Deps& deps);
  void add_api(const service::Deps& deps);

  metrics::EventMetrics event_metrics_;
  NotificationMetrics metrics_;
  service::Feed outbox_, inbox_;
  StoredTexts texts_;
  Runtime runtime_;
  Deliveries deliveries_;
  Ingest ingest_;
  Instances instances_;
  Leases leases_;
  Recorder recorder_;
  Planner planner_;
  Recurring recurring_;
  BulkSending bulk_;
  std::array<Duty*, 3> duties_ = {&recurring_, &bulk_, &planner_};
  std::unique_ptr<BotName> bot_name_;  // none without a bot
  net::TaskGroup jobs_;
  net::TaskGroup recording_;
  Housekeeping housekeeping_;
  bool stopped_ = false;
  metrics::Registry& registry_;
  std::unique_ptr<App> app_;
  std::unique_ptr<http::Api> api_;
  std::unique_ptr<http::Server> server_;
};

}  // namespace rb::notification
