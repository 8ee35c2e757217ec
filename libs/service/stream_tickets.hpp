#pragma once
// Tickets that open an event stream in a browser, which cannot send a token there: one minute, once, for the
// caller who asked. Belongs to the loop's thread.
#include <boost/describe.hpp>

#include "auth/url_token.hpp"
#include "http/api.hpp"
#include "service/tables.hpp"

namespace rb::service {

struct TicketAnswer {
  std::string ticket;
  int expires_in = 0;  // seconds
};
BOOST_DESCRIBE_STRUCT(TicketAnswer, (), (ticket, expires_in))

class StreamTickets {
 public:
  StreamTickets(db::Database& database, const Clock& clock, const Tables& tables, auth::UrlTokens tokens)
      : database_(database), clock_(clock), tables_(tables), tokens_(std::move(tokens)) {}

  TicketAnswer make(const http::Caller& who) const;

  // Errc::unauthorized: not ours, too old, or used before, by whichever instance.
  Task<Result<http::Caller>> redeem(std::string ticket);

 private:
  Task<bool> use(const std::string& ticket, Time expires);  // false: it has been used before

  db::Database& database_;
  const Clock& clock_;
  const Tables& tables_;
  auth::UrlTokens tokens_;
};

// POST /api/v1/stream-tickets. `tickets` outlives the API.
void add_stream_tickets(http::Api& api, StreamTickets& tickets);

}  // namespace rb::service
