// Two programs on one PostgreSQL and one RabbitMQ.
#include <csignal>

#include "school.hpp"

namespace rb::analytics {
namespace {

class Instances : public School {
 protected:
  std::set<std::string> ids(const std::vector<Told>& events) {
    std::set<std::string> out;
    for (const auto& event : events) out.insert(event.id);
    return out;
  }
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
