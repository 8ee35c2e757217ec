#pragma once
// Whether events rest for a moment: while batches follow one another, the event that settles a matter may
// still be on its way. Pure.
#include <optional>

#include "time/clock.hpp"

namespace rb::analytics {

class Rest {
 public:
  explicit Rest(Time now) : since_(now) {}

  // At every look: true when no batch came since the last one, or when they have not ceased for too long.
  bool reached(std::int64_t batch, Time now) {
    moved_ = batch_ != batch;
    batch_ = batch;
    if (moved_ && now - since_ < kPatience) return false;
    since_ = now;
    return true;
  }
  bool moved() const { return moved_; }  // at the last look

 private:
  static constexpr auto kPatience = std::chrono::seconds(10);

  std::optional<std::int64_t> batch_;
  Time since_;  // they follow one another
  bool moved_ = false;
};

}  // namespace rb::analytics
