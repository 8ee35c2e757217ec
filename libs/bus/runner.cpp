#include "bus/runner.hpp"

namespace rb::bus {

Runner::Runner(Deps deps, QueueSpec queue, Consumer consumer, std::shared_ptr<Source> source)
    : deps_(std::move(deps)),
      queue_(std::move(queue)),
      consumer_(std::move(consumer)),
      source_(std::move(source)),
      closing_(deps_.loop) {}

void Runner::close() {
  closed_ = true;
  source_->close();
  closing_.notify();
}

Task<bool> Runner::work_once() {
  auto batch = co_await source_->next(queue_.max_batch);
  if (batch.empty()) co_return false;
  co_await consumer_(std::move(batch));
  co_return true;
}

Task<> Runner::run() {
  for (int failures = 0; !closed_;) {
    std::string failure;
    try {
      if (!co_await work_once()) co_return;
      failures = 0;
      problem_.clear();
    } catch (const std::exception& e) {
      failure = e.what();
    }
    if (failure.empty()) continue;
    problem_ = queue_.name + ": " + failure;
    deps_.on_error("consumer of " + queue_.name, failure);
    source_->pause();
    co_await wait_for_recovery(++failures);
    if (!closed_) source_->resume();
  }
}

Task<> Runner::wait_for_recovery(int attempt) {
  for (bool answers = false; !closed_ && !answers; ++attempt) {
    co_await closing_.wait_until(deps_.clock, deps_.clock.now() + backoff_.delay(attempt, random_unit()));
    if (!closed_) answers = co_await deps_.db.ping();
  }
}

}  // namespace rb::bus
