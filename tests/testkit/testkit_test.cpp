#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <stdexcept>

#include "testkit/botapi.hpp"
#include "testkit/process.hpp"
#include "testkit/servers.hpp"

namespace rb::testkit {
namespace {

TEST(TestProcess, gives_output_and_exit_code) {
  Process process({"sh", "-c", "echo one; echo $GREETING; exit 7"}, {{"GREETING", "two words"}});
  EXPECT_EQ(process.read_line(), "one");
  EXPECT_EQ(process.read_line(), "two words");
  EXPECT_THROW(process.read_line(), std::runtime_error);
  EXPECT_EQ(process.wait(), 7);
}

TEST(TestProcess, reports_the_signal_that_ended_it) {
  Process process({"sleep", "600"});
  process.signal(SIGTERM);
  EXPECT_EQ(process.wait(), 128 + SIGTERM);
}

TEST(TestProcess, throws_when_a_program_fails_or_is_not_there) {
  EXPECT_EQ(run({"printf", "a"}), "a");
  EXPECT_THROW(run({"false"}), std::runtime_error);
  EXPECT_THROW(run({"no-such-program"}), std::runtime_error);
}

TEST(TestServers, give_each_test_an_own_database_on_one_server) {
  const std::string first = fresh_redis_url();
  const std::string second = fresh_redis_url();
  EXPECT_NE(first, second);
  EXPECT_EQ(first.substr(0, first.rfind('/')), second.substr(0, second.rfind('/')));
}

TEST(TestServers, come_back_on_the_same_port_and_end_with_their_object) {
  std::filesystem::path folder;
  {
    const Servers servers;
    folder = servers.folder();
    const Settings before = servers.start("redis");
    servers.kill("redis");
    EXPECT_EQ(servers.start("redis"), before);
    servers.restart("redis");
    servers.stop("redis");
    EXPECT_THROW(servers.start("oracle"), std::runtime_error);
  }
  EXPECT_FALSE(std::filesystem::exists(folder));
}

TEST(TestBotApi, does_what_a_test_orders_and_tells_what_came) {
  const BotApi bot_api;
  const std::string call =
      bot_api.url() + "/bot" + std::string(BotApi::token) + "/sendMessage?chat_id=5&text=hello";
  bot_api.order({{"kind", "blocked"}, {"chat_id", 5}});
  EXPECT_THROW(run({"curl", "-sf", call}), std::runtime_error);
  run({"curl", "-sf", call});
  const boost::json::array messages = bot_api.wait(1);
  EXPECT_EQ(messages.at(0).at("text").as_string(), "hello");
  EXPECT_EQ(bot_api.messages(6).size(), 0u);
  EXPECT_EQ(bot_api.stats().at("answers").at("sendMessage 403").as_int64(), 1);
  EXPECT_EQ(bot_api.says(5, "/start"), 1);
  bot_api.reset();
  EXPECT_EQ(bot_api.messages().size(), 0u);
}

}  // namespace
}  // namespace rb::testkit
