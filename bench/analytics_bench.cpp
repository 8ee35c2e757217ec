// analytics-service beside its floors, over three schools: a year of 100,000 events, ten such years, and a
// year ten times as dense. analytics_bench PROGRAMS [FOLDER] [--quick] [--file HISTORY USERS]...
// --quick: the first school only. --file: schools of one's own, in the form that repitbot history import
// takes, instead. A private PostgreSQL (fsync on) and RabbitMQ.
#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <span>
#include <string_view>

#include "analytics_import.hpp"
#include "analytics_ingest.hpp"
#include "analytics_questions.hpp"
#include "base/error.hpp"

namespace rb::bench {
namespace {

namespace fs = std::filesystem;

const Figures kAims = {{"ingest, events/s", 20'000},       {"ingest, CPU-s of the service per 1,000", 0.02},
                       {"dashboard/tutor, cold, ms", 1},   {"dashboard/tutor, warm, ms", 0.1},
                       {"dashboard/parent, cold, ms", 1},  {"dashboard/parent, warm, ms", 0.1},
                       {"dashboard/student, cold, ms", 1}, {"dashboard/student, warm, ms", 0.1},
                       {"dashboard/admin, cold, ms", 5}};

// The Python stack over the same proportions of events, on a machine of the same kind (2 cores); milliseconds
// of its dashboards by the clock of a client, best of the published medians.
const Figures kPeer100k = {{"ingest with the program's start, events/s", 5058},
                           {"ingest, CPU-s of the service per 1,000", 0.19},
                           {"ingest, CPU-s of PostgreSQL per 1,000", 0.013},
                           {"import into PostgreSQL, events/s", 53763},
                           {"dashboard/tutor, cold, ms", 2.43},
                           {"dashboard/tutor, warm, ms", 0.52},
                           {"dashboard/admin, cold, ms", 8.33},
                           {"dashboard/admin, warm, ms", 0.47}};
const Figures kPeer1M = {{"import into PostgreSQL, events/s", 47619},
                         {"dashboard/tutor, cold, ms", 3.26},
                         {"dashboard/tutor, warm, ms", 0.63},
                         {"dashboard/admin, cold, ms", 36.5},
                         {"dashboard/admin, warm, ms", 0.55}};

struct Options {
  fs::path programs, folder = ".";
  bool quick = false;
  std::vector<School> schools;
};

Options options_of(std::span<char*> arguments) {
  Options out;
  std::vector<fs::path> places;
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    std::string_view argument = arguments[i];
    if (argument == "--quick") {
      out.quick = true;
    } else if (argument == "--file" && i + 2 < arguments.size()) {
      out.schools.push_back(read_school(fs::absolute(arguments[i + 1]), fs::absolute(arguments[i + 2])));
      i += 2;
    } else {
      places.push_back(fs::absolute(argument));
    }
  }
  if (places.empty() || places.size() > 2)
    throw Broken("analytics_bench PROGRAMS [FOLDER] [--quick] [--file HISTORY USERS]...");
  out.programs = places.front();
  if (places.size() > 1) out.folder = places.back();
  return out;
}

std::vector<School> own_schools(const fs::path& folder, bool quick) {
  auto today = std::chrono::floor<std::chrono::days>(kClock.now());
  std::vector<School> out = {write_school(folder, "1 year, 100,000", 100'000, 365, today)};
  if (quick) return out;
  out.push_back(write_school(folder, "10 years, 1,000,000", 1'000'000, 3650, today));
  out.push_back(write_school(folder, "1 year, 1,000,000", 1'000'000, 365, today));
  return out;
}

// Figures exist for the year of 100,000 and for the dense one.
Figures peer_of(const School& school) {
  if (school.events <= 100'000) return kPeer100k;
  return school.days <= 366 ? kPeer1M : Figures{};
}

void run(const Options& options, const fs::path& folder) {
  net::Loop loop(
      [](const std::string& task, const std::string& what) { fmt::print(stderr, "{}: {}\n", task, what); });
  Report report(kAims);
  for (const auto& school : options.schools.empty() ? own_schools(folder, options.quick) : options.schools) {
    testkit::Servers servers(true);
    auto url = servers.start("pg").at("DATABASE_URL");
    servers.start("rabbit");
    Setup setup{loop, servers, url, options.programs, folder, report};
    report.school(school.name, peer_of(school));
    auto settings = measure_ingest(setup, school);
    measure_questions(setup, school, settings);
    measure_questions_to_sqlite(setup, school, measure_import(setup, school));
  }
  report.compare();
}

}  // namespace
}  // namespace rb::bench

int main(int argc, char** argv) {
  setvbuf(stdout, nullptr, _IOLBF, 0);
  int code = 0;
  std::string folder;
  try {
    auto options = rb::bench::options_of({argv, static_cast<std::size_t>(argc)});
    folder = options.folder / "analytics-bench-XXXXXX";
    if (mkdtemp(folder.data()) == nullptr) return perror(folder.c_str()), 1;
    rb::bench::run(options, folder);
  } catch (const std::exception& e) {
    fmt::print(stderr, "{}\n", e.what());
    code = 1;
  }
  if (!folder.empty()) std::filesystem::remove_all(folder);
  return code;
}
