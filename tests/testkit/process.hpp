#pragma once
// Child processes of tests. A child dies with the thread that started it, however that ends, so no run leaves
// any behind. Failures to start throw std::runtime_error; a deadline that passes throws too. One thread uses
// a Process.
#include <sys/types.h>

#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace rb::testkit {

using Settings = std::map<std::string, std::string>;  // names and values of environment variables

class Process {
 public:
  // The environment is ours with `extra` on top; the child's stdout is read here, its stderr is ours.
  explicit Process(std::vector<std::string> argv, const Settings& extra = {});
  ~Process();  // SIGKILL when it still runs
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  pid_t pid() const { return pid_; }

  // The next line of its stdout without the newline; throws when it ends or the time is over before one
  // comes.
  std::string read_line(std::chrono::milliseconds patience = std::chrono::seconds(60));
  std::string read_all(
      std::chrono::milliseconds patience = std::chrono::minutes(2));  // until it closes stdout

  void signal(int number) const;

  // Its exit code, or 128 + the signal that ended it.
  int wait(std::chrono::milliseconds patience = std::chrono::minutes(2));

 private:
  bool read_more(std::chrono::steady_clock::time_point deadline);  // false: stdout is closed

  pid_t pid_ = -1;
  int exit_code_ = 0;
  int pidfd_ = -1;
  int out_ = -1;
  std::string buffer_;
};

// Runs a program to its end; its stdout. Throws when the exit code is not 0.
std::string run(std::vector<std::string> argv, const Settings& extra = {});

}  // namespace rb::testkit
