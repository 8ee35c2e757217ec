#pragma once
// Catches the lines of the whole process while it lives; for tests.
#include <string>
#include <vector>

namespace rb::log {

class Capture {
 public:
  Capture();
  ~Capture();
  Capture(const Capture&) = delete;
  Capture& operator=(const Capture&) = delete;

  std::vector<std::string> lines;  // read it while no other thread logs
};

}  // namespace rb::log
