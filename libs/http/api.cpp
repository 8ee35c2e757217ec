#include "http/api.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "base/ids.hpp"
#include "base/strings.hpp"
#include "http/cors.hpp"
#include "http/input.hpp"
#include "http/problem.hpp"

namespace rb::http {
namespace {

constexpr std::string_view kBearer = "bearer ";

// The token of "Authorization: Bearer …"; nullopt without one.
std::optional<std::string_view> bearer_token(const Request& request) {
  auto text = request.headers.get("Authorization");
  if (text.size() <= kBearer.size() || !iequals(text.substr(0, kBearer.size()), kBearer)) return std::nullopt;
  return trim(text.substr(kBearer.size()));
}

bool good_id(std::string_view text) {
  return !text.empty() && text.size() <= 128 &&
         std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7F && c != '"' && c != '\\'; });
}

bool good_key(std::string_view text) {
  return !text.empty() && text.size() <= 255 &&
         std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7F; });
}

Response replayed(KeptAnswer kept) {
  return {kept.status,
          {{"Content-Type", std::move(kept.content_type)}, {"Idempotency-Replayed", "true"}},
          std::move(kept.body),
          {}};
}

}  // namespace

Api::Api(const Clock& clock, ApiSettings settings, IdempotencyStore* idempotency)
    : clock_(clock),
      settings_(std::move(settings)),
      idempotency_(idempotency),
      limit_(settings_.rate_limit_per_minute) {}

void Api::add(Endpoint endpoint) {
  auto label = std::string(name(endpoint.method)) + " " + endpoint.path;
  if (endpoint.context != typeid(void) && !contexts_.contains(endpoint.context))
    throw std::logic_error(label + " takes a context that nobody provides");
  auto paths = endpoint.aliases;
  paths.insert(paths.begin(), endpoint.path);
  for (const auto& path : paths)
    for (const auto& wanted : placeholders(path))
      if (endpoint.input && std::ranges::find(endpoint.input->members(), wanted, &json::Member::name) ==
                                endpoint.input->members().end())
        throw std::logic_error(fmt::format("{}: {{{}}} is no member of its input", label, wanted));
  const auto& kept = *endpoints_.emplace_back(std::make_unique<Endpoint>(std::move(endpoint)));
  for (const auto& path : paths) router_.add(kept.method, path, kept);
}

void Api::show_answers(const json::object& examples) {
  for (auto& endpoint : endpoints_) {
    const auto* example = examples.if_contains(fmt::format("{} {}", name(endpoint->method), endpoint->path));
    if (example != nullptr && !endpoint->answer_example) endpoint->answer_example = *example;
  }
}

const Endpoint* Api::find(Method method, std::string_view path) const {
  return router_.find(method, path).endpoint;
}

Task<Response> Api::handle(Request& request) {
  auto start = std::chrono::steady_clock::now();
  name_request(request);
  Response response;
  std::string failure;
  bool may_heal = false;
  try {
    response = co_await answer(request);
  } catch (const Unavailable& e) {
    failure = fmt::format("unavailable: {}", e.what());
    may_heal = true;
  } catch (const std::exception& e) {
    failure = fmt::format("unexpected: {}", e.what());
  }
  if (!failure.empty()) response = failed(request, failure, may_heal);
  std::chrono::duration<double, std::milli> spent = std::chrono::steady_clock::now() - start;
  response.headers.set("Server-Timing", fmt::format("app;dur={:.3f}", spent.count()));
  dress(response, request);
  co_return response;
}

Response Api::refuse(Request& request, int status, std::string detail) const {
  name_request(request);
  auto response = problem(status, std::move(detail), request);
  dress(response, request);
  return response;
}

void Api::name_request(Request& request) const {
  if (!request.request_id.empty()) return;
  auto sent = request.headers.get("X-Request-ID");
  request.request_id = good_id(sent) ? std::string(sent) : new_uuid(to_micros(clock_.now()) / 1000);
}

void Api::dress(Response& response, const Request& request) const {
  response.headers.set("X-Request-ID", request.request_id);
  response.headers.set("X-Content-Type-Options", "nosniff");
  allow_origin(settings_.cors_origins, request, response);
}

Response Api::failed(const Request& request, std::string_view what, bool may_heal) const {
  if (settings_.on_failure) settings_.on_failure(request.request_id, what);
  if (may_heal) return problem(503, "a server that this needs does not answer; try again soon", request);
  return problem(500, "something broke here; it is in the log under the request id", request);
}

