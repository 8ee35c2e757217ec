#include "config/kept_secret.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

#include "base/error.hpp"
#include "base/ids.hpp"
#include "base/strings.hpp"

namespace rb::config {
namespace {

std::string read_whole(const std::filesystem::path& path) {
  std::ifstream file(path);
  return std::string(trim(std::string(std::istreambuf_iterator(file), {})));
}

[[noreturn]] void broken(const std::filesystem::path& path) {
  throw Broken(path.string() + ": cannot be written: " + std::strerror(errno));
}

}  // namespace

std::string kept_secret(const std::filesystem::path& directory) {
  auto path =
      directory / "repitbot.sqlite3-jwt";  // beside the -wal and -shm of SQLite, and ignored like them
  if (auto known = read_whole(path); !known.empty()) return known;
  auto secret = base64url(random_bytes(32));
  auto own = path;
  own += "." + base64url(random_bytes(6));
  int file = ::open(own.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) broken(own);
  bool written = ::write(file, secret.data(), secret.size()) == static_cast<ssize_t>(secret.size());
  ::close(file);
  // link() lets exactly one of several processes win.
  bool linked = written && (::link(own.c_str(), path.c_str()) == 0 || errno == EEXIST);
  ::unlink(own.c_str());
  if (!linked) broken(path);
  return read_whole(path);
}

}  // namespace rb::config
