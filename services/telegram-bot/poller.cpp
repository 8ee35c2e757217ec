#include "poller.hpp"

namespace rb::bot {
namespace {

using telegram::Answer;

constexpr auto kPoll = std::chrono::seconds(50);
constexpr auto kTellAgain = Backoff{.first = std::chrono::seconds(1), .most = std::chrono::seconds(30)};

}  // namespace

Poller::Poller(const Surroundings& around)
    : Reader(around),
      polls_http_(around.loop),
      polls_(polls_http_, around.bot),
      answers_(
          around.registry.counters("repitbot_bot_polls_total", "Answers of Telegram to polls", {"result"})) {}

void Poller::stop() {
  Reader::stop();
  polls_http_.abort();
}

Task<> Poller::run() {
  while (!stopping_.asked()) {
    Answer<void> done;
    if (bot_.introduced()) {
      done = co_await poll();
    } else {
      done = co_await bot_.introduce(polls_, {});
    }
    if (stopping_.asked()) break;
    if (done) {
      bot_.answered();
    } else {
      co_await stopping_.pause(bot_.failed(done.error()));
    }
  }
  co_await confirm();
}

Task<Answer<void>> Poller::poll() {
  // After a failure we want to know at once whether all is well again.
  auto updates = co_await polls_.get_updates(offset_, bot_.failures() > 0 ? std::chrono::seconds(0) : kPoll);
  answers_.with({updates ? "ok" : telegram::label(updates.error())}).add();
  if (!updates) co_return std::unexpected(std::move(updates.error()));
  confirmed_ = offset_;
  for (const auto& update : *updates) {
    if (!co_await carry_out(update)) break;
    offset_ = update.update_id + 1;
  }
  co_return Answer<void>{};
}

// False: not done, because we are stopping; Telegram hands it over again after the next start. While
// notification-service is away, a chat that must be suspended holds up what came later: nothing of that could
// be done either.
Task<bool> Poller::carry_out(const telegram::Update& update) {
  for (int tries = 1; !stopping_.asked(); ++tries) {
    if (co_await bot_.carry_out(update)) co_return true;
    co_await stopping_.pause(kTellAgain.delay(tries, random_unit()));
  }
  co_return false;
}

// The next poll would have done it.
Task<> Poller::confirm() {
  if (confirmed_ < offset_) co_await bot_.telegram().get_updates(offset_, std::chrono::seconds(0));
}

}  // namespace rb::bot
