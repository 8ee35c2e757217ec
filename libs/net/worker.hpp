#pragma once
// A thread for work that would hold the loop. Jobs run one after another, in the order in which they were
// given; what they return or throw comes back to the loop. Belongs to the loop's thread. Its end waits for
// the jobs given.
#include <functional>
#include <optional>
#include <thread>

#include "net/loop.hpp"
#include "net/work_queue.hpp"

namespace rb::net {

class Worker {
 public:
  using Work = std::move_only_function<void()>;

  explicit Worker(Loop& loop);
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  std::size_t waiting() const { return jobs_.size(); }  // beside the one under way

  // Does not wait; `work` does not throw.
  void post(Work work) { jobs_.push(std::move(work)); }

  // `work` owns what it needs: it is done even when nobody waits for it any more.
  template <class F>
  Task<std::invoke_result_t<F&>> run(F work);

 private:
  Task<> finished(Work work);

  Loop& loop_;
  WorkQueue<Work> jobs_;
  std::thread thread_;
};

template <class F>
Task<std::invoke_result_t<F&>> Worker::run(F work) {
  using Out = std::invoke_result_t<F&>;
  if constexpr (std::is_void_v<Out>) {
    co_await finished(std::move(work));
  } else {
    auto out = std::make_shared<std::optional<Out>>();
    co_await finished([out, work = std::move(work)]() mutable { out->emplace(work()); });
    co_return std::move(**out);
  }
}

}  // namespace rb::net
