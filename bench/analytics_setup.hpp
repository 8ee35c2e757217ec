#pragma once
// analytics-service as a process on a database and a virtual host of its own, for measuring. One thread.
#include <filesystem>
#include <string>

#include "net/loop.hpp"
#include "net/task.hpp"
#include "report.hpp"
#include "school_history.hpp"
#include "testkit/servers.hpp"
#include "time/clock.hpp"

namespace rb::bench {

inline const SystemClock kClock{};
inline const std::string kSecret = "bench-bench-bench-bench-bench-bench";
inline const std::string kAddress = "http://127.0.0.1:18017";

// What every part needs.
struct Setup {
  net::Loop& loop;
  const testkit::Servers& servers;  // pg and rabbit have been started
  std::string postgres_url;
  std::filesystem::path programs, folder;
  Report& report;

  testkit::Settings fresh() const;  // settings of an installation without anything in it
  void drop(
      const testkit::Settings& settings) const;  // or PostgreSQL would clean it up while others are measured
  pid_t postgres() const;
  Task<> sleep(std::chrono::milliseconds time) const;
};

// Programs that do not end in time, or fail, throw.
void import_files(const Setup& setup, const testkit::Settings& settings,
                  const std::vector<std::filesystem::path>& files);

class Service {
 public:
  Service(const Setup& setup, const testkit::Settings& settings);
  Task<> ready();
  Task<> idle();  // waits until it does nothing any more
  void stop();
  pid_t pid() const { return process_.pid(); }

 private:
  const Setup& setup_;
  testkit::Process process_;
};

}  // namespace rb::bench
