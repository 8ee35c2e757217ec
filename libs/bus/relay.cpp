#include "bus/relay.hpp"

#include <algorithm>

namespace rb::bus {
namespace {

constexpr int kBatch = 500;
constexpr auto kLookAgain = std::chrono::seconds(1);
// Rows are deleted some at a time, so that a lone message costs no commit of its own; after a kill those
// still there are published twice.
constexpr auto kGatherRemovals = std::chrono::milliseconds(100);
constexpr std::size_t kMostUnremoved = 1000;

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
    if (!more && !closed_) co_await work_.wait_until(deps_.clock, next_duty());
  }
  co_await remove_published();
  co_await outbox_.release();
}

Time Relay::next_duty() const { return published_.empty() ? look_at_ : std::min(look_at_, remove_at_); }

Task<bool> Relay::step() {
  const auto now = deps_.clock.now();
  if (now >= remove_at_ || published_.size() >= kMostUnremoved) co_await remove_published();
  if (now >= look_at_) {
    look_at_ = now + kLookAgain;
    unpublished_ = co_await outbox_.count() - static_cast<std::int64_t>(published_.size());
  }
  if (now < retry_at_ || !publisher_.connected() || publisher_.blocked()) co_return false;
  auto rows = co_await outbox_.claim(kBatch + static_cast<int>(published_.size()));
  std::erase_if(rows, [this](const auto& row) { return published_.contains(row.id); });
  if (rows.empty()) co_return false;
  const bool many = rows.size() >= kBatch;
  unpublished_ = co_await publish(std::move(rows));
  if (unpublished_ == 0) co_return many;
  retry_at_ = deps_.clock.now() + kLookAgain;
  co_return false;
}

Task<std::int64_t> Relay::publish(std::vector<Outbox::Row> rows) {
  std::vector<Message> messages;
  std::vector<std::string> keys;
  for (auto& row : rows) {
    keys.push_back(row.message.routing_key);
    messages.push_back(std::move(row.message));
  }
  auto outcomes = co_await publisher_.send(exchange_, std::move(messages));
  std::int64_t kept = 0;
  bool lost_topology = false;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const bool nowhere = outcomes[i] == Outcome::unrouted && ours_(keys[i]);
    lost_topology |= nowhere;
    if (outcomes[i] == Outcome::confirmed || (outcomes[i] == Outcome::unrouted && !nowhere)) {
      if (published_.empty()) remove_at_ = deps_.clock.now() + kGatherRemovals;
      published_.insert(std::move(rows[i].id));
    } else {
      ++kept;
    }
  }
  if (lost_topology) publisher_.reconnect();
  co_return kept;
}

Task<> Relay::remove_published() {
  if (published_.empty()) co_return;
  remove_at_ = deps_.clock.now() + kLookAgain;  // should it fail
  co_await outbox_.remove({published_.begin(), published_.end()});
  published_.clear();
}

}  // namespace rb::bus
