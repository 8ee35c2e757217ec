#pragma once
// The school's service called over its HTTP API, as admin, student …, without a socket.
#include "school.hpp"

namespace rb::notification {

class ApiCalls : public School {
 protected:
  // `who` is "admin 9", "student 2" …
  http::Request request_of(http::Method method, const std::string& target, const std::string& who);
  http::Response call(http::Method method, const std::string& target, const json::value& body,
                      const std::string& who);

  http::Response get(const std::string& target, const std::string& who) {
    return call(http::Method::get, target, nullptr, who);
  }
  http::Response post(const std::string& target, const json::value& body, const std::string& who) {
    return call(http::Method::post, target, body, who);
  }
  http::Response put(const std::string& target, const json::value& body, const std::string& who) {
    return call(http::Method::put, target, body, who);
  }
  http::Response patch(const std::string& target, const json::value& body, const std::string& who) {
    return call(http::Method::patch, target, body, who);
  }
};

}  // namespace rb::notification
