#include "testkit/api.hpp"

#include "auth/jwt.hpp"
#include "base/strings.hpp"
#include "http/openapi.hpp"
#include "testkit/kept_json.hpp"

namespace rb::testkit {

Time ApiTest::start_of_time() {
  return std::chrono::sys_days(std::chrono::year(2026) / 3 / 2) + std::chrono::hours(12);
}

std::string ApiTest::token(const std::string& who) {
  auto parts = split(who, ' ');
  auth::Identity identity{
      parts.at(1), {auth::parse_role(parts.at(0)).value()}, {}, start_of_time() + std::chrono::hours(1)};
  return auth::make_token(identity, kSecret, start_of_time());
}

Answered ApiTest::ask(http::Method method, const std::string& target, const json::value& body,
                      const std::string& who) {
  http::Request request;
  request.method = method;
  request.target = target;
  if (!body.is_null()) {
    request.body = json::to_text(body);
    request.headers.set("Content-Type", "application/json");
  }
  if (!who.empty()) request.headers.set("Authorization", "Bearer " + token(who));
  return answer(std::move(request));
}

Answered ApiTest::answer(http::Request request) {
  auto question = request.target.find('?');
  request.path = request.target.substr(0, question);
  if (question != std::string::npos)
    request.query = http::parse_form(request.target.substr(question + 1)).value();
  request.remote = "127.0.0.1";
  auto response = wait(api().handle(request));
  Answered out{response.status, response.headers, response.body, nullptr};
  if (auto parsed = json::parse(response.body)) out.body = *parsed;
  return out;
}

std::string ApiTest::problems(const Answered& a) {
  EXPECT_EQ(a.status, 422) << a.text;
  std::string out;
  for (const auto& e : a.body.at("errors").as_array())
    out += std::string(e.at("field").as_string()) + " " + std::string(e.at("reason").as_string()) + "; ";
  return out;
}

void ApiTest::expect_kept_openapi(const std::string& path) {
  // As a reader of the text has it: 10.0 is 10 there.
  auto now = json::parse(json::to_text(http::openapi(api()))).value();
  auto document = kept_json(path, [&](const json::value&) { return now; });
  ASSERT_TRUE(document) << document.error().message;
  EXPECT_TRUE(*document == now) << "the API has changed: look at it, then run with RB_UPDATE_GOLDEN=1";
}

void ApiTest::until(const std::function<bool()>& done) {
  SystemClock real;
  auto deadline = real.now() + std::chrono::seconds(5);
  while (!done()) {
    ASSERT_LT(real.now(), deadline) << "never happened";
    wait(net::sleep_for(loop_, real, std::chrono::milliseconds(2)));
  }
}

}  // namespace rb::testkit
