#include "api/auth_exchange.hpp"

#include "api/access.hpp"
#include "api/paging.hpp"
#include "auth/jwt.hpp"
#include "base/strings.hpp"
#include "log/log.hpp"
#include "store/people.hpp"

namespace rb::notification {
namespace {

constexpr auto kLife = std::chrono::minutes(15);

Task<Result<std::string>> person_of(App& app, ExchangeRequest in) {
  if (in.user_id.has_value() == in.telegram_id.has_value())
    co_return invalid("user_id", "or telegram_id is needed, one of them");
  if (in.user_id) co_return *in.user_id;
  auto people = co_await people_at(reading(app.runtime().database), Channel::telegram, *in.telegram_id);
  if (people.empty()) co_return fail(Errc::not_found, "this chat belongs to nobody");
  if (people.size() > 1)
    co_return fail(Errc::conflict, "several people share this chat, give a user_id: " + join(people, ", "));
  co_return people.front();
}

}  // namespace

json::Rules rules(const ExchangeRequest*) {
  return {json::rule("user_id").integer_or_text().length(1, 64),
          json::rule("telegram_id").integer_or_text().length(1, 20).doc("the chat in place of the user")};
}

json::Rules rules(const ExchangeAnswer*) { return {json::rule("user_id").integer_or_text()}; }

Task<Result<ExchangeAnswer>> exchange_token(App& app, const http::Request& request, ExchangeRequest in) {
  auto& rt = app.runtime();
  auto id = co_await person_of(app, std::move(in));
  if (!id) co_return fail(std::move(id.error()));
  if (auto lives = co_await not_erased(app, *id); !lives) co_return fail(std::move(lives.error()));
  auto directory = co_await load_people(reading(rt.database), {*id}, false);
  const auto& person = directory.at(*id);

  auth::Identity who{.user_id = *id, .roles = {}, .children_ids = person.children, .expires = {}};
  ExchangeAnswer out;
  for (auto role : person.roles)
    if (auto known = auth::parse_role(to_string(role))) {
      who.roles.push_back(*known);
      out.roles.emplace_back(to_string(role));
    }
  if (who.roles.empty()) co_return fail(Errc::not_found, "nobody with a role is known as user " + *id);
  auto now = rt.clock.now();
  who.expires = now + kLife;
  log::info("a service acts for a user", {{"service", request.who().subject}, {"user_id", *id}});
  out.access_token = auth::make_token(who, rt.rules.secret, now);
  out.expires_in = static_cast<int>(std::chrono::seconds(kLife).count());
  out.user_id = *id;
  co_return out;
}

}  // namespace rb::notification
