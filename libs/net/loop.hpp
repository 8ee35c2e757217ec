#pragma once
// One event-loop thread, the coroutines that run on it, and waiting by the clock.
// Everything here belongs to the loop's thread, except post() and stop().
#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <memory>
#include <string>

#include "net/task.hpp"
#include "time/clock.hpp"

namespace boost::asio {
class io_context;
}

namespace rb::net {

// Where an exception that leaves a spawned coroutine goes: a border of the program. Called on the loop's
// thread.
using ErrorSink = std::function<void(const std::string& task, const std::string& what)>;

class Loop {
 public:
  explicit Loop(ErrorSink on_error);
  ~Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  boost::asio::any_io_executor executor();
  boost::asio::io_context& context();

  // Starts `task` on the loop; `name` is what the error sink is told. Never lets an exception escape.
  void spawn(std::string name, Task<> task);

  void post(std::function<void()> work);  // any thread
  void run();                             // until stop(), or until nothing is left to do
  void stop();                            // any thread

  // Runs `task` to its end on this (not yet running) loop and returns its result; for main(), commands and
  // tests.
  template <class T>
  T run_until(Task<T> task);

 private:
  struct Impl;
  void drive(Task<> task);
  std::unique_ptr<Impl> impl_;
};

template <class T>
T Loop::run_until(Task<T> task) {
  if constexpr (std::is_void_v<T>) {
    drive(std::move(task));
  } else {
    std::unique_ptr<T> out;
    drive([](Task<T> inner, std::unique_ptr<T>& to) -> Task<> {
      to = std::make_unique<T>(co_await std::move(inner));
    }(std::move(task), out));
    return std::move(*out);
  }
}

// Waits until the clock reads `when`; follows a clock that is moved by hand. Cancelled by the loop's end.
Task<> sleep_until(Loop& loop, const Clock& clock, Time when);
Task<> sleep_for(Loop& loop, const Clock& clock, Micros time);

// A condition that coroutines wait for: «there is work», «the queue has room», «all are done».
class Signal {
 public:
  explicit Signal(Loop& loop);
  ~Signal();
  Signal(const Signal&) = delete;
  Signal& operator=(const Signal&) = delete;

  void notify();  // wakes all who wait, and the next one who would wait if nobody does
  Task<> wait();
  Task<bool> wait_until(const Clock& clock, Time when);  // false: the time came first

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

// Counts coroutines so that a shutdown can wait for them.
class TaskGroup {
 public:
  explicit TaskGroup(Loop& loop);
  ~TaskGroup();
  void spawn(std::string name, Task<> task);
  std::size_t running() const;
  Task<> drained();  // when none is left

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace rb::net
