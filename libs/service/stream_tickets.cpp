#include "service/stream_tickets.hpp"

#include "base/ids.hpp"
#include "base/strings.hpp"
#include "json/json.hpp"
#include "rb/service/sql/tables.sql.hpp"

namespace rb::service {
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

Task<Result<TicketAnswer>> make_stream_ticket(StreamTickets& tickets, const http::Request& request) {
  co_return tickets.make(request.who());
}

}  // namespace

TicketAnswer StreamTickets::make(const http::Caller& who) const {
  auto payload =
      json::to_text(json::write(Bearer{who.subject, who.roles, who.children, auth::random_token(6)}));
  return {tokens_.sign(kPurpose, payload, clock_.now() + kLife),
          static_cast<int>(std::chrono::seconds(kLife).count())};
}

Task<Result<http::Caller>> StreamTickets::redeem(std::string ticket) {
  auto now = clock_.now();
  auto payload = tokens_.verify(kPurpose, ticket, now);
  if (!payload) co_return fail(Errc::unauthorized, "the ticket is not valid or older than a minute");
  auto parsed = json::parse(*payload);
  auto bearer = parsed ? json::read<Bearer>(*parsed) : fail(parsed.error());
  if (!bearer) throw Broken("a ticket that we have signed cannot be read");
  if (!co_await use(ticket, now + kLife))
    co_return fail(Errc::unauthorized, "the ticket has been used; every stream needs one of its own");
  http::Caller caller;
  caller.subject = std::move(bearer->subject);
  caller.roles = std::move(bearer->roles);
  caller.children = std::move(bearer->children);
  co_return caller;
}

Task<bool> StreamTickets::use(const std::string& ticket, Time expires) {
  auto rows = co_await database_.write(tables_.of(sql::use_ticket),
                                       {{"ticket_hash", hex(sha256(ticket))}, {"expires_at", expires}});
  co_return !rows.empty();
}

void add_stream_tickets(http::Api& api, StreamTickets& tickets) {
  api.provide(tickets);
  api.add(http::post("/api/v1/stream-tickets", &make_stream_ticket)
              .authenticated()
              .summary("A ticket that opens one event stream within a minute: ?ticket=")
              .tag("auth"));
}

}  // namespace rb::service
