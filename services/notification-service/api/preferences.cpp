#include "api/preferences.hpp"

#include <algorithm>

#include "api/access.hpp"
#include "api/paging.hpp"
#include "api/preferences_view.hpp"
#include "domain/preferences_flat.hpp"
#include "domain/preferences_json.hpp"
#include "store/digests.hpp"
#include "store/people.hpp"

namespace rb::notification {
namespace {

bool has_flat_key(const json::object& body) {
  return body.contains("reminder_time_before_lesson") ||
         std::ranges::any_of(body, [](const auto& item) { return is_flat(item.key()); });
}

json::object shown(App& app, const Person& person) {
  auto out = preferences_view(person, app.runtime().channels());
  out["user_id"] = json::write(ContactPath{person.id}).at("user_id");
  return out;
}

// Of somebody else's child nothing is wished.
Result<Preferences> wished(const Person& person, bool replace, const json::object& wish) {
  const auto& before = person.preferences;
  auto after = changed(replace ? Preferences{} : before, wish);
  if (!after) return after;
  for (const auto& [id, child] : after->children)
    if (std::ranges::find(person.children, id) == person.children.end() && !before.children.contains(id))
      return invalid("children." + id, "is not a child of this person");
  return after;
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
    after = wished(directory.at(id), replace, wish);
    if (!after) co_return;
    save_preferences(tx, id, *after, rt.clock.now());
    recheck_deferred(tx, id, "preferences_changed", rt.clock.now());
  });
  if (after) rt.bus.wake(kDeliveryTopic);
  if (!after) co_return fail(std::move(after.error()));
  auto& person = known->person;
  person.language = after->language.value_or(person.language);
  person.timezone = after->timezone.value_or(person.timezone);
  person.preferences = std::move(*after);
  auto out = shown(app, person);
  out["success"] = true;
  co_return out;
}

}  // namespace

Task<Result<json::value>> get_preferences(App& app, const http::Request& request, ContactPath in) {
  auto known = co_await person_for(app, request, Action::read, in.user_id);
  if (!known) co_return fail(std::move(known.error()));
  co_return shown(app, known->person);
}

Task<Result<json::value>> put_preferences(App& app, const http::Request& request, json::value body) {
  bool flat = body.is_object() && has_flat_key(body.get_object());
  return change(app, request, std::move(body), !flat);
}

Task<Result<json::value>> patch_preferences(App& app, const http::Request& request, json::value body) {
  return change(app, request, std::move(body), false);
}

}  // namespace rb::notification
