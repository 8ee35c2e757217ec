#pragma once
// Takes the updates that Telegram posts to TELEGRAM_WEBHOOK_URL. Each is answered when it is done, so that
// what cannot be done now is posted again (telegram-facts: any answer but 2xx is). Belongs to the loop's
// thread.
#include "reader.hpp"

namespace rb::bot {

class Webhook final : public Reader {
 public:
  // `where`: the public address and the secret that comes with each post.
  Webhook(const Surroundings& around, telegram::Webhook where);

  Task<> run() override;  // until Telegram knows the address

  // The endpoint's path: that of the public address.
  std::string path() const;
  Task<Result<http::Response>> post(const http::Request& request);

 private:
  telegram::Webhook where_;
};

}  // namespace rb::bot
