#include "net/loop.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>
#include <vector>

namespace rb::net {

namespace asio = boost::asio;

struct Loop::Impl {
  ErrorSink on_error;
  asio::io_context context{1};
};

namespace {

std::string describe(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const std::exception& e) {
    return e.what();
  } catch (...) {
    return "unknown exception";
  }
}

// No wait is longer than this: a wall clock that jumps (NTP, suspend) is noticed within it.
constexpr auto kLongestNap = std::chrono::seconds(1);

}  // namespace

Loop::Loop(ErrorSink on_error) : impl_(std::make_unique<Impl>()) { impl_->on_error = std::move(on_error); }
Loop::~Loop() = default;

asio::any_io_executor Loop::executor() { return impl_->context.get_executor(); }
asio::io_context& Loop::context() { return impl_->context; }

void Loop::spawn(std::string name, Task<> task) {
  asio::co_spawn(impl_->context, std::move(task),
                 [impl = impl_.get(), name = std::move(name)](const std::exception_ptr& error) {
                   if (error) impl->on_error(name, describe(error));
                 });
}

void Loop::post(std::function<void()> work) { asio::post(impl_->context, std::move(work)); }

void Loop::run() { impl_->context.run(); }

void Loop::stop() { impl_->context.stop(); }

void Loop::drive(Task<> task) {
  std::exception_ptr failure;
  impl_->context.restart();
  asio::co_spawn(impl_->context, std::move(task), [&](const std::exception_ptr& error) {
    failure = error;
    impl_->context.stop();
  });
  run();
  impl_->context.restart();
  if (failure) std::rethrow_exception(failure);
}

Task<> sleep_until(Loop& loop, const Clock& clock, Time when) {
  Signal never(loop);
  co_await never.wait_until(clock, when);
}

Task<> sleep_for(Loop& loop, const Clock& clock, Micros time) {
  co_await sleep_until(loop, clock, clock.now() + time);
}

struct Signal::Impl : std::enable_shared_from_this<Signal::Impl> {
  explicit Impl(Loop& l) : loop(l) {}
  Loop& loop;
  bool stored = false;           // notified while nobody waited
  std::uint64_t generation = 0;  // counts notifications that woke somebody
  bool gone = false;
  std::vector<asio::steady_timer*> waiting;

  void wake() {
    for (auto* timer : waiting) timer->cancel();
  }
};

namespace {

// A waiter's place in the list; given up also when its coroutine is destroyed with the loop.
class Place {
 public:
  Place(std::vector<asio::steady_timer*>& waiting, asio::steady_timer& timer)
      : waiting_(waiting), timer_(&timer) {
    waiting_.push_back(timer_);
  }
  ~Place() { std::erase(waiting_, timer_); }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

 private:
  std::vector<asio::steady_timer*>& waiting_;
  asio::steady_timer* timer_;
};

}  // namespace

Signal::Signal(Loop& loop) : impl_(std::make_shared<Impl>(loop)) {}

Signal::~Signal() {
  impl_->gone = true;
  impl_->wake();
}

void Signal::notify() {
  if (impl_->waiting.empty()) {
    impl_->stored = true;
    return;
  }
  ++impl_->generation;
  impl_->wake();
}

Task<> Signal::wait() {
  static const SystemClock clock;
  co_await wait_until(clock, Time::max());
}

Task<bool> Signal::wait_until(const Clock& clock, Time when) {
  auto impl = impl_;
  if (std::exchange(impl->stored, false)) co_return true;
  auto token = clock.on_jump([weak = impl->weak_from_this(), &loop = impl->loop] {
    loop.post([weak] {
      if (auto alive = weak.lock()) alive->wake();
    });
  });
  asio::steady_timer timer(impl->loop.context());
  auto start = impl->generation;
  while (impl->generation == start && !impl->gone && clock.now() < when) {
    auto left = when == Time::max() ? kLongestNap : std::min<Micros>(when - clock.now(), kLongestNap);
    timer.expires_after(left);
    Place place(impl->waiting, timer);
    co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
  }
  co_return impl->generation != start;
}

struct TaskGroup::Impl {
  explicit Impl(Loop& l) : loop(l), empty(l) {}
  Loop& loop;
  Signal empty;
  std::size_t running = 0;
};

namespace {

// Leaves the group however the coroutine ends.
template <class Impl>
Task<> counted(std::shared_ptr<Impl> group, Task<> task) {
  struct Leave {
    std::shared_ptr<Impl> group;
    ~Leave() {
      if (--group->running == 0) group->empty.notify();
    }
  } leave{group};
  co_await std::move(task);
}

}  // namespace

TaskGroup::TaskGroup(Loop& loop) : impl_(std::make_shared<Impl>(loop)) {}
TaskGroup::~TaskGroup() = default;

void TaskGroup::spawn(std::string name, Task<> task) {
  ++impl_->running;
  impl_->loop.spawn(std::move(name), counted(impl_, std::move(task)));
}

std::size_t TaskGroup::running() const { return impl_->running; }

Task<> TaskGroup::drained() {
  auto impl = impl_;
  while (impl->running > 0) co_await impl->empty.wait();
}

}  // namespace rb::net