Task<Response> Api::answer(Request& request) {
  auto match = router_.find(request.method, request.path);
  request.route = match.route;
  if (match.allowed.empty()) co_return problem(404, "there is nothing at this path", request);
  if (request.method == Method::options) co_return options_answer(match.allowed);
  if (match.endpoint == nullptr) {
    auto response = problem(405, fmt::format("{} is not possible here", name(request.method)), request);
    response.headers.set("Allow", allow_header(match.allowed));
    co_return response;
  }
  request.path_params = std::move(match.params);
  auto ticket = match.endpoint->takes_ticket ? request.query_value("ticket") : std::nullopt;
  auto caller = caller_by_token(request);
  if (ticket && settings_.redeem_ticket) caller = co_await settings_.redeem_ticket(*ticket);
  if (auto admitted = admit(*match.endpoint, request, std::move(caller)); !admitted)
    co_return problem(admitted.error(), request);

  auto who = request.caller ? "user " + request.caller->subject : "address " + request.remote;
  auto wait = match.endpoint->is_unlimited ? std::nullopt : limit_.take(who, clock_.now());
  if (wait) {
    auto response = problem(429, "too many requests; wait a little", request);
    auto seconds = std::chrono::ceil<std::chrono::seconds>(*wait).count();
    response.headers.set("Retry-After", std::to_string(seconds));
    co_return response;
  }
  auto key = request.headers.find("Idempotency-Key");
  bool once = key != nullptr && idempotency_ != nullptr && request.caller && request.method == Method::post;
  if (once) co_return co_await run_once(*match.endpoint, request, *key);
  co_return co_await run(*match.endpoint, request);
}

Result<Caller> Api::caller_by_token(const Request& request) const {
  auto token = bearer_token(request);
  if (token && settings_.authenticate) return settings_.authenticate(*token);
  return fail(Errc::unauthorized, "this needs a token: Authorization: Bearer …");
}

Result<void> Api::admit(const Endpoint& endpoint, Request& request, Result<Caller> caller) const {
  if (caller) request.caller = std::move(*caller);
  if (!endpoint.needs_token) return {};
  if (!request.caller) return fail(std::move(caller.error()));
  const auto& roles = endpoint.any_role;
  bool right = roles.empty() ||
               std::ranges::any_of(roles, [&](const auto& role) { return request.caller->has_role(role); });
  if (!right) return fail(Errc::forbidden, "this needs one of the roles: " + join(roles, ", "));
  return {};
}

Task<Response> Api::run(const Endpoint& endpoint, Request& request) {
  auto input = input_of(endpoint, request);
  if (!input) co_return problem(input.error().status, std::move(input.error().detail), request);
  auto context = contexts_.find(endpoint.context);
  auto started = endpoint.call(context == contexts_.end() ? nullptr : context->second, request, *input,
                               endpoint.success);
  if (!started) co_return problem(started.error(), request);
  auto result = co_await std::move(*started);
  if (!result) co_return problem(result.error(), request);
  co_return std::move(*result);
}

Task<Response> Api::run_once(const Endpoint& endpoint, Request& request, std::string_view key) {
  if (!good_key(key))
    co_return problem(422, "Idempotency-Key must be 1 to 255 printable characters", request);
  auto digest = hex(sha256(fmt::format("{}\n{}\n{}", request.who().subject, request.route, key)));
  auto claim = co_await idempotency_->claim(digest, hex(sha256(request.target + "\n" + request.body)));
  using State = IdempotencyStore::State;
  if (claim.state == State::kept) co_return replayed(std::move(*claim.answer));
  if (claim.state == State::different)
    co_return problem(422, "this Idempotency-Key was used with another request", request);
  if (claim.state == State::in_flight) {
    auto response = problem(409, "the first request with this Idempotency-Key is still under way", request);
    response.headers.set("Retry-After", "1");
    co_return response;
  }
  std::optional<Response> response;
  std::exception_ptr failure;
  try {
    response = co_await run(endpoint, request);
  } catch (...) {
    failure = std::current_exception();
  }
  bool keep = response && response->status < 500 && !response->stream;
  if (keep) {
    KeptAnswer kept{response->status, std::string(response->headers.get("Content-Type")), response->body};
    co_await idempotency_->finish(digest, std::move(kept));
  } else {
    co_await idempotency_->abandon(digest);
  }
  if (failure) std::rethrow_exception(failure);
  co_return std::move(*response);
}

}  // namespace rb::http
