#pragma once
// Puts the frames of one channel's deliveries together: basic.deliver, header, bodies (AMQP 0-9-1, 4.2.6).
#include <amqp.h>

#include <cstdint>
#include <optional>

#include "bus/event_bus.hpp"

namespace rb::bus {

struct Arrival {
  std::uint64_t tag = 0;
  bool redelivered = false;
  Message message = {};
};

class Assembler {
 public:
  // The message that this frame completes.
  std::optional<Arrival> add(const amqp_frame_t& frame);

 private:
  std::optional<Arrival> complete();

  Arrival arrival_;
  std::uint64_t missing_ = 0;  // bytes of the body
};

}  // namespace rb::bus
