#include "testkit/botapi.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <memory>
#include <stdexcept>

namespace rb::testkit {
namespace {

namespace bj = boost::json;

std::vector<std::string> command(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {"node", "tests/testkit/botapi.mjs"});
  return arguments;
}

std::size_t append(char* bytes, std::size_t size, std::size_t count, void* text) {
  static_cast<std::string*>(text)->append(bytes, size * count);
  return size * count;
}

std::string request(const char* method, const std::string& url, const std::string& body) {
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(curl_easy_init(), curl_easy_cleanup);
  std::string answer;
  curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_CUSTOMREQUEST, method);
  curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT, 120L);
  curl_easy_setopt(curl.get(), CURLOPT_FAILONERROR, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, append);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &answer);
  if (!body.empty()) {
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, body.c_str());
  }
  const CURLcode code = curl_easy_perform(curl.get());
  if (code != CURLE_OK)
    throw std::runtime_error(fmt::format("{} {}: {}", method, url, curl_easy_strerror(code)));
  return answer;
}

}  // namespace

BotApi::BotApi(std::vector<std::string> arguments) : process_(command(std::move(arguments))) {
  const std::string line = process_.read_line();
  url_ = "http://127.0.0.1:" + line.substr(line.rfind(' ') + 1);
}

bj::value BotApi::control(const char* method, const std::string& path, const bj::value& body) const {
  return bj::parse(request(method, url_ + "/_control/" + path, body.is_null() ? "" : bj::serialize(body)));
}

void BotApi::order(const bj::object& outcome) const { control("POST", "outcomes", outcome); }
void BotApi::withdraw_orders() const { control("DELETE", "outcomes"); }
void BotApi::set(const bj::object& settings) const { control("POST", "settings", settings); }
void BotApi::reset() const { control("POST", "reset"); }

std::int64_t BotApi::push(const bj::object& update) const {
  return control("POST", "updates", update).as_array().front().to_number<std::int64_t>();
}

std::int64_t BotApi::says(std::int64_t user, std::string_view text) const {
  return push({{"from", user}, {"text", text}});
}

std::int64_t BotApi::presses(std::int64_t user, std::string_view callback_data,
                             std::int64_t message_id) const {
  return push({{"from", user}, {"callback_data", callback_data}, {"message_id", message_id}});
}

std::int64_t BotApi::blocks(std::int64_t user, bool blocked) const {
  return push({{"from", user}, {"blocked", blocked}});
}

bj::array BotApi::messages() const { return control("GET", "messages").as_array(); }

bj::array BotApi::messages(std::int64_t chat) const {
  return control("GET", fmt::format("messages?chat_id={}", chat)).as_array();
}

bj::object BotApi::stats() const { return control("GET", "stats").as_object(); }

bj::array BotApi::wait(std::size_t count, std::chrono::milliseconds patience) const {
  const bj::value came =
      control("GET", fmt::format("wait?messages={}&timeout_ms={}", count, patience.count()));
  if (!came.at("enough").as_bool()) {
    throw std::runtime_error(fmt::format("{} messages of {} came", came.at("messages").as_int64(), count));
  }
  return messages();
}

}  // namespace rb::testkit
