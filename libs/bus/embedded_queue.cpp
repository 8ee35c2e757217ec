#include "bus/embedded_queue.hpp"

#include <algorithm>

#include "bus/message_row.hpp"
#include "rb/bus/sql/embedded.sql.hpp"

namespace rb::bus {
namespace {

constexpr std::size_t kInMemory = 1000;  // messages waiting in memory; more stay in the table only
constexpr std::int64_t kPage = 500;
constexpr auto kLookAnyway = std::chrono::seconds(1);

}  // namespace

EmbeddedQueue::EmbeddedQueue(Deps deps, QueueSpec spec, std::string own_suffix,
                             std::function<void(std::size_t)> on_verdict)
    : deps_(std::move(deps)),
      spec_(std::move(spec)),
      own_suffix_(std::move(own_suffix)),
      on_verdict_(std::move(on_verdict)),
      changed_(deps_.loop) {}

void EmbeddedQueue::committed(std::string id, Message message) {
  if (behind_ || reading_ || ready_.size() >= kInMemory) {
    behind_ = true;
  } else if (known_.try_emplace(id, false).second) {
    ready_.emplace(std::move(id), std::move(message));
  }
  changed_.notify();
}

void EmbeddedQueue::resume() {
  paused_ = false;
  changed_.notify();
}

void EmbeddedQueue::close() {
  closed_ = true;
  changed_.notify();
}

Task<Batch> EmbeddedQueue::next(int most) {
  while (!closed_) {
    auto room = std::min<std::int64_t>(most, spec_.prefetch - static_cast<std::int64_t>(handed_out_));
    if (!paused_ && room > 0) {
      if (!ready_.empty()) co_return hand_out(static_cast<std::size_t>(room));
      if (behind_) {
        co_await load();
        continue;
      }
    }
    if (!co_await changed_.wait_until(deps_.clock, deps_.clock.now() + kLookAnyway)) behind_ = true;
  }
  co_return Batch();
}

Batch EmbeddedQueue::hand_out(std::size_t most) {
  Batch batch;
  while (batch.size() < most && !ready_.empty()) {
    auto row = ready_.extract(ready_.begin());
    auto& handed_before = known_[row.key()];
    bool redelivered = handed_before || !row.key().ends_with(own_suffix_);
    handed_before = true;
    batch.push_back(std::make_unique<HandedOut<std::string>>(weak_from_this(), row.key(),
                                                             std::move(row.mapped()), redelivered));
    ++handed_out_;
  }
  return batch;
}

Task<> EmbeddedQueue::load() {
  auto self = shared_from_this();
  const auto most = static_cast<std::int64_t>(known_.size()) + kPage;
  reading_ = true;
  behind_ = false;
  db::Rows rows;
  try {
    db::Params params{{"queue", spec_.name}, {"most", most}};
    rows = co_await deps_.db.read(sql::read_messages, std::move(params));
  } catch (...) {
    reading_ = false;
    behind_ = true;
    throw;
  }
  reading_ = false;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const auto& id = rows.text(row, "id");
    if (known_.try_emplace(id, false).second) ready_.emplace(id, message_in(rows, row));
  }
  if (static_cast<std::int64_t>(rows.size()) == most) behind_ = true;
  for (const auto& id : std::exchange(forget_, {})) known_.erase(id);
}

void EmbeddedQueue::accept(const std::string& id) {
  open_verdicts_.accepted.push_back(id);
  judged();
}

void EmbeddedQueue::bury(const std::string& id, Message message, std::string reason) {
  open_verdicts_.buried.push_back({id, dead_letter(std::move(message), spec_.name, reason)});
  judged();
}

void EmbeddedQueue::judged() {
  --handed_out_;
  changed_.notify();
  on_verdict_(open_verdicts_.accepted.size() + open_verdicts_.buried.size());
}

void EmbeddedQueue::give_back(const std::string& id, Message message) {
  --handed_out_;
  ready_.emplace(id, std::move(message));
  changed_.notify();
}

EmbeddedQueue::Judged EmbeddedQueue::take_verdicts() { return std::exchange(open_verdicts_, {}); }

void EmbeddedQueue::written(const Judged& judged) {
  auto forget = [&](const std::string& id) {
    // A read that began before the delete may still bring the row.
    reading_ ? forget_.push_back(id) : static_cast<void>(known_.erase(id));
  };
  for (const auto& id : judged.accepted) forget(id);
  for (const auto& buried : judged.buried) forget(buried.id);
}

void EmbeddedQueue::not_written(Judged judged) {
  std::ranges::move(judged.accepted, std::back_inserter(open_verdicts_.accepted));
  std::ranges::move(judged.buried, std::back_inserter(open_verdicts_.buried));
}

}  // namespace rb::bus
