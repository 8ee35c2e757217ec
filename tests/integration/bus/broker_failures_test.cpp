// Brokers that are away, die, hang or never answer.
#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fstream>
#include <set>

#include "bus_fixture.hpp"
#include "management.hpp"
#include "testkit/servers.hpp"

namespace rb::bus {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

class BrokerFailures : public BusFixture {
 protected:
  static void SetUpTestSuite() { servers_ = std::make_unique<testkit::Servers>(); }
  static void TearDownTestSuite() { servers_.reset(); }

  void SetUp() override {
    BusFixture::SetUp();
    servers_->start("rabbit");
    settings_ = Management(servers_->fresh("rabbit")).settings();
    settings_.deadline = 2s;
  }

  Running start_with(Log& log) {
    auto bus = new_rabbit_bus(settings_);
    bus->consume({.name = "q", .binding_keys = {"#"}}, acknowledge_into(log));
    return start(std::move(bus));
  }
  static std::set<int> distinct(const Log& log) {
    std::set<int> out;
    for (const auto& body : log) out.insert(std::stoi(body));  // "7*" counts as 7
    return out;
  }

  static std::unique_ptr<testkit::Servers> servers_;
  RabbitSettings settings_;
};

std::unique_ptr<testkit::Servers> BrokerFailures::servers_;

TEST_F(BrokerFailures, at_the_start_keep_messages_in_the_outbox_until_the_broker_comes) {
  servers_->stop("rabbit");
  Log got;
  auto running = start_with(got);
  EXPECT_FALSE(bus_->state().connected);
  EXPECT_THAT(bus_->state().problem, HasSubstr("does not answer"));
  publish(*bus_, numbered(0, 20));
  until([&] { return bus_->state().unpublished == 20; });
  servers_->start("rabbit");
  until([&] { return got.size() == 20; }, 60s);
  EXPECT_EQ(got, numbers(0, 20));
  until([&] { return bus_->state().connected && bus_->state().problem.empty(); });
}

TEST_F(BrokerFailures, by_power_cut_while_publishing_lose_none_of_2000_messages) {
  Log got;
  auto running = start_with(got);
  for (int i = 0; i < 2000; i += 20) {
    publish(*bus_, numbered(i, i + 20));
    if (i == 600) servers_->kill("rabbit");
    if (i == 1400) servers_->start("rabbit");
  }
  until([&] { return distinct(got).size() == 2000 && bus_->state().unpublished == 0; }, 90s);
}

TEST_F(BrokerFailures, in_which_nothing_answers_any_more_do_not_hold_up_the_stop) {
  Log got;
  auto running = start_with(got);
  pid_t pid = 0;
  std::ifstream(servers_->folder() / "rabbit" / "pid") >> pid;
  ASSERT_GT(pid, 0);
  ASSERT_EQ(::kill(pid, SIGSTOP), 0);
  publish(*bus_, numbered(0, 20));
  const auto began = clock_.now();
  stop();
  const auto took = clock_.now() - began;
  ::kill(pid, SIGCONT);
  EXPECT_LT(took, 13s);
  auto again = start_with(got);
  until([&] { return distinct(got).size() == 20; });
}

TEST_F(BrokerFailures, in_which_the_login_is_never_answered_are_reported_after_the_deadline) {
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ASSERT_EQ(::bind(listener, reinterpret_cast<sockaddr*>(&address), size), 0);
  ASSERT_EQ(::listen(listener, 10), 0);
  ASSERT_EQ(::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size), 0);
  settings_.host = "127.0.0.1";
  settings_.port = ntohs(address.sin_port);
  settings_.deadline = 1s;
  {
    Log got;
    auto running = start_with(got);
    EXPECT_THAT(bus_->state().problem, HasSubstr("did not answer the login within 1 s"));
  }
  ::close(listener);
}

}  // namespace
}  // namespace rb::bus
