#include "log/sink.hpp"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <string_view>

namespace rb::log {
namespace {

constexpr auto kGather = std::chrono::milliseconds(50);
constexpr std::size_t kMost = 8 << 20;

// Writes everything, however slowly it is read; gives up when nobody will ever read it.
void write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    auto written = ::write(descriptor, bytes.data(), bytes.size());
    if (written >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EAGAIN) {
      pollfd ready{descriptor, POLLOUT, 0};
      ::poll(&ready, 1, -1);
    } else if (errno != EINTR) {
      return;
    }
  }
}

}  // namespace

WriterSink::WriterSink(int descriptor) : descriptor_(descriptor), thread_([this] { run(); }) {}

WriterSink::~WriterSink() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  thread_.join();
  flush_();
}

void WriterSink::divert(std::vector<std::string>* lines) {
  std::lock_guard lock(mutex_);
  diverted_ = lines;
}

void WriterSink::sink_it_(const spdlog::details::log_msg& message) {
  std::unique_lock lock(mutex_);
  if (diverted_ != nullptr) {
    diverted_->emplace_back(message.payload.data(), message.payload.size());
    return;
  }
  room_.wait(lock, [&] { return pending_.size() < kMost; });
  bool first = pending_.empty();
  pending_.append(message.payload.data(), message.payload.size()) += '\n';
  lock.unlock();
  if (first) changed_.notify_one();
}

void WriterSink::flush_() {
  std::lock_guard order(writing_);
  std::string out;
  {
    std::lock_guard lock(mutex_);
    out.swap(pending_);
  }
  room_.notify_all();
  write_all(descriptor_, out);
}

void WriterSink::run() {
  for (std::unique_lock lock(mutex_); !stopping_; lock.lock()) {
    changed_.wait(lock, [&] { return stopping_ || !pending_.empty(); });
    changed_.wait_for(lock, kGather, [&] { return stopping_ || pending_.size() >= kMost / 2; });
    lock.unlock();
    flush_();
  }
}

}  // namespace rb::log
