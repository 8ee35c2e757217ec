#include "api/access.hpp"

#include "api/user_service.hpp"
#include "log/log.hpp"
#include "store/people.hpp"

namespace rb::notification {
namespace {

bool reads(Action action) { return action == Action::read || action == Action::read_lessons; }

}  // namespace

Result<void> permit(const http::Request& request, Action action, const Person& about,
                    const Directory& directory) {
  const auto& who = request.who();
  if (!may(who, action, about, directory))
    return fail(Errc::forbidden, "this is not yours to see or to change: user " + about.id);
  if (reads(action) && who.subject != about.id && is_child(about))
    log::info("a child's data was read",
              {{"reader", who.subject}, {"user_id", about.id}, {"route", request.route}});
  return {};
}

Task<Result<Known>> person_for(App& app, const http::Request& request, Action action, std::string user_id) {
  Known known;
  known.directory = co_await load_people(reading(app.runtime().database), {user_id}, true);
  known.person = known.directory.at(user_id);
  if (auto allowed = permit(request, action, known.person, known.directory); !allowed)
    co_return fail(std::move(allowed.error()));
  if (!known.person.known && !app.settings().notification.user_service_url.empty()) {
    known.person = co_await ask_user_service(app, request, std::move(known.person));
    known.directory.add(known.person);
  }
  co_return known;
}

Task<Result<void>> not_erased(App& app, std::string user_id) {
  auto& rt = app.runtime();
  auto erased = co_await erased_ids(reading(rt.database), rt.rules.secret, {user_id});
  if (!erased.empty()) co_return fail(Errc::conflict, "user " + user_id + " has been erased");
  co_return Result<void>();
}

}  // namespace rb::notification
