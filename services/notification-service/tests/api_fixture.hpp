#pragma once
// For tests: the whole service on a SQLite file in memory, called without sockets. Nothing is delivered; the
// clock stands still. The school: tutor 1 with student 2 and their mother 3; tutor 6 with student 5 and their
// father 7; admin 9.
#include <gmock/gmock.h>

#include "bus/embedded.hpp"
#include "db/open.hpp"
#include "service.hpp"
#include "store/messages.hpp"
#include "store/people.hpp"

namespace rb::notification {

struct Answered {
  int status = 0;
  http::Headers headers;
  std::string text;
  json::value body;  // null when it is not JSON
};

class ApiFixture : public testing::Test {
 protected:
  ApiFixture();
  ~ApiFixture() override;

  // `who` is "admin 9", "tutor 1" …, or "" for nobody.
  Answered ask(http::Method method, const std::string& target, const json::value& body = nullptr,
               const std::string& who = "admin 9");
  Answered get(const std::string& target, const std::string& who = "admin 9") {
    return ask(http::Method::get, target, nullptr, who);
  }
  Answered post(const std::string& target, const json::value& body, const std::string& who = "admin 9") {
    return ask(http::Method::post, target, body, who);
  }
  Answered put(const std::string& target, const json::value& body, const std::string& who = "admin 9") {
    return ask(http::Method::put, target, body, who);
  }
  Answered answer(http::Request request);
  static std::string token(const std::string& who);
  static std::string problems(const Answered& a);  // of a 422: "field reason; " of each

  // The id of a message of this type that was written for somebody at this moment.
  std::string message_for(const std::string& user, const std::string& type);
  Person person(const std::string& id);
  std::vector<Message> messages_of_user(const std::string& user);
  void until(const std::function<bool()>& done);  // within five seconds

  template <class T>
  T wait(Task<T> task) {
    return loop_.run_until(std::move(task));
  }
  void in_transaction(std::function<void(db::Transaction&)> body);

  Runtime& runtime() { return service_->runtime(); }
  http::Api& api() { return service_->api(); }

  ManualClock clock_;
  net::Loop loop_{
      [](const std::string& task, const std::string& what) { ADD_FAILURE() << task << ": " << what; }};
  metrics::Registry registry_;
  std::unique_ptr<db::Database> database_;
  std::unique_ptr<bus::EventBus> bus_;
  std::unique_ptr<Service> service_;
};

}  // namespace rb::notification
