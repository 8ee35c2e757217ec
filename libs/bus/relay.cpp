#include "bus/relay.hpp"

namespace rb::bus {
namespace {

constexpr int kBatch = 500;
constexpr auto kLookAgain = std::chrono::seconds(1);

}  // namespace

Relay::Relay(Deps deps, Outbox& outbox, Publisher& publisher, std::string exchange,
             std::function<bool(const std::string&)> ours)
    : deps_(std::move(deps)),
      outbox_(outbox),
      publisher_(publisher),
      exchange_(std::move(exchange)),
      ours_(std::move(ours)),
      work_(deps_.loop) {}

void Relay::close() {
  closed_ = true;
  work_.notify();
}

Task<> Relay::run() {
  while (!closed_) {
    bool more = false;
    try {
      more = co_await step();
      problem_.clear();
    } catch (const std::exception& e) {
      problem_ = e.what();
      deps_.on_error("outbox relay", problem_);
    }
    if (!more && !closed_) co_await work_.wait_until(deps_.clock, deps_.clock.now() + kLookAgain);
  }
  co_await outbox_.release();
}

Task<bool> Relay::step() {
  co_await remove_published();
  std::vector<Outbox::Row> rows;
  if (publisher_.connected() && !publisher_.blocked()) rows = co_await outbox_.claim(kBatch);
  if (rows.empty()) {
    unpublished_ = co_await outbox_.count();
    co_return false;
  }
  auto kept = co_await publish(std::move(rows));
  co_await remove_published();
  co_return kept == 0;
}

Task<std::size_t> Relay::publish(std::vector<Outbox::Row> rows) {
  std::vector<Message> messages;
  std::vector<std::string> keys;
  for (auto& row : rows) {
    keys.push_back(row.message.routing_key);
    messages.push_back(std::move(row.message));
  }
  auto outcomes = co_await publisher_.send(exchange_, std::move(messages));
  std::size_t kept = 0;
  bool lost_topology = false;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const bool nowhere = outcomes[i] == Outcome::unrouted && ours_(keys[i]);
    lost_topology |= nowhere;
    if (outcomes[i] == Outcome::confirmed || (outcomes[i] == Outcome::unrouted && !nowhere)) {
      published_.push_back(std::move(rows[i].id));
    } else {
      ++kept;
    }
  }
  if (lost_topology) publisher_.reconnect();
  unpublished_ = static_cast<std::int64_t>(kept);
  co_return kept;
}

Task<> Relay::remove_published() {
  if (published_.empty()) co_return;
  co_await outbox_.remove(published_);
  published_.clear();
}

}  // namespace rb::bus
