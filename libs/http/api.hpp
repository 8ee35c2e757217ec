#pragma once
// The endpoints of a service and what happens to a request on its way to one: request id, CORS, routing,
// token and roles, rate limit, content type, validation, idempotency, errors. Knows no sockets: handle() may
// be called by tests as well as by the server. Belongs to the loop's thread.
#include <typeindex>
#include <unordered_map>

#include "http/endpoint.hpp"
#include "http/idempotency.hpp"
#include "http/rate_limit.hpp"
#include "http/router.hpp"
#include "time/clock.hpp"

namespace rb::http {

// What became of one request; for the access log and the metrics.
struct Access {
  std::string_view method, route, path;  // route "": no endpoint
  int status;
  double seconds;
  std::size_t bytes;  // of the answer's body
  std::string_view request_id, caller, remote;
};

using Authenticator = std::function<Result<Caller>(std::string_view token)>;
using TicketRedeemer = std::function<Task<Result<Caller>>(std::string ticket)>;  // of tickets used once

struct ApiSettings {
  std::string service = "service";  // title of the OpenAPI document
  std::string version = RB_VERSION;
  std::string description = {};
  std::vector<std::string> cors_origins = {};  // "*": all; none: no CORS
  int rate_limit_per_minute = 0;               // per caller; 0: off
  Authenticator authenticate = {};
  TicketRedeemer redeem_ticket = {};
  std::function<void(const Access&)> on_access = {};
  // An exception left a handler: the client gets 503 or 500 without details, this gets them.
  std::function<void(std::string_view request_id, std::string_view what)> on_failure = {};
};

class Api {
 public:
  Api(const Clock& clock, ApiSettings settings, IdempotencyStore* idempotency = nullptr);

  // An object that handlers may take as `Context&`; before the endpoints that need it. Not owned.
  template <class Context>
  void provide(Context& context) {
    contexts_[typeid(Context)] = &context;
  }

  // std::logic_error: the path is taken, a placeholder is no member of In, or the context is not provided.
  void add(Endpoint endpoint);

  // Examples of answers for the document, by «GET /path»; of an answer in several types: by type. Own ones
  // stay.
  void show_answers(const json::object& examples);

  const std::vector<std::unique_ptr<Endpoint>>& endpoints() const { return endpoints_; }
  const ApiSettings& settings() const { return settings_; }
  const Clock& clock() const { return clock_; }

  // The endpoint that a request would reach, before its body is read; nullptr: none.
  const Endpoint* find(Method method, std::string_view path) const;

  // Never throws. Fills in the request's id, route and caller; `request` lives until the answer is sent.
  Task<Response> handle(Request& request);

  // A problem for a request that cannot be handled (malformed, too large), with all common headers.
  Response refuse(Request& request, int status, std::string detail) const;

 private:
  Task<Response> answer(Request& request);
  Task<Response> run(const Endpoint& endpoint, Request& request);
  Task<Response> run_once(const Endpoint& endpoint, Request& request, std::string_view key);
  Result<Caller> caller_by_token(const Request& request) const;
  Result<void> admit(const Endpoint& endpoint, Request& request, Result<Caller> caller) const;
  void name_request(Request& request) const;
  void dress(Response& response, const Request& request) const;
  Response failed(const Request& request, std::string_view what, bool may_heal) const;

  const Clock& clock_;
  ApiSettings settings_;
  IdempotencyStore* idempotency_;
  RateLimit limit_;
  Router router_;
  std::vector<std::unique_ptr<Endpoint>> endpoints_;
  std::unordered_map<std::type_index, void*> contexts_;
};

}  // namespace rb::http
