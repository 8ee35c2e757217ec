#pragma once
// A Bot API server for measuring: it answers every call with ok as fast as it can, and notes when a message
// with a mark came. The mark «zq<number>z» stands somewhere in the text. Belongs to the loop's thread.
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "net/loop.hpp"

namespace rb::bench {

using Moment = std::chrono::steady_clock::time_point;

class Sink {
 public:
  explicit Sink(net::Loop& loop);  // listens on a free port of loopback
  ~Sink();

  unsigned short port() const;
  void expect(std::size_t marks);                          // forgets what came; marks are 0..marks-1
  std::size_t came() const { return came_; }               // different marks
  std::size_t twice() const { return twice_; }             // messages whose mark had come before
  std::size_t messages() const { return messages_; }       // all of them since the start
  Moment at(std::size_t mark) const { return at_[mark]; }  // the epoch: it has not come

 private:
  struct Connection;
  struct Impl;
  Task<> accept();
  Task<> serve(std::shared_ptr<Connection> connection);
  void note(std::string_view request);

  net::Loop& loop_;
  std::unique_ptr<Impl> impl_;
  std::vector<Moment> at_;
  std::size_t came_ = 0, twice_ = 0, messages_ = 0;
};

}  // namespace rb::bench
