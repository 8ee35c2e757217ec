#pragma once
// Where lines gather until a thread writes them.
#include <spdlog/sinks/base_sink.h>

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace rb::log {

// Appends to a buffer; a thread of its own writes the buffer 50 ms after its first line. flush() writes in
// the caller. A full buffer makes the caller wait. Any thread.
class WriterSink final : public spdlog::sinks::base_sink<spdlog::details::null_mutex> {
 public:
  explicit WriterSink(int descriptor);
  ~WriterSink() override;

  // Lines go to `lines` instead, until nullptr.
  void divert(std::vector<std::string>* lines);

 private:
  void sink_it_(const spdlog::details::log_msg& message) override;
  void flush_() override;
  void run();

  const int descriptor_;
  std::mutex writing_;  // taken before mutex_; held while bytes go out, so that buffers leave in order
  std::mutex mutex_;    // guards what follows
  std::condition_variable changed_;
  std::condition_variable room_;
  std::string pending_;
  std::vector<std::string>* diverted_ = nullptr;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace rb::log
