#include "api/trace.hpp"

#include "domain/story/story.hpp"
#include "store/events.hpp"
#include "store/people.hpp"
#include "store/story.hpp"

namespace rb::notification {
namespace {

json::Rule told_language_rule() {
  return json::rule("language").one_of({"ru", "en"}).doc("of the sentences; none: the person's");
}

Listener listener(App& app, const Person& person, const std::optional<std::string>& language) {
  auto zone = Zone::find(person.timezone).value_or(Zone::utc());
  return {language.value_or(person.language), zone, app.runtime().clock.now()};
}

Task<TraceAnswer> traced(App& app, Message message, Listener to) {
  auto read = reading(app.runtime().database);
  auto attempts = co_await attempts_of(read, message.id);
  auto states = co_await states_of(read, message.id);
  TraceAnswer out;
  out.notification_id = message.id;
  out.status = message.status;
  if (message.channel) out.channel = to_string(*message.channel);
  if (!message.reason.empty()) out.reason = message.reason;
  for (auto& line : story(message, attempts, states, to))
    out.story.push_back({line.at, std::move(line.text)});
  out.summary = out.story.back().text;
  co_return out;
}

Task<std::string> why_nothing_came(App& app, events::Event event, std::string user_id, std::string language) {
  auto read = reading(app.runtime().database);
  auto lessons = co_await load_lessons(read, {event.text("lesson_id")});
  const Lesson* lesson = lessons.empty() ? nullptr : &lessons.begin()->second;
  auto ids = people_of(event, lesson);
  ids.push_back(user_id);
  auto directory = co_await load_people(read, std::move(ids), true);
  co_return why_nothing(event, lesson, directory, user_id, language);
}

}  // namespace

json::Rules rules(const TraceRequest*) { return {told_language_rule()}; }
json::Rules rules(const ExplainRequest*) {
  return {json::rule("event_id").integer_or_text().length(1, 64),
          json::rule("user_id").integer_or_text().length(1, 64),
          json::rule("source").doc("of the event, where its id alone does not tell it"),
          told_language_rule()};
}
json::Rules rules(const ExplainAnswer*) {
  return {json::rule("event_id").integer_or_text(), json::rule("user_id").integer_or_text()};
}

Task<Result<TraceAnswer>> get_trace(App& app, const http::Request& request, TraceRequest in) {
  auto message = co_await message_for(app, request, std::move(in.id), Action::read);
  if (!message) co_return fail(std::move(message.error()));
  auto directory = co_await load_people(reading(app.runtime().database), {message->user_id}, false);
  auto to = listener(app, directory.at(message->user_id), in.language);
  co_return co_await traced(app, std::move(*message), std::move(to));
}

Task<Result<ExplainAnswer>> explain(App& app, const http::Request& request, ExplainRequest in) {
  auto read = reading(app.runtime().database);
  auto known = co_await person_for(app, request, Action::read_lessons, in.user_id);
  if (!known) co_return fail(std::move(known.error()));
  auto event = co_await event_by_id(read, in.source.value_or(""), in.event_id);
  if (!event) co_return fail(Errc::not_found, "no event with this id has come in");
  if (event->family() != "lesson")
    if (auto allowed = permit(request, Action::read, known->person, known->directory); !allowed)
      co_return fail(std::move(allowed.error()));

  auto to = listener(app, known->person, in.language);
  ExplainAnswer out{in.event_id, in.user_id, {}, {}};
  for (auto& message : co_await messages_of_event(read, event->source, event->id, in.user_id)) {
    out.notifications.push_back(co_await traced(app, std::move(message), to));
    const auto& last = out.notifications.back();
    out.explanation.push_back(last.channel ? *last.channel + ": " + last.summary : last.summary);
  }
  if (out.explanation.empty())
    out.explanation.push_back(
        co_await why_nothing_came(app, std::move(*event), std::move(in.user_id), std::move(to.language)));
  co_return out;
}

}  // namespace rb::notification
