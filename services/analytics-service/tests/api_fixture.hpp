#pragma once
// For tests: the whole service on a SQLite file in memory. The school: tutor 1 with student 2 and their
// mother 3; tutor 6 with student 5 and their father 7; admin 9; lesson 70 of tutor 1 with student 2.
#include "bus/embedded.hpp"
#include "db/open.hpp"
#include "runtime.hpp"
#include "service.hpp"
#include "testkit/api.hpp"
#include "tests/written.hpp"

namespace rb::analytics {

using testkit::Answered;

class ApiFixture : public testkit::ApiTest {
 protected:
  ApiFixture();
  ~ApiFixture() override;

  http::Api& api() override { return service_->api(); }
  static json::value event(const std::string& id, const std::string& type, json::object data);
  void tell(json::array events);  // new ones, and waits until they are in the log
  http::Response streamed(const std::string& target, const std::string& who = "admin 9");  // not yet written
  std::int64_t logged();  // events in the log

  metrics::Registry registry_;
  std::unique_ptr<db::Database> database_;
  std::unique_ptr<bus::EventBus> bus_;
  std::unique_ptr<cache::Cache> cache_ = cache::memory_cache(clock_, 16 << 20);
  std::unique_ptr<Service> service_;
};

}  // namespace rb::analytics
