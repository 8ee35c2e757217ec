#pragma once
// What the doctor found out about one thing, in words for whoever runs the machine. Pure.
#include <string>
#include <vector>

namespace rb::app {

struct Finding {
  enum class Level { good, note, bad };
  Level level = Level::good;
  std::string what;       // "База данных · database"
  std::string said;       // what was found
  std::string cure = {};  // what to do; "" when there is nothing to do
};

// One block a finding: a mark, what it is about, what was found, what to do.
std::string as_text(const std::vector<Finding>& findings);

bool all_well(const std::vector<Finding>& findings);  // nothing is bad

}  // namespace rb::app
