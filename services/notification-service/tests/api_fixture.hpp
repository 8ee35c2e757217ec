#pragma once
// For tests: the whole service on a SQLite file in memory, called without sockets. Nothing is delivered; the
// clock stands still. The school: tutor 1 with student 2 and their mother 3; tutor 6 with student 5 and their
// father 7; admin 9.
#include "bus/embedded.hpp"
#include "db/open.hpp"
#include "service.hpp"
#include "store/messages.hpp"
#include "store/people.hpp"
#include "testkit/api.hpp"

namespace rb::notification {

using testkit::Answered;

class ApiFixture : public testkit::ApiTest {
 protected:
  ApiFixture();
  ~ApiFixture() override;

  // The id of a message of this type that was written for somebody at this moment.
  std::string message_for(const std::string& user, const std::string& type);
  Person person(const std::string& id);
  std::vector<Message> messages_of_user(const std::string& user);

  void in_transaction(std::function<void(db::Transaction&)> body);

  Runtime& runtime() { return service_->runtime(); }
  http::Api& api() override { return service_->api(); }

  metrics::Registry registry_;
  std::unique_ptr<db::Database> database_;
  std::unique_ptr<bus::EventBus> bus_;
  std::unique_ptr<Service> service_;
};

}  // namespace rb::notification
