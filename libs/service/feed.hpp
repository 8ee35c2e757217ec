#pragma once
// Wakes the streams that show something live. Belongs to the loop's thread.
#include "net/loop.hpp"

namespace rb::service {

struct Feed {
  explicit Feed(net::Loop& loop) : changed(loop) {}

  void tell() {
    ++count;
    changed.notify();
  }

  net::Signal changed;
  std::int64_t count = 0;  // news since start: one that came between a look and the wait is not missed
};

}  // namespace rb::service
