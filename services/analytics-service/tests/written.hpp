#pragma once
// For tests: keeps what a stream writes.
#include <algorithm>
#include <string>

#include "http/message.hpp"

namespace rb::analytics {

class Written : public http::Writer {
 public:
  Task<bool> write(std::string piece) override {
    text += piece;
    longest = std::max(longest, piece.size());
    co_return true;
  }
  bool gone() const override { return left; }
  void on_gone(std::function<void()>) override {}

  std::string text;
  std::size_t longest = 0;  // of the pieces
  bool left = false;        // the reader
};

}  // namespace rb::analytics
