// jinja_bench CASES.jsonl [SECONDS]: of every case the renders (compiled once) and the compilations per CPU
// second, one thread, best of five. bench/jinja_ratio sets them beside Python's. Each case is {"name",
// "template", "templates", "env", "context", "output"}; a wrong output ends the run.
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include "jinja/requests.hpp"

namespace {

using rb::jinja::Value;

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

template <class F>
double rate(F render, double seconds) {
  long count = 1;
  double spent = 0;
  for (;; count *= 2) {
    auto start = cpu_seconds();
    for (long i = 0; i < count; ++i) render();
    spent = cpu_seconds() - start;
    if (spent > 0.05) break;
  }
  count = std::max(1L, static_cast<long>(static_cast<double>(count) / spent * seconds / 5));
  double best = 0;
  for (int round = 0; round < 5; ++round) {
    auto start = cpu_seconds();
    for (long i = 0; i < count; ++i) render();
    best = std::max(best, static_cast<double>(count) / (cpu_seconds() - start));
  }
  return best;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: jinja_bench CASES.jsonl [SECONDS]\n");
    return 2;
  }
  double seconds = argc > 2 ? std::atof(argv[2]) : 3;
  std::ifstream cases(argv[1]);
  for (std::string line; std::getline(cases, line);) {
    auto request = Value::parse_json(line);
    if (!request) continue;
    rb::jinja::Request bench(*request);
    if (bench.render().value_or("") != rb::jinja::text_of(*request, "output")) {
      std::printf("%s: wrong output\n", rb::jinja::text_of(*request, "name").c_str());
      return 1;
    }
    std::printf("%-16s %12.0f %12.0f\n", rb::jinja::text_of(*request, "name").c_str(),
                rate([&] { (void)bench.render(); }, seconds),
                rate([&] { (void)rb::jinja::Request(*request).compile(); }, seconds));
  }
}
