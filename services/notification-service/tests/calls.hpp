#pragma once
// For tests: one good call of every endpoint, and who may make it.
#include "tests/api_fixture.hpp"

namespace rb::notification {

struct Call {
  http::Method method;
  std::string target;
  json::value body;
  std::vector<std::string> allowed;  // the others get 403; empty: open to all, also without a token

  std::string path() const { return target.substr(0, target.find('?')); }
};

class EveryEndpoint : public ApiFixture {
 protected:
  std::vector<Call> calls();
  static const std::vector<std::string> kCallers;

 private:
  std::string with_file(const std::string& user);  // the id of a message to somebody that has a file
  std::string schedule();                          // planned by the tutor for the student
  std::string bulk(const std::string& then = "");  // sent by the tutor
};

}  // namespace rb::notification
