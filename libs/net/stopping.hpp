#pragma once
// The wish that a job ends, and waiting that it cuts short. Belongs to the loop's thread.
#include "net/loop.hpp"

namespace rb::net {

class Stopping {
 public:
  Stopping(Loop& loop, const Clock& clock) : clock_(clock), signal_(loop) {}

  void ask();
  bool asked() const { return asked_; }
  Task<> pause(Micros time);  // shorter when asked

 private:
  const Clock& clock_;
  Signal signal_;
  bool asked_ = false;
};

}  // namespace rb::net
