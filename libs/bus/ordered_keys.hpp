#pragma once
// Row keys that sort as text in the order in which they were made here, and never equal another instance's.
#include <cstdint>
#include <string>

#include "time/clock.hpp"

namespace rb::bus {

class OrderedKeys {
 public:
  explicit OrderedKeys(const Clock& clock);
  std::string next();
  const std::string& instance() const { return instance_; }  // how the keys made here end

 private:
  const Clock& clock_;
  std::string instance_;
  std::int64_t last_ = 0;
};

}  // namespace rb::bus
