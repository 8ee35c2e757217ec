#pragma once
// Carries committed messages from the outbox to the broker: in order, in batches, deleted after the confirm.
// Loop thread only.
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "bus/deps.hpp"
#include "bus/outbox.hpp"
#include "bus/publisher.hpp"

namespace rb::bus {

class Relay {
 public:
  // `ours`: a queue of this process is bound for the routing key. Such a message that reaches no queue means
  // that the topology is gone; any other is nobody's business and done with.
  Relay(Deps deps, Outbox& outbox, Publisher& publisher, std::string exchange,
        std::function<bool(const std::string& routing_key)> ours);

  Task<> run();  // until close()
  void wake() { work_.notify(); }
  void close();

  std::int64_t unpublished() const { return unpublished_; }
  const std::string& problem() const { return problem_; }

 private:
  Task<bool> step();                                          // true: there may be more to do at once
  Time next_duty() const;                                     // when a step is due without a wake-up
  Task<std::int64_t> publish(std::vector<Outbox::Row> rows);  // how many the broker did not take
  Task<> remove_published();

  Deps deps_;
  Outbox& outbox_;
  Publisher& publisher_;
  std::string exchange_;
  std::function<bool(const std::string&)> ours_;
  net::Signal work_;
  bool closed_ = false;
  std::set<std::string> published_;  // rows to delete
  Time remove_at_, look_at_, retry_at_;
  std::int64_t unpublished_ = 0;
  std::string problem_;
};

}  // namespace rb::bus
