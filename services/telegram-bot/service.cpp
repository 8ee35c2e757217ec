#include "service.hpp"

#include "http/standard_settings.hpp"
#include "log/log.hpp"
#include "telegram/settings.hpp"

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
  if (!settings_.telegram.token.empty()) {
    auto language = language_of(settings_.notification.default_language, Language::ru);
    poller_ = std::make_unique<Poller>(deps.loop, deps.clock, telegram::bot_settings(settings_),
                                       notifications_of(deps), language, deps.registry);
  }
  http::add_standard_endpoints(api_, {.checks = [this] { return checks(); },
                                      .metrics = [&registry = deps.registry] { return registry.text(); },
                                      .ready = [this] { return serving_; }});
}

Result<void> Service::start() {
  if (auto listening = server_.start(); !listening) return listening;
  serving_ = true;
  if (!poller_) {
    log::info("BOT_TOKEN is not set: nobody reads the bot's updates");
    return {};
  }
  if (!settings_.telegram.webhook_url.empty())
    log::warn("TELEGRAM_WEBHOOK_URL is not used: the bot asks Telegram for its updates");
  jobs_.spawn("poller", poller_->run());
  return {};
}

Task<> Service::stop() {
  if (!std::exchange(serving_, false)) co_return;
  if (poller_) poller_->stop();
  co_await jobs_.drained();
  co_await server_.stop(std::chrono::seconds(10));
}

Task<std::vector<http::Check>> Service::checks() {
  std::vector<http::Check> out;
  out.push_back(poller_ ? poller_->state() : http::Check{.name = "telegram", .state = "not configured"});
  bool lives = co_await notifications_.lives();
  out.push_back({"notification-service", lives, false, lives ? "ok" : "not reachable"});
  co_return out;
}

}  // namespace rb::bot
