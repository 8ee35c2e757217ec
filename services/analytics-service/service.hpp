#pragma once
// The whole analytics-service as one object. Belongs to the loop's thread.
#include <memory>

#include "db/migrate.hpp"
#include "http/server.hpp"
#include "metrics/standard.hpp"
#include "service/deps.hpp"
#include "service/feed.hpp"

namespace rb::analytics {

class Alerting;
class App;
class Deriving;
class Housekeeping;
class Ingest;
struct Runtime;

// The tables of this service, for `repitbot migrate` and for the start.
db::Migrations migrations();

class Service {
 public:
  // Brings the tables up to date and registers the consumer. Throws Broken or Unavailable with one sentence.
  static Task<std::unique_ptr<Service>> create(service::Deps deps);
  ~Service();

  // Begins to answer on the service's port. Errc::unavailable: the port cannot be had.
  Result<void> start();
  // Ends what is under way; what is not done stays in the database.
  Task<> stop();

  unsigned short port() const { return server_->port(); }
  http::Api& api() { return *api_; }  // for calls without a socket
  Runtime& runtime() { return *runtime_; }

 private:
  explicit Service(service::Deps deps);
  void add_api(const service::Deps& deps);

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
