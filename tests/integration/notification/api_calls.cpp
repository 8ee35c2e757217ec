#include "api_calls.hpp"

#include "auth/jwt.hpp"
#include "base/strings.hpp"

namespace rb::notification {

http::Request ApiCalls::request_of(http::Method method, const std::string& target, const std::string& who) {
  auto parts = split(who, ' ');
  auth::Identity identity{
      parts.at(1), {auth::parse_role(parts.at(0)).value()}, {}, clock_.now() + std::chrono::hours(1)};
  http::Request out;
  out.method = method;
  out.target = target;
  auto question = target.find('?');
  out.path = target.substr(0, question);
  if (question != std::string::npos) out.query = http::parse_form(target.substr(question + 1)).value();
  out.headers.set("Authorization",
                  "Bearer " + auth::make_token(identity, environment_.at("JWT_SECRET_KEY"), clock_.now()));
  return out;
}

http::Response ApiCalls::call(http::Method method, const std::string& target, const json::value& body,
                              const std::string& who) {
  auto request = request_of(method, target, who);
  if (!body.is_null()) {
    request.body = json::to_text(body);
    request.headers.set("Content-Type", "application/json");
  }
  return run(service_->api().handle(request));
}

}  // namespace rb::notification
