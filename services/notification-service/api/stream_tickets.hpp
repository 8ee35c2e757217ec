#pragma once
// Tickets that open an event stream in a browser, which cannot send a token there: one minute, once, for the
// caller who asked.
#include <boost/describe.hpp>

#include "api/app.hpp"

namespace rb::notification {

struct TicketAnswer {
  std::string ticket;
  int expires_in = 0;  // seconds
};
BOOST_DESCRIBE_STRUCT(TicketAnswer, (), (ticket, expires_in))

Task<Result<TicketAnswer>> make_stream_ticket(App& app, const http::Request& request);

// Errc::unauthorized: not ours, too old, or used before, by whichever instance.
Task<Result<http::Caller>> redeem_stream_ticket(App& app, std::string ticket);

}  // namespace rb::notification
