#pragma once
// The strict fake of Telegram's Bot API (botapi.mjs beside this file), started for a test and steered by it.
// Times are microseconds of the monotonic clock (std::chrono::steady_clock). Failures throw. One thread.
#include <boost/json.hpp>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "testkit/process.hpp"

namespace rb::testkit {

class BotApi {
 public:
  static constexpr std::string_view token = "1234567890:AAtest_token_of_the_test_kit_000000";

  explicit BotApi(std::vector<std::string> arguments = {});  // "--limits", "on"...

  const std::string& url() const { return url_; }  // http://127.0.0.1:PORT, the TELEGRAM_API_URL

  // What goes wrong with the next call that fits:
  // {"kind":"rate_limited","retry_after":1,"chat_id":5,"times":2}; README.md lists the kinds.
  void order(const boost::json::object& outcome) const;
  void withdraw_orders() const;
  void set(const boost::json::object& settings) const;  // {"limits":true}

  std::int64_t says(std::int64_t user,
                    std::string_view text) const;  // a person writes to the bot; the update's id
  std::int64_t presses(std::int64_t user, std::string_view callback_data, std::int64_t message_id) const;
  std::int64_t blocks(std::int64_t user, bool blocked = true) const;

  boost::json::array messages() const;
  boost::json::array messages(std::int64_t chat) const;
  boost::json::object stats() const;

  // The messages once there are `count` of them; throws when they do not come in time.
  boost::json::array wait(std::size_t count,
                          std::chrono::milliseconds patience = std::chrono::seconds(20)) const;

  void reset() const;  // as new

 private:
  boost::json::value control(const char* method, const std::string& path,
                             const boost::json::value& body = nullptr) const;
  std::int64_t push(const boost::json::object& update) const;

  Process process_;
  std::string url_;
};

}  // namespace rb::testkit
