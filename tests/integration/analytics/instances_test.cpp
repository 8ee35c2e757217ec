// Two programs on one PostgreSQL and one RabbitMQ.
#include <csignal>
#include <cstdlib>
#include <random>

#include "school.hpp"
#include "testkit/process.hpp"

namespace rb::analytics {
namespace {

class Instances : public School {
 protected:
  // Another analytics-service as a program of its own, ready.
  std::unique_ptr<testkit::Process> another() {
    const auto* folder = std::getenv("RB_BIN");
    auto binary = std::string(folder != nullptr ? folder : "build/release/bin") + "/analytics-service";
    testkit::Settings settings(environment_.begin(), environment_.end());
    settings["HOST"] = "127.0.0.1";
    for (int tries = 0;; ++tries) {
      settings["ANALYTICS_PORT"] = std::to_string(20'000 + random_() % 12'000);  // may be taken
      auto out = std::make_unique<testkit::Process>(std::vector{binary}, settings);
      try {
        while (!out->read_line().contains("is ready")) continue;
        return out;
      } catch (const std::runtime_error&) {
        if (tries == 10) throw;
      }
    }
  }

  std::set<std::string> ids(const std::vector<Told>& events) {
    std::set<std::string> out;
    for (const auto& event : events) out.insert(event.id);
    return out;
  }

  std::random_device random_;
};

TEST_P(Instances, share_the_events_and_lose_none_when_one_is_killed) {
  auto history = random_history(5, 8000);
  auto first = another();
  publish({history.begin(), history.begin() + 4000});
  wait_for_events(500);
  first->signal(SIGKILL);
  first->wait();
  auto second = another();
  publish({history.begin() + 3000, history.end()});  // a thousand of them again
  wait_for_events(history.size());
  EXPECT_EQ(logged(), ids(history));
  EXPECT_EQ(differences(), std::vector<std::string>{});
  second->signal(SIGTERM);
  EXPECT_EQ(second->wait(), 0);
}

INSTANTIATE_TEST_SUITE_P(Backends, Instances, testing::Values("distributed"),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace rb::analytics
