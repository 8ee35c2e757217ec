#include "school.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <random>

#include "analytics-service/tools.hpp"
#include "base/ids.hpp"
#include "base/strings.hpp"
#include "testkit/servers.hpp"
#include "time/iso.hpp"

namespace rb::analytics {
namespace {

const Time kToday = std::chrono::sys_days(std::chrono::year(2026) / 1 / 5) + std::chrono::hours(10);

}  // namespace

void School::SetUp() {
  folder_ = std::filesystem::temp_directory_path() / ("school-" + hex(random_bytes(6)));
  std::filesystem::create_directories(folder_);
  environment_["JWT_SECRET_KEY"] = "a-secret-of-the-tests-with-enough-bytes";
  environment_["DATABASE_URL"] =
      embedded() ? "sqlite:///" + (folder_ / "school.sqlite3").string() : testkit::fresh_postgres_url();
  if (!embedded()) environment_["RABBITMQ_URL"] = testkit::fresh_rabbitmq_url();
  start();
}

void School::TearDown() {
  if (service_) stop();
  std::filesystem::remove_all(folder_);
}

void School::start() {
  config::Variables variables(environment_.begin(), environment_.end());
  auto settings = config::read_settings(config::Source(std::move(variables)));
  ASSERT_TRUE(settings) << settings.error().message;
  settings->process.analytics_port = 0;
  registry_ = std::make_unique<metrics::Registry>();
  backends_ = run(service::Backends::open(loop_, clock_, *settings, "analytics"));
  service_ = run(Service::create({loop_, clock_, *backends_.database, *backends_.bus, *registry_, *settings,
                                  settings->jwt.secret, backends_.cache.get()}));
  before_start();
  run(backends_.bus->start());
  auto started = service_->start();
  ASSERT_TRUE(started) << started.error().message;
}

void School::stop() {
  run(service_->stop());
  run(backends_.bus->stop());
  run(backends_.database->close());
  service_.reset();
  backends_ = {};
}

std::unique_ptr<testkit::Process> School::program(std::vector<std::string> words,
                                                  const testkit::Settings& settings) {
  const auto* folder = std::getenv("RB_BIN");
  words.front() = std::string(folder != nullptr ? folder : "build/release/bin") + "/" + words.front();
  testkit::Settings all(environment_.begin(), environment_.end());
  all.insert(settings.begin(), settings.end());
  return std::make_unique<testkit::Process>(std::move(words), all);
}

std::unique_ptr<testkit::Process> School::another() {
  for (int tries = 0;; ++tries) {
    auto port = std::to_string(20'000 + std::random_device()() % 12'000);  // may be taken
    auto out = program({"analytics-service"}, {{"HOST", "127.0.0.1"}, {"ANALYTICS_PORT", port}});
    try {
      while (!out->read_line().contains("is ready")) continue;
      another_port_ = port;
      return out;
    } catch (const std::runtime_error&) {
      if (tries == 10) throw;
    }
  }
}

void School::publish(const std::vector<Told>& events) {
  run(backends_.database->transaction([&](db::Transaction& tx) -> Task<> {
    for (const auto& event : events) {
      bus::Message message;
      message.routing_key = event.type;
      message.body = event.body;
      backends_.bus->publish(tx, message);
    }
    co_return;
  }));
  backends_.bus->flush();
}

void School::happens(const std::string& id, const std::string& type, const std::string& data) {
  auto body = fmt::format(
      R"({{"specversion":"1.0","id":"{}","source":"/school","type":"{}","time":"{}","data":{{{}}}}})", id,
      type, format_iso(kToday + std::chrono::minutes(++told_)), data);
  publish({{type, id, body}});
}

void School::wait_for_events(std::size_t logged) {
  SystemClock real;
  auto deadline = real.now() + std::chrono::minutes(1);
  while (count("select count(*) as n from analytics_event_log") < static_cast<std::int64_t>(logged)) {
    ASSERT_LT(real.now(), deadline) << "the events never came";
    run(net::sleep_for(loop_, real, std::chrono::milliseconds(5)));
  }
}

std::int64_t School::count(const std::string& sql) {
  return run(backends_.database->read({"count", sql, sql, {}}, {})).integer(0, "n");
}

std::set<std::string> School::logged() {
  constexpr std::string_view kIds = "select id from analytics_event_log";
  auto rows = run(backends_.database->read({"ids", kIds, kIds, {}}, {}));
  std::set<std::string> out;
  for (std::size_t i = 0; i < rows.size(); ++i) out.insert(rows.text(i, "id"));
  return out;
}

std::vector<std::string> School::differences() {
  return run(verify(*backends_.database, nullptr)).differences;
}

}  // namespace rb::analytics
