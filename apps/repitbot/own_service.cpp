#include "own_service.hpp"

#include <fmt/format.h>

#include "auth/jwt.hpp"

namespace rb::app {
namespace {

constexpr auto kTokenLife = std::chrono::hours(24);  // a demo calls for as long as it runs
constexpr auto kDeadline = std::chrono::seconds(60);

std::string own_token(const config::AppSettings& settings) {
  auto now = SystemClock().now();
  return auth::make_token({"repitbot", {auth::Role::admin}, {}, now + kTokenLife},
                          config::jwt_secret(settings), now);
}

std::string detail_of(const json::value& body) {
  const auto* object = body.if_object();
  const auto* detail = object != nullptr ? object->if_contains("detail") : nullptr;
  return detail != nullptr && detail->is_string() ? std::string(detail->get_string()) : std::string();
}

}  // namespace

OwnService::OwnService(net::Loop& loop, const config::AppSettings& settings, std::string url)
    : client_(loop),
      url_(std::move(url)),
      token_(own_token(settings)),
      ca_file_(settings.process.tls_ca_file) {
  if (url_.empty()) url_ = settings.process.notification_url;
  while (url_.ends_with('/')) url_.pop_back();
}

Task<Result<OwnService::Answer>> OwnService::call(http::Method method, std::string path, json::value body) {
  http::ClientRequest request;
  request.method = method;
  request.url = url_ + path;
  request.headers = {{"Authorization", "Bearer " + token_}, {"Content-Type", "application/json"}};
  request.body = json::to_text(body);
  request.deadline = kDeadline;
  request.ca_file = ca_file_;
  auto response = co_await client_.send(std::move(request));
  if (!response && response.error().code == Errc::unavailable)
    co_return fail(Errc::unavailable,
                   fmt::format("{} не отвечает: сначала запустите `repitbot serve` · nothing answers there: "
                               "start `repitbot serve` first",
                               url_));
  if (!response) co_return fail(std::move(response.error()));
  auto read = json::parse(response->body);
  Answer answer{response->status, read ? std::move(*read) : json::value()};
  if (answer.status == 401 || answer.status == 403)
    co_return fail(
        Errc::forbidden,
        fmt::format("{} не принимает наш токен: у сервиса другой JWT_SECRET_KEY? · the service does "
                    "not accept our token: is its JWT_SECRET_KEY another one? ({})",
                    url_, detail_of(answer.body)));
  if (answer.status >= 500 || !read)
    co_return fail(Errc::unavailable, fmt::format("{}: {} {}", url_, answer.status, detail_of(answer.body)));
  co_return answer;
}

}  // namespace rb::app
