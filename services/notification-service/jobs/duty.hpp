#pragma once
// A job that looks for work in the database: at once when it is woken, when the next work is due, and now and
// then anyway; after a failure with a growing pause. Belongs to the loop's thread.
#include <optional>
#include <string>

#include "net/stopping.hpp"
#include "runtime.hpp"

namespace rb::notification {

class Duty {
 public:
  // `complaint`: the log's words while it fails.
  Duty(Runtime& runtime, std::string complaint);
  virtual ~Duty() = default;
  Duty(const Duty&) = delete;
  Duty& operator=(const Duty&) = delete;

  Task<> run();  // until stop()
  void stop();
  void wake() { work_.notify(); }
  Time done_until() const { return done_until_; }  // what was due by then is done

 protected:
  struct Look {
    bool worked = false;            // and there may be more to do
    std::optional<Time> next = {};  // when something is due, as far as is known
  };
  virtual Task<Look> look() = 0;

  bool stopping() const { return stopping_.asked(); }

  Runtime& rt_;

 private:
  Task<> look_and_rest();

  std::string complaint_;
  net::Signal work_;
  net::Stopping stopping_;
  Time done_until_{};
};

}  // namespace rb::notification
