#pragma once
// The verdicts about the messages of one AMQP channel, gathered so that few protocol messages say them all.
// Delivery tags grow by one (AMQP 0-9-1, basic.deliver). Pure.
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace rb::bus {

enum class Verdict { ack, requeue };

struct Settlement {
  Verdict verdict;
  std::uint64_t tag;
  bool multiple;  // holds for every open tag up to this one
  bool operator==(const Settlement&) const = default;
};

class Verdicts {
 public:
  void delivered(std::uint64_t tag) { open_.emplace(tag, std::nullopt); }
  void settle(std::uint64_t tag, Verdict verdict);  // an unknown or settled tag changes nothing
  std::vector<Settlement> take();                   // what is to be sent now; forgets these tags

 private:
  std::map<std::uint64_t, std::optional<Verdict>> open_;  // nullopt: still with the consumer
};

}  // namespace rb::bus
