#include "bus/ordered_keys.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/ids.hpp"
#include "base/strings.hpp"

namespace rb::bus {

OrderedKeys::OrderedKeys(const Clock& clock) : clock_(clock), instance_(hex(random_bytes(6))) {}

std::string OrderedKeys::next() {
  last_ = std::max(last_ + 1, to_micros(clock_.now()));
  return fmt::format("{:016x}{}", last_, instance_);
}

}  // namespace rb::bus
