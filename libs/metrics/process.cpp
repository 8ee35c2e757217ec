#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "metrics/standard.hpp"

namespace rb::metrics {
namespace {

double seconds(const timeval& t) {
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
}

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  double pages = 0, resident = 0;
  statm >> pages >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE));
}

double open_files() {
  std::error_code error;
  std::filesystem::directory_iterator files("/proc/self/fd", error);
  return static_cast<double>(std::distance(begin(files), end(files)));
}

double now() {
  return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

}  // namespace

void add_process_metrics(Registry& registry) {
  registry.gauge("process_start_time_seconds", "Start of the process, Unix time").set(now());
  auto memory = registry.gauge("process_resident_memory_bytes", "Resident memory");
  auto files = registry.gauge("process_open_fds", "Open file descriptors");
  auto cpu = registry.counter("process_cpu_seconds_total", "User and system CPU time");
  registry.on_collect([memory, files, cpu]() mutable {
    memory.set(resident_bytes());
    files.set(open_files());
    cpu.add(cpu_seconds() - cpu.value());
  });
}

}  // namespace rb::metrics
