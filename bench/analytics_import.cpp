#include "analytics_import.hpp"

#include "usage.hpp"

namespace rb::bench {
namespace {

using std::chrono::steady_clock;

void measure_import_into(const Setup& setup, const School& school, const std::string& name,
                         const testkit::Settings& settings) {
  import_files(setup, settings, {school.users});
  auto cpu = ended_cpu_seconds();
  auto started = steady_clock::now();
  import_files(setup, settings, {school.history});
  auto spent = std::chrono::duration<double>(steady_clock::now() - started).count();
  auto events = static_cast<double>(school.events);
  setup.report.line(
      {.what = "import into " + name + ", events/s", .ours = events / spent, .more_is_better = true});
  setup.report.line({.what = "import into " + name + ", its CPU-s per 1,000",
                     .ours = (ended_cpu_seconds() - cpu) * 1000 / events});
}

}  // namespace

testkit::Settings measure_import(const Setup& setup, const School& school) {
  auto postgres = setup.fresh();
  measure_import_into(setup, school, "PostgreSQL", postgres);
  setup.drop(postgres);
  auto settings = setup.fresh();
  settings["DATABASE_URL"] = "sqlite:///" + (setup.folder / school.history.stem()).string() + ".sqlite3";
  measure_import_into(setup, school, "SQLite", settings);
  return settings;
}

}  // namespace rb::bench
