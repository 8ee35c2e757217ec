#include "api/unsubscribe.hpp"

#include <algorithm>

#include "api/unsubscribe_page.hpp"
#include "store/people.hpp"

namespace rb::notification {
namespace {

using State = UnsubscribePage::State;

struct UnsubscribeWish {
  std::string user_id, type, token;
};

// The token's payload is "<user id> <type>".
std::optional<UnsubscribeWish> wish_of(const Runtime& rt, const http::Request& request) {
  auto token = request.query_value("token").value_or("");
  auto payload = rt.tokens.verify("unsubscribe", token, rt.clock.now());
  if (!payload) return std::nullopt;
  auto space = payload->rfind(' ');
  if (space == std::string::npos) return std::nullopt;
  return UnsubscribeWish{payload->substr(0, space), payload->substr(space + 1), token};
}

bool wants_all(const http::Request& request) {
  auto form = request.form();
  return form && std::ranges::find(*form, std::pair<std::string, std::string>("scope", "all")) != form->end();
}

http::Response page(const UnsubscribeWish& wish, const Person& reader, State state) {
  const auto* type = find_notification_type(wish.type);
  UnsubscribePage out;
  out.state = state;
  out.russian = reader.language == "ru";
  out.title = type == nullptr ? wish.type : std::string(out.russian ? type->title_ru : type->title_en);
  out.token = wish.token;
  return http::Response::html(unsubscribe_html(out));
}

// Nobody knows whose link it is: the browser's first language decides.
http::Response broken(const http::Request& request) {
  UnsubscribePage out;
  out.state = State::broken;
  out.russian = !request.headers.get("Accept-Language").starts_with("en");
  return http::Response::html(unsubscribe_html(out), 410);
}

bool required(const UnsubscribeWish& wish) {
  const auto* type = find_notification_type(wish.type);
  return type != nullptr && !type->optional;
}

Task<Person> reader_of(App& app, const UnsubscribeWish& wish) {
  auto directory = co_await load_people(reading(app.runtime().database), {wish.user_id}, false);
  co_return directory.at(wish.user_id);
}

}  // namespace

Task<Result<http::Response>> show_unsubscribe(App& app, const http::Request& request) {
  auto wish = wish_of(app.runtime(), request);
  if (!wish) co_return broken(request);
  co_return page(*wish, co_await reader_of(app, *wish), required(*wish) ? State::required : State::asks);
}

Task<Result<http::Response>> unsubscribe(App& app, const http::Request& request) {
  auto& rt = app.runtime();
  auto wish = wish_of(rt, request);
  if (!wish) co_return broken(request);
  bool all = wants_all(request);
  auto person = co_await reader_of(app, *wish);
  if (required(*wish) && !all) co_return page(*wish, person, State::required);
  auto gone = co_await erased_ids(reading(rt.database), rt.rules.secret, {wish->user_id});
  if (gone.empty())
    co_await rt.database.transaction([&](db::Transaction& tx) -> Task<> {
      auto directory = co_await load_people(reading(tx), {wish->user_id}, false);
      auto preferences = directory.at(wish->user_id).preferences;
      preferences.switch_off(all ? "*" : wish->type, Channel::email);
      save_preferences(tx, wish->user_id, preferences, rt.clock.now());
    });
  co_return page(*wish, person, all ? State::done_all : State::done_type);
}

}  // namespace rb::notification
