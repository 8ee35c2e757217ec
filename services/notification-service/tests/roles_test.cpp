// Every endpoint against every kind of caller: who gets through, who gets 403, and 401 without a token.
#include <set>

#include "tests/calls.hpp"

namespace rb::notification {
namespace {

class Roles : public EveryEndpoint {};

TEST_F(Roles, get_what_the_table_of_the_contract_gives_them) {
  for (const auto& call : calls()) {
    auto label = std::string(http::name(call.method)) + " " + call.target + " as ";
    auto nobody = ask(call.method, call.target, call.body, "").status;
    if (call.allowed.empty()) {
      EXPECT_NE(nobody, 401) << label << "nobody";
      continue;
    }
    EXPECT_EQ(nobody, 401) << label << "nobody";
    for (const auto& who : kCallers) {
      bool allowed = std::ranges::find(call.allowed, who) != call.allowed.end();
      auto answer = ask(call.method, call.target, call.body, who);
      EXPECT_EQ(answer.status != 403, allowed) << label << who << ": " << answer.text;
      EXPECT_LT(answer.status, 500) << label << who << ": " << answer.text;
    }
  }
}

TEST_F(Roles, table_knows_every_endpoint) {
  std::set<const http::Endpoint*> called;
  for (const auto& call : calls()) called.insert(api().find(call.method, call.path()));
  for (const auto& endpoint : api().endpoints()) {
    // The outbox page asks for this machine's own browser, not for roles.
    bool standard = endpoint->tag_name == "service" || endpoint->tag_name == "outbox" || endpoint->is_hidden;
    EXPECT_TRUE(standard || called.contains(endpoint.get()))
        << http::name(endpoint->method) << endpoint->path;
  }
}

}  // namespace
}  // namespace rb::notification
