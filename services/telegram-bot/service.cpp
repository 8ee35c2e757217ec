#include "service.hpp"

#include "base/ids.hpp"
#include "base/strings.hpp"
#include "http/standard_settings.hpp"
#include "log/log.hpp"
#include "poller.hpp"
#include "telegram/settings.hpp"
#include "webhook.hpp"

namespace rb::bot {
namespace {

NotificationsSettings notifications_of(const Deps& deps) {
  const auto& process = deps.settings.process;
  return {.url = process.notification_url, .jwt_secret = deps.jwt_secret, .ca_file = process.tls_ca_file};
}

http::ServerSettings server_of(const config::ProcessSettings& process) {
  return {.host = process.host, .port = process.bot_port};
}

}  // namespace

Service::Service(Deps deps)
    : settings_(deps.settings),
      http_(deps.loop),
      notifications_(http_, deps.clock, notifications_of(deps)),
      jobs_(deps.loop),
      api_(deps.clock, http::standard_settings("telegram-bot", settings_.process, deps.registry)),
      server_(deps.loop, api_, server_of(settings_.process)) {
  if (!settings_.telegram.token.empty()) add_reader(deps);
  http::add_standard_endpoints(api_, {.checks = [this] { return checks(); },
                                      .metrics = [&registry = deps.registry] { return registry.text(); },
                                      .ready = [this] { return serving_; }});
}

void Service::add_reader(const Deps& deps) {
  const auto& telegram = settings_.telegram;
  Surroundings around{.loop = deps.loop,
                      .clock = deps.clock,
                      .registry = deps.registry,
                      .bot = telegram::bot_settings(settings_),
                      .notifications = notifications_of(deps),
                      .language = language_of(settings_.notification.default_language, Language::ru)};
  if (telegram.webhook_url.empty()) {
    reader_ = std::make_unique<Poller>(around);
    return;
  }
  auto secret = telegram.webhook_secret;
  if (secret.empty())
    secret = hex(hmac_sha256(deps.jwt_secret, "telegram webhook"));  // the same in every instance
  auto webhook = std::make_unique<Webhook>(around, telegram::Webhook{telegram.webhook_url, secret});
  api_.add(http::post(webhook->path(),
                      [hook = webhook.get()](const http::Request& request) { return hook->post(request); })
               .summary("Updates, posted by Telegram")
               .hidden()
               .unlimited());
  reader_ = std::move(webhook);
}

Result<void> Service::start() {
  if (auto listening = server_.start(); !listening)
    return fail(listening.error().code,
                listening.error().message + ": stop the other program or set BOT_PORT");
  serving_ = true;
  if (!reader_) {
    log::info("BOT_TOKEN is not set: nobody reads the bot's updates");
    return {};
  }
  jobs_.spawn("updates", reader_->run());
  return {};
}

Task<> Service::stop() {
  if (!std::exchange(serving_, false)) co_return;
  if (reader_) reader_->stop();
  co_await jobs_.drained();
  co_await server_.stop(std::chrono::seconds(10));
}

Task<std::vector<http::Check>> Service::checks() {
  std::vector<http::Check> out;
  out.push_back(reader_ ? reader_->state() : http::Check{.name = "telegram", .state = "not configured"});
  bool lives = co_await notifications_.lives();
  out.push_back({"notification-service", lives, false, lives ? "ok" : "not reachable"});
  co_return out;
}

}  // namespace rb::bot
