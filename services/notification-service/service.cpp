#include "service.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>

#include "api/routes.hpp"
#include "base/ids.hpp"
#include "base/strings.hpp"
#include "channels/email.hpp"
#include "channels/inbox.hpp"
#include "channels/telegram.hpp"
#include "channels/webhook.hpp"
#include "http/standard.hpp"
#include "http/standard_settings.hpp"
#include "log/log.hpp"
#include "store/inbox.hpp"
#include "store/letters.hpp"
#include "store/migrations.hpp"
#include "store/templates.hpp"
#include "telegram/settings.hpp"
#include "templates/renderer.hpp"

namespace rb::notification {
namespace {

bus::QueueSpec event_queue() {
  return {.name = "notification.events",
          .binding_keys = {"lesson.#", "homework.#", "payment.#", "balance.#", "material.#", "user.#",
                           "consent.#", "achievement.#", "student.#", "system.#", "analytics.alert",
                           "report.generated"}};
}

std::string worker_name() {
  std::array<char, 256> host{};
  gethostname(host.data(), host.size() - 1);
  return std::string(host.data()) + ":" + std::to_string(getpid()) + ":" + hex(random_bytes(4));
}

Rules rules_of(const service::Deps& deps) {
  const auto& s = deps.settings;
  Rules rules;
  rules.retry.attempts = s.notification.retry_attempts;
  rules.retry.backoff.first = s.notification.retry_delay;
  rules.telegram = {.per_second = s.telegram.messages_per_second,
                    .chat_burst = static_cast<double>(s.telegram.chat_burst)};
  rules.lease = s.notification.lease;
  rules.event_zone = s.process.event_default_timezone;
  rules.only_worker = !s.database.postgres && !s.bus.rabbitmq;
  rules.secret = deps.jwt_secret;
  rules.public_url = s.process.public_url;
  return rules;
}

// Links signed before the secret was changed go on working.
std::vector<std::string> secrets_of(const service::Deps& deps) {
  std::vector<std::string> out = {deps.jwt_secret};
  out.insert(out.end(), deps.settings.jwt.previous.begin(), deps.settings.jwt.previous.end());
  return out;
}

Task<> keep_letter(Runtime& rt, Channel channel, Letter letter) {
  KeptLetter kept;
  kept.id = rt.new_id();
  kept.message_id = std::move(letter.message_id);
  kept.to.user_id = std::move(letter.user_id);
  kept.channel = channel;
  kept.address = std::move(letter.to);
  kept.subject = std::move(letter.subject);
  kept.html = std::move(letter.html);
  kept.plain = std::move(letter.plain);
  kept.sent = rt.clock.now();
  co_await notification::keep_letter(rt.database, std::move(kept));
}

Task<> keep_in_inbox(Runtime& rt, Letter letter) {
  InboxEntry entry;
  entry.files = file_list(letter);
  for (std::size_t n = 1; auto& file : entry.files) file.as_object()["url"] = file_path(letter, n++);
  entry.id = std::move(letter.message_id);
  entry.user_id = std::move(letter.user_id);
  entry.type = std::move(letter.type);
  entry.title = std::move(letter.subject);
  entry.html = std::move(letter.html);
  entry.plain = std::move(letter.plain);
  entry.about = std::move(letter.about);
  co_await add_to_inbox(rt.database, rt.rules.secret, std::move(entry), rt.clock.now());
}

}  // namespace

db::Migrations migrations() {
  return db::embedded_migrations("notification", migration_files::files(), &migration_files::file);
}

Service::Service(service::Deps deps)
    : event_metrics_(deps.registry, "notification-service"),
      metrics_(deps.registry),
      outbox_(deps.loop),
      inbox_(deps.loop),
      runtime_{deps.loop,
               deps.clock,
               deps.database,
               deps.bus,
               rules_of(deps),
               {},
               make_renderer(deps.settings.mail.school_name, deps.clock, texts_),
               auth::UrlTokens(secrets_of(deps)),
               event_metrics_,
               metrics_,
               worker_name(),
               deps.cache},
      ingest_(runtime_, deliveries_),
      instances_(runtime_, [this] { wake_deliveries(); }),
      leases_(runtime_),
      recorder_(runtime_, leases_),
      planner_(runtime_),
      recurring_(runtime_),
      bulk_(runtime_),
      jobs_(deps.loop),
      recording_(deps.loop),
      housekeeping_(runtime_, deps.registry),
      registry_(deps.registry) {
  runtime_.texts = &texts_;
  add_senders(deps);
  for (auto& [channel, sender] : runtime_.senders)
    deliveries_[channel] = std::make_unique<Delivery>(runtime_, leases_, recorder_, *sender);
  add_api(deps);
}

Service::~Service() = default;

void Service::add_senders(const service::Deps& deps) {
  const auto& s = deps.settings;
  auto& senders = runtime_.senders;
  senders[Channel::inbox] = std::make_unique<InboxSender>(
      [this](Letter letter) { return keep_in_inbox(runtime_, std::move(letter)); }, inbox_);
  senders[Channel::webhook] = make_webhook_sender(
      deps.loop, deps.clock,
      {secrets_of(deps), s.process.production, s.process.tls_ca_file, s.process.public_url});
  if (!s.telegram.token.empty()) {
    senders[Channel::telegram] = make_telegram_sender(deps.loop, telegram::bot_settings(s));
    bot_name_ = std::make_unique<BotName>(deps.loop, deps.clock, telegram::bot_settings(s));
  }
  if (s.mail.configured()) {
    auto smtp = mail::smtp_settings(s);
    if (!smtp) throw Broken(smtp.error().message);
    MailIdentity identity{smtp->from, s.mail.from_name};
    senders[Channel::email] =
        std::make_unique<EmailSender>(deps.loop, deps.clock, std::move(*smtp), std::move(identity));
  }
  if (s.process.production) return;
  for (auto channel : {Channel::telegram, Channel::email}) {
    if (senders.contains(channel)) continue;
    auto keep = [this, channel](Letter letter) { return keep_letter(runtime_, channel, std::move(letter)); };
    senders[channel] = std::make_unique<OutboxSender>(channel, std::move(keep), outbox_);
  }
}

Task<std::unique_ptr<Service>> Service::create(service::Deps deps) {
  auto applied = co_await db::migrate(deps.database, migrations(), deps.clock);
  for (const auto& name : applied) log::info("database migrated", {{"migration", name}});
  std::unique_ptr<Service> service(new Service(std::move(deps)));
  auto* self = service.get();
  co_await refresh_texts(self->runtime_.database, self->texts_, self->runtime_.clock.now());
  self->runtime_.bus.consume(event_queue(),
                             [self](bus::Batch batch) { return self->ingest_.consume(std::move(batch)); });
  self->runtime_.bus.on_wake(kDeliveryTopic, [self] {
    for (auto* duty : self->duties_) duty->wake();
    self->wake_deliveries();
  });
  co_await self->instances_.load();
  co_return service;
}

void Service::wake_deliveries() {
  for (auto& [channel, delivery] : deliveries_) delivery->wake();
}

void Service::add_api(const service::Deps& deps) {
  const auto& s = deps.settings;
  app_ = std::make_unique<App>(runtime_, outbox_, inbox_, s, deps.jwt_secret);
  auto settings = http::standard_settings("notification-service", s.process, registry_);
  settings.authenticate = [app = app_.get()](std::string_view token) { return app->authenticate(token); };
  settings.redeem_ticket = [app = app_.get()](std::string ticket) {
    return app->tickets().redeem(std::move(ticket));
  };
  api_ = std::make_unique<http::Api>(deps.clock, std::move(settings), &app_->idempotency());
  add_routes(*api_, *app_);
  http::add_standard_endpoints(*api_, {.checks = [this] { return app_->checks(); },
                                       .metrics = [this] { return registry_.text(); },
                                       .ready = [this] { return !stopped_; }});
  show_answers(*api_);
  server_ = std::make_unique<http::Server>(
      deps.loop, *api_, http::ServerSettings{.host = s.process.host, .port = s.process.notification_port});
}

Result<void> Service::start() {
  if (auto listening = server_->start(); !listening)
    return fail(listening.error().code,
                listening.error().message + ": stop the other program or set NOTIFICATION_PORT");
  recording_.spawn("leases", leases_.run());
  recording_.spawn("recorder", recorder_.run());
  recording_.spawn("instances", instances_.run());
  for (auto* duty : duties_) jobs_.spawn("duty", duty->run());
  jobs_.spawn("forgetting", housekeeping_.forget());
  jobs_.spawn("measuring", housekeeping_.measure());
  jobs_.spawn("texts", housekeeping_.follow_texts());
  for (auto& [channel, delivery] : deliveries_) jobs_.spawn("delivery", delivery->run());
  if (bot_name_)
    jobs_.spawn("bot name",
                bot_name_->learn([this](std::string name) { app_->set_bot_name(std::move(name)); }));
  return {};
}

Task<> Service::stop() {
  if (std::exchange(stopped_, true)) co_return;
  co_await server_->stop(std::chrono::seconds(10));
  for (auto* duty : duties_) duty->stop();
  housekeeping_.stop();
  if (bot_name_) bot_name_->stop();
  for (auto& [channel, delivery] : deliveries_) delivery->stop();
  co_await jobs_.drained();
  recorder_.stop();
  instances_.stop();
  leases_.stop();
  co_await recording_.drained();
}

Time Service::done_until() const {
  if (!leases_.idle()) return {};  // what became of something is not yet on record
  auto until = Time::max();
  for (const auto* duty : duties_) until = std::min(until, duty->done_until());
  for (const auto& [channel, delivery] : deliveries_) until = std::min(until, delivery->done_until());
  return until;
}

}  // namespace rb::notification
