#include "net/stopping.hpp"

namespace rb::net {

void Stopping::ask() {
  asked_ = true;
  signal_.notify();
}

Task<> Stopping::pause(Micros time) {
  if (!asked_) co_await signal_.wait_until(clock_, clock_.now() + time);
}

}  // namespace rb::net
