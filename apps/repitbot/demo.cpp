#include "demo.hpp"

#include "log/log.hpp"

namespace rb::app {
namespace {

constexpr int kFirstEvents = 8;  // at the start
constexpr int kLively = 60;      // so many come every few seconds; later ones take their time
constexpr auto kBreath = std::chrono::milliseconds(400);
constexpr auto kFewSeconds = std::chrono::seconds(4);
constexpr auto kLater = std::chrono::seconds(25);

}  // namespace

config::AppSettings demo_settings(config::AppSettings settings) {
  auto folder = settings.database.file.parent_path();
  settings.database = {};
  settings.database.file = folder / "repitbot-demo.sqlite3";
  settings.database.url = "sqlite:///" + settings.database.file.string();
  settings.bus = {};
  settings.cache = {};
  settings.telegram.token.clear();
  settings.mail.host.clear();
  settings.mail.username.clear();
  settings.notification.user_service_url.clear();
  settings.process.production = false;
  return settings;
}

Demo::Demo(net::Loop& loop, const Clock& clock, const config::AppSettings& settings)
    : clock_(clock), service_(loop, settings), school_(clock.now()), jobs_(loop), stopping_(loop) {}

void Demo::start() { jobs_.spawn("demo", run()); }

Task<> Demo::stop() {
  stopped_ = true;
  stopping_.notify();
  co_await jobs_.drained();
}

Task<> Demo::pause() {
  Micros time = school_.told() < kFirstEvents ? Micros(kBreath)
                                              : Micros(school_.told() < kLively ? kFewSeconds : kLater);
  co_await stopping_.wait_until(clock_, clock_.now() + time);
}

Task<> Demo::run() {
  co_await send(school_.people());
  json::value both = {{"channels", {{"*", {{"telegram", true}, {"email", true}}}}}};
  auto switched = co_await service_.call(
      http::Method::patch, "/api/v1/preferences/" + DemoSchool::reader_on_both_channels(), both);
  if (!switched || switched->status != 200) log::warn("the demo could not switch a second channel on");
  while (!stopped_) {
    co_await pause();
    if (!stopped_) co_await send(school_.next(clock_.now()));
  }
}

Task<> Demo::send(json::value events) {
  auto answer = co_await service_.call(http::Method::post, "/api/v1/events", std::move(events));
  if (!answer)
    log::warn("the demo could not send an event", {{"reason", answer.error().message}});
  else if (answer->status != 202)
    log::warn("a demo event was not accepted", {{"reason", json::to_text(answer->body)}});
}

}  // namespace rb::app
