#include "analytics_setup.hpp"

#include <fmt/format.h>

#include <csignal>
#include <fstream>

#include "base/error.hpp"
#include "db/open.hpp"
#include "http/client.hpp"
#include "usage.hpp"

namespace rb::bench {

using namespace std::chrono_literals;

testkit::Settings Setup::fresh() const {
  testkit::Settings out = {{"ENVIRONMENT", "development"},
                           {"JWT_SECRET_KEY", kSecret},
                           {"ANALYTICS_PORT", kAddress.substr(kAddress.rfind(':') + 1)},
                           {"LOG_LEVEL", "warning"}};
  for (const auto* name : {"pg", "rabbit"}) out.merge(servers.fresh(name));
  return out;
}

void Setup::drop(const testkit::Settings& settings) const {
  const auto& url = settings.at("DATABASE_URL");
  auto database = loop.run_until(db::open(loop, {.url = postgres_url, .connections = 1}));
  loop.run_until(
      database->script(fmt::format("drop database {} with (force)", url.substr(url.rfind('/') + 1))));
  loop.run_until(database->close());
}

pid_t Setup::postgres() const {
  std::ifstream in(servers.folder() / "pg/data/postmaster.pid");
  pid_t out = 0;
  if (!(in >> out)) throw Broken("where is PostgreSQL?");
  return out;
}

Task<> Setup::sleep(std::chrono::milliseconds time) const { co_await net::sleep_for(loop, kClock, time); }

void import_files(const Setup& setup, const testkit::Settings& settings,
                  const std::vector<std::filesystem::path>& files) {
  std::vector<std::string> argv = {setup.programs / "repitbot", "history", "import"};
  for (const auto& file : files) argv.push_back(file);
  testkit::Process process(std::move(argv), settings);
  if (process.wait(30min) != 0) throw Broken("the import failed");
}

Service::Service(const Setup& setup, const testkit::Settings& settings)
    : setup_(setup), process_({setup.programs / "analytics-service"}, settings) {}

Task<> Service::ready() {
  http::Client client(setup_.loop);
  for (auto deadline = std::chrono::steady_clock::now() + 60s; std::chrono::steady_clock::now() < deadline;) {
    auto answer = co_await client.send({.url = kAddress + "/health/ready"});
    if (answer && answer->status == 200) co_return;
    co_await setup_.sleep(5ms);
  }
  throw Broken("analytics-service does not start");
}

// What follows from a history begins a second after its last event, in steps that begin within a second.
Task<> Service::idle() {
  constexpr double kNothing = 0.02;  // seconds of the processor in two
  for (double before = -1, now = cpu_seconds(pid()); now - before > kNothing; now = cpu_seconds(pid())) {
    before = now;
    co_await setup_.sleep(2s);
  }
}

void Service::stop() {
  process_.signal(SIGTERM);
  process_.wait();
}

}  // namespace rb::bench
