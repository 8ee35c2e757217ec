#include "testkit/process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <stdexcept>
#include <system_error>

namespace rb::testkit {
namespace {

using Clock = std::chrono::steady_clock;

std::vector<char*> pointers(std::vector<std::string>& strings) {
  std::vector<char*> list;
  list.reserve(strings.size() + 1);
  for (std::string& text : strings) list.push_back(text.data());
  list.push_back(nullptr);
  return list;
}

std::vector<std::string> environment(const Settings& extra) {
  std::vector<std::string> list;
  for (char** entry = environ; *entry; ++entry) {
    const std::string text = *entry;
    if (!extra.contains(text.substr(0, text.find('=')))) list.push_back(text);
  }
  for (const auto& [name, value] : extra) list.push_back(fmt::format("{}={}", name, value));
  return list;
}

// Waits until `fd` can be read; throws when the deadline passes first.
void wait_readable(int fd, Clock::time_point deadline, const char* what) {
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
    pollfd entry{fd, POLLIN, 0};
    const int found = left > 0 ? ::poll(&entry, 1, static_cast<int>(left)) : 0;
    if (found > 0) return;
    if (found == 0) throw std::runtime_error(fmt::format("a child process does not {} in time", what));
    if (errno != EINTR) throw std::system_error(errno, std::generic_category(), "poll");
  }
}

}  // namespace

Process::Process(std::vector<std::string> argv, const Settings& extra) {
  argv.insert(argv.begin(), {"setpriv", "--pdeathsig", "KILL"});
  std::vector<std::string> variables = environment(extra);
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, pipe[1], STDOUT_FILENO);
  const int error = ::posix_spawn(&pid_, "/usr/bin/setpriv", &actions, nullptr, pointers(argv).data(),
                                  pointers(variables).data());
  posix_spawn_file_actions_destroy(&actions);
  ::close(pipe[1]);
  out_ = pipe[0];
  if (error != 0) {
    ::close(out_);
    throw std::system_error(error, std::generic_category(), argv[3]);
  }
  pidfd_ = static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0));
}

Process::~Process() {
  if (pid_ > 0) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  ::close(pidfd_);
  ::close(out_);
}

void Process::signal(int number) const {
  if (pid_ > 0) ::kill(pid_, number);
}

bool Process::read_more(Clock::time_point deadline) {
  wait_readable(out_, deadline, "write");
  std::array<char, 4096> bytes;
  const ssize_t size = ::read(out_, bytes.data(), bytes.size());
  if (size > 0) buffer_.append(bytes.data(), static_cast<std::size_t>(size));
  return size > 0;
}

std::string Process::read_line(std::chrono::milliseconds patience) {
  const auto deadline = Clock::now() + patience;
  std::size_t end = 0;
  while ((end = buffer_.find('\n')) == std::string::npos) {
    if (!read_more(deadline)) throw std::runtime_error("a child process ended before it wrote a line");
  }
  std::string line = buffer_.substr(0, end);
  buffer_.erase(0, end + 1);
  return line;
}

std::string Process::read_all(std::chrono::milliseconds patience) {
  const auto deadline = Clock::now() + patience;
  while (read_more(deadline)) {
  }
  return std::move(buffer_);
}

int Process::wait(std::chrono::milliseconds patience) {
  if (pid_ < 0) return exit_code_;
  wait_readable(pidfd_, Clock::now() + patience, "end");
  int status = 0;
  ::waitpid(pid_, &status, 0);
  pid_ = -1;
  exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return exit_code_;
}

std::string run(std::vector<std::string> argv, const Settings& extra) {
  const std::string name = argv.front();
  Process process(std::move(argv), extra);
  std::string output = process.read_all();
  if (const int code = process.wait(); code != 0)
    throw std::runtime_error(fmt::format("{}: exit code {}", name, code));
  return output;
}

}  // namespace rb::testkit
