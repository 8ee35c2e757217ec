#pragma once
// What a process tree has used, from Linux' /proc (proc(5)), and percentiles.
#include <sys/types.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

namespace rb::bench {

double cpu_seconds(pid_t root);    // user and system time of `root`, its children, and those that have ended
double own_cpu_seconds();          // of this process alone, to the microsecond
double ended_cpu_seconds();        // of our children that have ended and been waited for
double peak_megabytes(pid_t pid);  // VmHWM

inline double milliseconds(std::chrono::steady_clock::duration time) {
  return std::chrono::duration<double, std::milli>(time).count();
}

inline double percentile(std::vector<double> values, double part) {
  if (values.empty()) return 0;
  std::ranges::sort(values);
  return values[std::min(values.size() - 1,
                         static_cast<std::size_t>(part * static_cast<double>(values.size())))];
}

}  // namespace rb::bench
