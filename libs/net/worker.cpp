#include "net/worker.hpp"

#include <exception>

namespace rb::net {
namespace {

struct Outcome {
  explicit Outcome(Loop& loop) : done(loop) {}

  Signal done;
  std::exception_ptr thrown;
};

}  // namespace

Worker::Worker(Loop& loop)
    : loop_(loop), thread_([this] {
        while (auto work = jobs_.pop()) (*work)();
      }) {}

Worker::~Worker() {
  jobs_.close();
  thread_.join();
}

Task<> Worker::finished(Work work) {
  auto outcome = std::make_shared<Outcome>(loop_);
  post([outcome, work = std::move(work), &loop = loop_]() mutable {
    try {
      work();
    } catch (...) {
      outcome->thrown = std::current_exception();
    }
    work = nullptr;  // what it holds ends here, on its own thread
    loop.post([outcome = std::move(outcome)] { outcome->done.notify(); });
  });
  co_await outcome->done.wait();
  if (outcome->thrown) std::rethrow_exception(outcome->thrown);
}

}  // namespace rb::net
