#pragma once
// For tests: a service's API called without sockets, by people of all kinds. The clock stands still.
#include <gmock/gmock.h>

#include "http/api.hpp"
#include "net/loop.hpp"

namespace rb::testkit {

struct Answered {
  int status = 0;
  http::Headers headers;
  std::string text;
  json::value body;  // null when it is not JSON
};

class ApiTest : public testing::Test {
 protected:
  static constexpr const char* kSecret = "a-secret-of-the-tests-with-enough-bytes";
  static Time start_of_time();  // noon of Monday, 2 March 2026

  virtual http::Api& api() = 0;

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

  // Whether the kept OpenAPI document at `path` is that of the service. RB_UPDATE_GOLDEN=1 in the environment
  // writes it anew.
  void expect_kept_openapi(const std::string& path);

  void until(const std::function<bool()>& done);  // within five seconds

  template <class T>
  T wait(Task<T> task) {
    return loop_.run_until(std::move(task));
  }

  ManualClock clock_{start_of_time()};
  net::Loop loop_{
      [](const std::string& task, const std::string& what) { ADD_FAILURE() << task << ": " << what; }};
};

}  // namespace rb::testkit
