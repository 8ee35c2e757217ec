#include "usage.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

namespace rb::bench {
namespace {

std::string proc(pid_t pid, const char* file) { return "/proc/" + std::to_string(pid) + "/" + file; }

}  // namespace

double cpu_seconds(pid_t root) {
  std::ifstream in(proc(root, "stat"));
  std::string line;
  std::getline(in, line);
  std::istringstream fields(line.substr(line.rfind(')') + 2));  // the name before may hold spaces
  std::string skipped;
  for (int i = 0; i < 11; ++i) fields >> skipped;
  long user = 0, system = 0, ended_user = 0, ended_system = 0;
  fields >> user >> system >> ended_user >> ended_system;
  double out = static_cast<double>(user + system + ended_user + ended_system) /
               static_cast<double>(sysconf(_SC_CLK_TCK));
  std::ifstream children(proc(root, ("task/" + std::to_string(root) + "/children").c_str()));
  for (pid_t child = 0; children >> child;) out += cpu_seconds(child);
  return out;
}

namespace {

double used_by(__rusage_who who) {
  rusage used{};
  getrusage(who, &used);
  auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

}  // namespace

double own_cpu_seconds() { return used_by(RUSAGE_SELF); }
double ended_cpu_seconds() { return used_by(RUSAGE_CHILDREN); }

double peak_megabytes(pid_t pid) {
  std::ifstream in(proc(pid, "status"));
  for (std::string line; std::getline(in, line);)
    if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1024;
  return 0;
}

}  // namespace rb::bench
