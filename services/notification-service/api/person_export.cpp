#include "api/person_export.hpp"

#include "api/access.hpp"
#include "domain/preferences_json.hpp"
#include "store/mentions.hpp"
#include "store/messages.hpp"
#include "store/people.hpp"
#include "store/templates.hpp"

namespace rb::notification {
namespace {

Task<std::vector<NotificationView>> all_messages(QueryRunner read, std::string user_id) {
  std::vector<NotificationView> out;
  HistoryQuestion question{.user_id = std::move(user_id), .limit = 500};
  for (;;) {
    auto page = co_await messages_of(read, question);
    for (const auto& message : page) out.push_back(view_of(message));
    if (page.size() < static_cast<std::size_t>(question.limit)) co_return out;
    question.before = {page.back().created, page.back().id};
  }
}

}  // namespace

Task<Result<http::Reply<PersonExport>>> export_person(App& app, const http::Request& request,
                                                      ContactPath in) {
  auto known = co_await person_for(app, request, Action::read, in.user_id);
  if (!known) co_return fail(std::move(known.error()));
  const auto& person = known->person;
  if (!person.known && person.addresses.empty())
    co_return fail(Errc::not_found, "nobody is known as user " + in.user_id);
  auto read = reading(app.runtime().database);
  PersonExport out;
  out.contact = contact_of(person);
  out.preferences = to_json(person.preferences);
  for (auto& consent : co_await consents_on_record(read, in.user_id))
    out.consents.push_back({consent.purpose, consent.given, consent.changed_at, std::move(consent.details)});
  out.notifications = co_await all_messages(read, in.user_id);
  out.schedules = co_await schedules_of_person(read, in.user_id);
  auto now = app.runtime().clock.now();
  for (const auto& text : co_await templates_of(read, in.user_id))
    out.texts.push_back(view_of(text, now, true));
  for (auto& event : co_await events_that_mention(read, in.user_id))
    out.events.push_back({event.source, event.id, event.type, event.time, std::move(event.data)});
  out.exported_at = now;
  http::Reply<PersonExport> reply{std::move(out), 0, {}};
  reply.headers.set("Content-Disposition", "attachment; filename=\"repitbot-person.json\"");
  co_return reply;
}

}  // namespace rb::notification
