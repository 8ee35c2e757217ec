#pragma once
// A notification-service in this process with a small school in it: the same behaviour suite runs on SQLite
// with the embedded bus and on PostgreSQL with RabbitMQ, against a strict Bot API server. Time is moved by
// hand.
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>

#include "service.hpp"
#include "service/backends.hpp"
#include "testkit/botapi.hpp"

namespace rb::notification {

class School : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override;
  void TearDown() override;

  bool embedded() const { return GetParam() == "embedded"; }

  void start();  // on the database and the broker of this test
  virtual db::Database& database() { return *backends_.database; }  // as the service has it
  void stop();                                                      // as SIGTERM would
  void restart() {
    stop();
    start();
  }

  // Publishes an event as another service would, and waits until it has been taken.
  void happens(const std::string& type, const std::string& data, const std::string& id = "");
  void publish_raw(const std::string& routing_key, const std::string& body);

  double events_taken() const;  // by the service since its start, whatever became of them

  // Runs the loop until `done` holds; fails the test when it does not within ten seconds.
  void until(const std::function<bool()>& done, const char* what);

  std::vector<Message> messages_of_user(const std::string& user);
  Message only_message(const std::string& user);      // of the newest event's type
  std::vector<std::string> texts(std::int64_t chat);  // what Telegram got for a chat
  void wait_for_message(const std::string& user, const std::function<bool(const Message&)>& fits);
  void wait_for_status(const std::string& user, const std::string& status);  // of the newest event's type
  void advance(Micros by) { clock_.advance(by); }

  // Until everything that is due now has been tried: what has not come then does not come.
  void settle();

  template <class T>
  T run(Task<T> task) {
    return loop_.run_until(std::move(task));
  }

  static inline testkit::BotApi* bot_ = nullptr;
  ManualClock clock_{Time(std::chrono::hours(24 * 365 * 56))};
  net::Loop loop_{
      [](const std::string& task, const std::string& what) { ADD_FAILURE() << task << ": " << what; }};
  std::map<std::string, std::string> environment_;
  std::unique_ptr<metrics::Registry> registry_;
  service::Backends backends_;
  std::unique_ptr<Service> service_;
  unsigned short port_ = 0;  // any free one, then the same
  std::filesystem::path folder_;
  int events_ = 0;
  std::string newest_type_;
};

// The chat of a person of the school.
inline std::int64_t chat_of(int person) { return 500000000 + person; }

}  // namespace rb::notification
