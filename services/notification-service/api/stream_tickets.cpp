#include "api/stream_tickets.hpp"

#include "json/json.hpp"
#include "store/inbox.hpp"

namespace rb::notification {
namespace {

constexpr auto kLife = std::chrono::minutes(1);
constexpr auto kPurpose = "stream-ticket";

// The caller as the ticket carries it.
struct Bearer {
  std::string subject;
  std::vector<std::string> roles, children;
  std::string nonce;  // two tickets of one second are two tickets
};
BOOST_DESCRIBE_STRUCT(Bearer, (), (subject, roles, children, nonce))

}  // namespace

Task<Result<TicketAnswer>> make_stream_ticket(App& app, const http::Request& request) {
  const auto& who = request.who();
  auto payload =
      json::to_text(json::write(Bearer{who.subject, who.roles, who.children, auth::random_token(6)}));
  auto& rt = app.runtime();
  TicketAnswer out;
  out.ticket = rt.tokens.sign(kPurpose, payload, rt.clock.now() + kLife);
  out.expires_in = static_cast<int>(std::chrono::seconds(kLife).count());
  co_return out;
}

Task<Result<http::Caller>> redeem_stream_ticket(App& app, std::string ticket) {
  auto& rt = app.runtime();
  auto now = rt.clock.now();
  auto payload = rt.tokens.verify(kPurpose, ticket, now);
  if (!payload) co_return fail(Errc::unauthorized, "the ticket is not valid or older than a minute");
  auto parsed = json::parse(*payload);
  auto bearer = parsed ? json::read<Bearer>(*parsed) : fail(parsed.error());
  if (!bearer) throw Broken("a ticket that we have signed cannot be read");
  if (!co_await use_ticket(rt.database, std::move(ticket), now + kLife))
    co_return fail(Errc::unauthorized, "the ticket has been used; every stream needs one of its own");
  http::Caller caller;
  caller.subject = std::move(bearer->subject);
  caller.roles = std::move(bearer->roles);
  caller.children = std::move(bearer->children);
  co_return caller;
}

}  // namespace rb::notification
