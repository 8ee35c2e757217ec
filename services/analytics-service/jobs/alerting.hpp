#pragma once
// Evaluates the rules of alerts: when events have changed what they are about, and every hour, because
// periods move. What one finds is announced to its owner, and not again before its cool-down is over; that
// stands in the database, for all instances. Belongs to the loop's thread.
#include <map>
#include <tuple>

#include "jobs/rest.hpp"
#include "net/stopping.hpp"
#include "runtime.hpp"
#include "store/alerts.hpp"

namespace rb::analytics {

class Alerting {
 public:
  explicit Alerting(Runtime& runtime)
      : rt_(runtime), rest_(runtime.clock.now()), stopping_(runtime.loop, runtime.clock) {}

  Task<> run();  // until stop()
  void stop() { stopping_.ask(); }

 private:
  // A rule is evaluated anew when one of these is another: data version, the rule's last change, hour.
  using Basis = std::tuple<std::int64_t, Time, Time>;

  Task<> step_and_rest();
  Task<> step();
  Task<> evaluate(Alert alert);

  Runtime& rt_;
  Rest rest_;
  std::map<std::string, Basis> evaluated_;  // by rule
  net::Stopping stopping_;
};

}  // namespace rb::analytics
