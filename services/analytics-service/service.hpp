#pragma once
// The whole analytics-service as one object. What differs between the one-program and the distributed form is
// only what is handed to create(). Belongs to the loop's thread.
#include <memory>

#include "bus/event_bus.hpp"
#include "cache/cache.hpp"
#include "config/settings.hpp"
#include "db/migrate.hpp"
#include "http/server.hpp"
#include "metrics/standard.hpp"
#include "service/feed.hpp"

namespace rb::analytics {

class Alerting;
class App;
class Deriving;
class Housekeeping;
class Ingest;
struct Runtime;

struct Deps {
  net::Loop& loop;
  const Clock& clock;
  db::Database& database;
  bus::EventBus& bus;  // not started yet
  metrics::Registry& registry;
  config::AppSettings settings;
  std::string jwt_secret;         // also keys tombstones
  cache::Cache* cache = nullptr;  // none: tests without one
};

// The tables of this service, for `repitbot migrate` and for the start.
db::Migrations migrations();

class Service {
 public:
  // Brings the tables up to date and registers the consumer. Throws Broken or Unavailable with one sentence.
  static Task<std::unique_ptr<Service>> create(Deps deps);
  ~Service();

  // Begins to answer on the service's port. Errc::unavailable: the port cannot be had.
  Result<void> start();
  // Ends what is under way; what is not done stays in the database.
  Task<> stop();

  unsigned short port() const { return server_->port(); }
  http::Api& api() { return *api_; }  // for calls without a socket
  Runtime& runtime() { return *runtime_; }

 private:
  explicit Service(Deps deps);
  void add_api(const Deps& deps);

  metrics::Registry& registry_;
  metrics::EventMetrics event_metrics_;
  service::Feed news_;
  std::unique_ptr<Runtime> runtime_;
  std::unique_ptr<Ingest> ingest_;
  std::unique_ptr<Deriving> deriving_;
  std::unique_ptr<Alerting> alerting_;
  std::unique_ptr<Housekeeping> housekeeping_;
  net::TaskGroup jobs_;
  bool stopped_ = false;
  std::unique_ptr<App> app_;
  std::unique_ptr<http::Api> api_;
  std::unique_ptr<http::Server> server_;
};

}  // namespace rb::analytics
