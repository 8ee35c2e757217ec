#include "domain/preferences.hpp"

#include "api/access.hpp"
#include "api/paging.hpp"
#include "api/preferences.hpp"
#include "store/people.hpp"

namespace rb::notification {
namespace {

bool has_flat_key(const json::object& body) {
  auto flat = to_flat_json({});
  return std::ranges::any_of(flat, [&](const auto& item) { return body.contains(item.key()); });
}

json::object shown(const Person& person) {
  auto out = to_flat_json(person.preferences);
  out["channels"] = json::object();
  out["reminder_minutes_before_lesson"] = json::array{out["reminder_time_before_lesson"]};
  for (auto& item : to_json(person.preferences)) out[item.key()] = item.value();
  out["user_id"] = json::write(ContactPath{person.id}).at("user_id");
  return out;
}

Task<Result<json::value>> change(App& app, const http::Request& request, json::value body, bool replace) {
  if (!body.is_object()) co_return invalid("$", "must be an object");
  const auto& wish = body.get_object();
  auto id = request.path_param("user_id");
  if (id.size() > 64) co_return invalid("user_id", "must have at most 64 characters");
  auto known = co_await person_for(app, request, Action::change, id);
  if (!known) co_return fail(std::move(known.error()));
  if (auto lives = co_await not_erased(app, id); !lives) co_return fail(std::move(lives.error()));
  auto& rt = app.runtime();
  Result<Preferences> after;
  co_await rt.database.transaction([&](db::Transaction& tx) -> Task<> {
    auto directory = co_await load_people(reading(tx), {id}, false);
    after = changed(replace ? Preferences{} : directory.at(id).preferences, wish);
    if (after) save_preferences(tx, id, *after, rt.clock.now());
  });
  if (!after) co_return fail(std::move(after.error()));
  known->person.preferences = std::move(*after);
  auto out = shown(known->person);
  out["success"] = true;
  co_return out;
}

}  // namespace

Task<Result<json::value>> get_preferences(App& app, const http::Request& request, ContactPath in) {
  auto known = co_await person_for(app, request, Action::read, in.user_id);
  if (!known) co_return fail(std::move(known.error()));
  co_return shown(known->person);
}

Task<Result<json::value>> put_preferences(App& app, const http::Request& request, json::value body) {
  bool flat = body.is_object() && has_flat_key(body.get_object());
  return change(app, request, std::move(body), !flat);
}

Task<Result<json::value>> patch_preferences(App& app, const http::Request& request, json::value body) {
  return change(app, request, std::move(body), false);
}

}  // namespace rb::notification
