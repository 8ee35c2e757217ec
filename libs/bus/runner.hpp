#pragma once
// Feeds one consumer from one queue: batches in order, one at a time. When the consumer throws, the queue is
// paused until the database answers again. Loop thread only.
#include <string>

#include "bus/deps.hpp"
#include "bus/event_bus.hpp"
#include "time/backoff.hpp"

namespace rb::bus {

// Where a queue's messages come from.
class Source {
 public:
  virtual ~Source() = default;
  virtual Task<Batch> next(int most) = 0;  // waits for the first message; empty: the queue is closed
  virtual void pause() = 0;                // gives back what has not been handed out, takes nothing in
  virtual void resume() = 0;
  virtual void close() = 0;  // as pause(), for ever; wakes next()
};

class Runner {
 public:
  Runner(Deps deps, QueueSpec queue, Consumer consumer, std::shared_ptr<Source> source);

  Task<> run();  // until close()
  void close();
  const std::string& problem() const { return problem_; }  // why the consumer failed last; empty: it works

 private:
  Task<bool> work_once();  // false: the queue is closed
  Task<> wait_for_recovery(int attempt);

  Deps deps_;
  QueueSpec queue_;
  Consumer consumer_;
  std::shared_ptr<Source> source_;
  net::Signal closing_;
  bool closed_ = false;
  std::string problem_;
  Backoff backoff_{std::chrono::milliseconds(500), std::chrono::seconds(30)};
};

}  // namespace rb::bus
