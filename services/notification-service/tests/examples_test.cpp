// The answers that the document of the API shows are such as the service gives.
#include "testkit/examples.hpp"

#include "tests/calls.hpp"

namespace rb::notification {
namespace {

constexpr auto kKept = "services/notification-service/api/examples.json";

class Examples : public EveryEndpoint {
 protected:
  // By «METHOD /path», of the first caller who gets one.
  json::object given() {
    json::object out;
    auto all = calls();
    for (const auto& endpoint : api().endpoints())
      if (endpoint->tag_name == "service" || endpoint->path == "/outbox/letters")
        all.push_back({endpoint->method, endpoint->path, nullptr, {}});
    for (const auto& call : all) {
      const auto* endpoint = api().find(call.method, call.path());
      auto key = std::string(http::name(call.method)) + " " + endpoint->path;
      if (out.contains(key) || endpoint->path == "/openapi.json") continue;
      for (const auto& who : call.allowed.empty() ? std::vector<std::string>{""} : call.allowed) {
        auto answer = ask(call.method, call.target, call.body, who);
        if (answer.status >= 300 || (answer.body.is_null() && answer.text.empty())) continue;
        out[key] = testkit::shortened(answer.body.is_null() ? json::value(answer.text) : answer.body);
        break;
      }
    }
    return out;
  }
};

TEST_F(Examples, in_the_document_are_like_real_answers) { testkit::expect_kept_examples(kKept, given()); }

TEST_F(Examples, are_given_for_everything_that_is_sent) { testkit::expect_examples_everywhere(api()); }

}  // namespace
}  // namespace rb::notification
