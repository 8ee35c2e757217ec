#pragma once
// Keeps a second process (or a second bus in this one) away from a file.
#include <string>

namespace rb::bus {

class FileLock {
 public:
  explicit FileLock(const std::string& path);  // throws Broken with the owner's process id when it is taken
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  int file_;
};

}  // namespace rb::bus
