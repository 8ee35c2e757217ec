#pragma once
// Client of Telegram's Bot API. Belongs to the loop's thread. The token never appears in an error.
// A call has its deadline, a long poll its own time besides. Nothing is ever repeated here, but for one case:
// a text whose markup is refused goes once more without it. Source: core.telegram.org/bots/api, «Making
// requests».
#include <boost/json/value.hpp>
#include <chrono>
#include <span>
#include <string>
#include <vector>

#include "http/client.hpp"
#include "telegram/outcome.hpp"
#include "telegram/update.hpp"

namespace rb::telegram {

struct BotSettings {
  std::string token;
  std::string api_url = "https://api.telegram.org";
  std::string proxy = {};    // "socks5h://127.0.0.1:1080"
  std::string ca_file = {};  // "": the system's
  std::chrono::milliseconds deadline{10'000};
};

struct OutgoingText {
  std::int64_t chat_id = 0;
  std::string text;  // 1 to 4096 units after parsing
  bool html = true;
};

struct OutgoingFile {
  std::int64_t chat_id = 0;
  std::string name = {}, type = {}, bytes = {};
  std::string caption = {};  // HTML, at most 1024 units after parsing
};

struct BotCommand {
  std::string command, description;  // without the slash
};

struct Webhook {
  std::string url;     // "": back to long polling
  std::string secret;  // comes back in X-Telegram-Bot-Api-Secret-Token
};

class Client {
 public:
  Client(http::Client& http, BotSettings settings);

  Task<Answer<User>> get_me();
  Task<Outcome> send_message(const OutgoingText& message);
  Task<Outcome> send_document(OutgoingFile file);
  Task<Answer<void>> answer_callback_query(std::string id, std::string text);  // too late is a success
  Task<Answer<void>> set_my_commands(const std::vector<BotCommand>& commands,
                                     const std::string& language);  // "": all

  // Updates from `offset` on (all below are confirmed); waits up to `timeout` (50 s at most) for the first.
  Task<Answer<std::vector<Update>>> get_updates(std::int64_t offset, std::chrono::seconds timeout);
  Task<Answer<void>> set_webhook(Webhook webhook);

 private:
  struct Call;
  Task<Answer<boost::json::value>> call(Call call);
  Task<Answer<void>> command(Call call);
  Task<Outcome> send(Call call);
  std::string without_token(std::string text) const;

  http::Client& http_;
  BotSettings settings_;
};

}  // namespace rb::telegram
