#include "webhook.hpp"

#include "base/ids.hpp"

namespace rb::bot {
namespace {

constexpr std::string_view kSecretHeader = "X-Telegram-Bot-Api-Secret-Token";

}  // namespace

Webhook::Webhook(const Surroundings& around, telegram::Webhook where)
    : Reader(around), where_(std::move(where)) {}

Task<> Webhook::run() {
  while (!stopping_.asked() && !bot_.introduced()) {
    auto done = co_await bot_.introduce(bot_.telegram(), where_);
    if (done) {
      bot_.answered();
    } else {
      co_await stopping_.pause(bot_.failed(done.error()));
    }
  }
}

std::string Webhook::path() const {
  auto host = where_.url.find("://") + 3;
  auto begin = where_.url.find('/', host);
  return begin == std::string::npos ? "/"
                                    : where_.url.substr(begin, where_.url.find_first_of("?#", begin) - begin);
}

Task<Result<http::Response>> Webhook::post(const http::Request& request) {
  if (!equal_in_constant_time(request.headers.get(kSecretHeader), where_.secret))
    co_return fail(Errc::unauthorized, "this is not a post of Telegram's");
  auto update = telegram::parse_update(request.body);
  if (!update) co_return fail(std::move(update.error()));
  // Who we are decides whom a command in a group is for.
  if (!bot_.introduced() || !co_await bot_.carry_out(std::move(*update)))
    co_return fail(Errc::unavailable, "the update cannot be carried out now");
  co_return http::Response{200, {}, {}, {}};
}

}  // namespace rb::bot
