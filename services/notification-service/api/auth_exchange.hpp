#pragma once
// POST /api/v1/auth/exchange: a service that acts for a person (the bot for whom it talks to) gets a short
// token of that person, so that the person's own rights apply.
#include <boost/describe.hpp>

#include "api/app.hpp"
#include "json/json.hpp"

namespace rb::notification {

struct ExchangeRequest {
  std::optional<std::string> user_id, telegram_id;
};
BOOST_DESCRIBE_STRUCT(ExchangeRequest, (), (user_id, telegram_id))
json::Rules rules(const ExchangeRequest*);

struct ExchangeAnswer {
  std::string access_token;
  std::string token_type = "bearer";
  int expires_in = 0;  // seconds
  std::string user_id;
  std::vector<std::string> roles;
};
BOOST_DESCRIBE_STRUCT(ExchangeAnswer, (), (access_token, token_type, expires_in, user_id, roles))
json::Rules rules(const ExchangeAnswer*);

Task<Result<ExchangeAnswer>> exchange_token(App& app, const http::Request& request, ExchangeRequest in);

}  // namespace rb::notification
