#include "bus/file_lock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "base/error.hpp"
#include "base/strings.hpp"

namespace rb::bus {
namespace {

std::string owner(int file) {
  std::array<char, 32> text{};
  auto size = ::pread(file, text.data(), text.size(), 0);
  auto pid =
      size > 0 ? trim(std::string_view(text.data(), static_cast<std::size_t>(size))) : std::string_view();
  return pid.empty() ? "another process" : fmt::format("process {}", pid);
}

}  // namespace

FileLock::FileLock(const std::string& path)
    : file_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
  if (file_ < 0) throw Broken(fmt::format("cannot open {}: {}", path, std::strerror(errno)));
  if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
    auto holder = owner(file_);
    ::close(file_);
    throw Broken(
        fmt::format("{} works on this database file already ({}): stop it first, or give this one a "
                    "DATABASE_URL of its own",
                    holder, path));
  }
  auto pid = fmt::format("{}\n", ::getpid());
  if (::ftruncate(file_, 0) != 0 || ::pwrite(file_, pid.data(), pid.size(), 0) < 0) {
    ::close(file_);
    throw Broken(fmt::format("cannot write {}: {}", path, std::strerror(errno)));
  }
}

FileLock::~FileLock() { ::close(file_); }

}  // namespace rb::bus
