#pragma once
// What the processes that work on one database know of each other: which of them live, what operators have
// paused, what providers told them. A process looks twice a second and says that it lives once a second. The
// only process of a database has nobody to ask: it reads the pauses at its start. Belongs to the loop's
// thread.
#include <functional>

#include "net/stopping.hpp"
#include "runtime.hpp"
#include "store/instances.hpp"

namespace rb::notification {

class Instances {
 public:
  // `changed` is called when a channel was paused or resumed by another process.
  Instances(Runtime& runtime, std::function<void()> changed);

  Task<> load();  // before anything is sent
  Task<> run();   // until stop()
  void stop() { stopping_.ask(); }

 private:
  Task<> step();
  Task<> look();
  void count(const std::vector<Instance>& living, Time now);
  void share(Time now);
  Task<> say_alive(Time now);
  Task<> leave();

  Runtime& rt_;
  std::function<void()> changed_;
  net::Stopping stopping_;
  Time said_{}, sharing_since_{};
  bool said_sharing_ = false;
};

}  // namespace rb::notification
