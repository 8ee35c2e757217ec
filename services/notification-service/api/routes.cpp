#include "api/routes.hpp"

#include "api/auth_exchange.hpp"
#include "api/bulk.hpp"
#include "api/channels.hpp"
#include "api/contacts.hpp"
#include "api/events.hpp"
#include "api/history.hpp"
#include "api/import.hpp"
#include "api/inbox.hpp"
#include "api/links.hpp"
#include "api/notifications.hpp"
#include "api/outbox.hpp"
#include "api/person_export.hpp"
#include "api/preferences.hpp"
#include "api/schedule.hpp"
#include "api/send.hpp"
#include "api/stats.hpp"
#include "api/template_changes.hpp"
#include "api/template_preview.hpp"
#include "api/templates.hpp"
#include "api/trace.hpp"
#include "api/unsubscribe.hpp"

namespace rb::notification {
namespace {

const std::vector<std::string> kSenders = {"admin", "tutor", "service"};
constexpr std::size_t kWithFiles = 9'900'000;  // a body with attachments

void add_events(http::Api& api) {
  api.add(service::describe_post_events(http::post("/api/v1/events", &post_events)).roles(kSenders));
  api.add(http::post("/api/v1/import", &import_lists)
              .roles(kSenders)
              .summary("Import a tutor's own lists, people.csv and lessons.csv")
              .description("Importing a list again says only what has changed in it: lessons that moved are "
                           "rescheduled, those that are gone are cancelled. See docs/import.md.")
              .tag("events")
              .raw("text/csv")
              .body_limit(4 << 20)
              .example({{"people", "имя;роль;почта\nАня Ким;ученик;anya@example.com\nОльга Ли;репетитор;\n"},
                        {"lessons", "ученик;начало;каждую неделю до\nАня Ким;01.09.2026 17:00;24.12.2026\n"},
                        {"dry_run", true}}));
}

void add_sending(http::Api& api) {
  api.add(http::post("/api/v1/notifications/send", &send_one)
              .roles(kSenders)
              .summary("Send one notification, now or later")
              .tag("notifications")
              .body_limit(kWithFiles)
              .errors({Errc::invalid})
              .example({{"user_id", 5}, {"message", "Завтра занятия не будет."}}));
  api.add(
      http::post("/api/v1/notifications/batch", &send_batch)
          .roles(kSenders)
          .summary("Send up to 100 notifications")
          .tag("notifications")
          .body_limit(8 << 20)
          .errors({Errc::invalid})
          .example({{"notifications", json::array{{{"user_id", 5}, {"message", "Завтра занятия не будет."}},
                                                  {{"user_id", 6}, {"message", "Занятие в 18:00."}}}}}));
  api.add(http::post("/api/v1/notifications/{id}/retry", &retry_notification)
              .roles(kSenders)
              .summary("Try a notification again that was not sent")
              .tag("notifications")
              .errors({Errc::not_found, Errc::conflict}));
  api.add(http::post("/api/v1/notifications/{id}/cancel", &cancel_notification)
              .roles(kSenders)
              .summary("Take back a notification that was not sent yet")
              .tag("notifications")
              .errors({Errc::not_found, Errc::conflict}));
}

void add_schedules(http::Api& api) {
  constexpr auto kOne = "/api/v1/notifications/schedule/{id}";
  api.add(
      http::post("/api/v1/notifications/schedule", &schedule)
          .roles(kSenders)
          .summary("Send later: once, again and again, or some time before a lesson")
          .description(
              "A recurrence keeps the time on the wall of its zone across daylight saving. Of occurrences "
              "that were missed while no service ran, the newest is still sent for an hour.")
          .tag("schedule")
          .body_limit(kWithFiles)
          .errors({Errc::invalid, Errc::conflict})
          .example({{"user_id", 5},
                    {"message", "Завтра занятие в 17:00."},
                    {"scheduled_at", "2026-09-06T19:00:00"},
                    {"timezone", "Europe/Moscow"},
                    {"recurrence", "FREQ=WEEKLY;BYDAY=SU"}}));
  api.add(http::get("/api/v1/notifications/schedule/list", &list_schedules)
              .roles(kSenders)
              .summary("What is planned, the next first")
              .tag("schedule"));
  api.add(http::get(kOne, &get_schedule)
              .roles(kSenders)
              .summary("What is planned under one id")
              .tag("schedule")
              .errors({Errc::not_found}));
  auto change = [](http::Endpoint endpoint) {
    return std::move(endpoint)
        .roles(kSenders)
        .summary("Change time, recurrence or text; what is left out stays")
        .tag("schedule")
        .errors({Errc::not_found, Errc::conflict, Errc::invalid})
        .example({{"scheduled_at", "2026-09-06T18:00:00Z"}, {"message", "Завтра занятие в 18:00."}});
  };
  api.add(change(http::put(kOne, &change_schedule)));
  api.add(change(http::patch(kOne, &change_schedule)));
  api.add(http::del(kOne, &delete_schedule)
              .roles(kSenders)
              .summary("Take back what is planned")
              .tag("schedule")
              .alias("/api/v1/notifications/scheduled/{id}")
              .errors({Errc::not_found, Errc::conflict}));
}

void add_bulk(http::Api& api) {
  auto change = [&api](const std::string& verb, auto handler, const std::string& summary) {
    api.add(http::post("/api/v1/notifications/bulk/{batch_id}/" + verb, handler)
                .roles(kSenders)
                .summary(summary)
                .tag("bulk")
                .errors({Errc::not_found, Errc::conflict}));
  };
  api.add(http::post("/api/v1/notifications/bulk", &send_bulk)
              .roles(kSenders)
              .summary("Send one text to many, or see who would get it")
              .description(
                  "`dry_run` answers 200 and sends nothing: by which channels it would go, and to whom it "
                  "would not, and why.")
              .tag("bulk")
              .status(202)
              .body_limit(4 << 20)
              .errors({Errc::invalid, Errc::too_large})
              .example({{"segment", {{"role", "parent"}, {"tutor_id", 1}}},
                        {"message", "В мае занятия идут по новому расписанию."},
                        {"dry_run", true}}));
  api.add(http::get("/api/v1/notifications/bulk/{batch_id}", &get_bulk)
              .roles(kSenders)
              .summary("How far a bulk sending has come")
              .tag("bulk")
              .errors({Errc::not_found}));
  api.add(http::get("/api/v1/notifications/bulk/{batch_id}/recipients", &list_bulk_recipients)
              .roles(kSenders)
              .summary("Its recipients, and what has become of their messages")
              .tag("bulk")
              .errors({Errc::not_found}));
  change("pause", &pause_bulk, "Make and send nothing more for now");
  change("resume", &resume_bulk, "Go on with a paused one");
  change("cancel", &cancel_bulk, "Take back what is not sent yet");
}

void add_reading(http::Api& api) {
  api.add(http::get("/api/v1/notifications/stats/summary", &get_stats)
              .roles({"admin", "service"})
              .summary("Counts by channel, type and status; delivery rate; queue")
              .tag("notifications"));
  api.add(http::get("/api/v1/notifications/{id}", &get_notification)
              .authenticated()
              .summary("One notification with its attempts")
              .tag("notifications")
              .errors({Errc::not_found}));
  api.add(http::get("/api/v1/notifications/{id}/trace", &get_trace)
              .authenticated()
              .summary("Its whole story, in sentences")
              .tag("notifications")
              .errors({Errc::not_found}));
  api.add(http::get("/api/v1/notifications/explain", &explain)
              .authenticated()
              .summary("Why an event reached a person, or why not")
              .example_answer({{"event_id", "lesson-12-cancelled"},
                               {"user_id", 5},
                               {"explanation", {"Событие не об этом человеке и не о его детях."}},
                               {"notifications", json::array()}})
              .tag("notifications")
              .errors({Errc::not_found}));
  api.add(http::get("/api/v1/notifications/user/{user_id}", &get_history)
              .authenticated()
              .summary("A person's notifications, newest first")
              .tag("notifications")
              .alias("/api/v1/notifications/history/{user_id}"));
}

void add_people(http::Api& api) {
  api.add(http::get("/api/v1/contacts/{user_id}", &get_contact)
              .authenticated()
              .summary("A person: addresses, roles, relatives")
              .tag("contacts")
              .errors({Errc::not_found}));
  api.add(
      http::put("/api/v1/contacts/{user_id}", &put_contact)
          .authenticated()
          .summary("Change a person; what is left out stays")
          .tag("contacts")
          .errors({Errc::conflict})
          .example(
              {{"full_name", "Аня Ким"}, {"roles", json::array{"student"}}, {"email", "anya@example.com"}}));
  api.add(http::get("/api/v1/contacts/{user_id}/export", &export_person)
              .authenticated()
              .summary("Everything that is held about a person, as a file")
              .tag("contacts")
              .errors({Errc::not_found}));
  api.add(http::post("/api/v1/contacts/import", &import_contacts)
              .roles(kSenders)
              .summary("Change up to 1,000 people")
              .tag("contacts")
              .body_limit(8 << 20)
              .example({{"contacts", json::array{{{"user_id", 5},
                                                  {"full_name", "Аня Ким"},
                                                  {"roles", json::array{"student"}}}}}}));
  api.add(http::post("/api/v1/contacts/{user_id}/link", &make_link)
              .authenticated()
              .summary("A one-time link that connects the person's Telegram")
              .tag("contacts")
              .errors({Errc::conflict}));
  json::value wishes = {
      {"channels", {{"lesson.cancelled", {{"email", true}}}, {"material", {{"telegram", false}}}}},
      {"children", {{"2", {{"channels", {{"homework", {{"telegram", false}}}}}}}}},
      {"channel_order", {"telegram", "email"}},
      {"reminder_minutes_before_lesson", {1440, 60}},
      {"quiet_hours_start", "22:00"},
      {"quiet_hours_end", "08:00"},
      {"timezone", "Europe/Moscow"},
      {"digest_mode", "daily"},
      {"digest_time", "18:00"},
      {"types", {{"homework", {{"digest_mode", "off"}, {"min_interval_minutes", 30}}}}}};
  api.add(http::get("/api/v1/preferences/{user_id}", &get_preferences)
              .authenticated()
              .summary("What a person has switched, and what follows from it")
              .description(
                  "`channels`, `children` and `types` say what has been switched; `matrix` says for each "
                  "type which channels a message would take now and how it is timed.")
              .tag("preferences"));
  api.add(http::put("/api/v1/preferences/{user_id}", &put_preferences)
              .authenticated()
              .summary("Replace the preferences; flat switches are merged")
              .tag("preferences")
              .errors({Errc::conflict})
              .example(wishes));
  api.add(
      http::patch("/api/v1/preferences/{user_id}", &patch_preferences)
          .authenticated()
          .summary("Change some of the preferences; null takes a value back")
          .tag("preferences")
          .errors({Errc::conflict})
          .example({{"quiet_hours_start", "23:00"}, {"quiet_hours_end", "07:30"}, {"digest_mode", nullptr}}));
}

void add_bot(http::Api& api) {
  api.add(http::post("/api/v1/telegram/link", &use_link)
              .roles({"service"})
              .summary("Connect a chat with the person of a one-time token")
              .tag("telegram")
              .errors({Errc::not_found, Errc::conflict})
              .example({{"token", "q3bVx0k2"}, {"chat_id", 500000005}})
              .example_answer({{"user_id", 5},
                               {"full_name", "Аня Ким"},
                               {"first_name", "Аня"},
                               {"language", "ru"},
                               {"address_form", "ты"},
                               {"roles", json::array{"student"}}}));
  api.add(http::post("/api/v1/telegram/chats/{chat_id}/suspend", &suspend_chat)
              .roles({"service"})
              .summary("Nothing is sent to this chat until it is resumed")
              .tag("telegram")
              .example({{"reason", "stopped"}}));
  api.add(http::post("/api/v1/telegram/chats/{chat_id}/resume", &resume_chat)
              .roles({"service"})
              .summary("Send to this chat again")
              .tag("telegram")
              .example(json::object()));
}

void add_texts(http::Api& api) {
  const std::vector<std::string> writers = {"admin", "tutor"};
  api.add(http::get("/api/v1/templates", &list_templates)
              .roles(kSenders)
              .summary("Notification types and their texts")
              .description("Each text is built-in or edited; an edited one says when an upgrade has brought "
                           "another built-in text. A tutor sees the school's and their own.")
              .tag("templates"));
  api.add(http::post("/api/v1/templates", &create_template)
              .roles(writers)
              .summary("Write a text that is not there yet")
              .tag("templates")
              .status(201)
              .errors({Errc::conflict})
              .example({{"name", "open_day"},
                        {"title", "День открытых дверей"},
                        {"body", "Ждём вас {{ day }}."},
                        {"variables", {{"day", "5 сентября"}}}}));
  api.add(http::get("/api/v1/templates/{name}", &get_template)
              .roles(kSenders)
              .summary("A type's texts with their sources, and the variables they may use")
              .tag("templates")
              .errors({Errc::not_found}));
  api.add(http::put("/api/v1/templates/{name}", &put_template)
              .roles(writers)
              .summary("Put another text in place of the built-in one")
              .description("Checked before it is kept. A tutor's own text is used for messages about that "
                           "tutor's lessons and students.")
              .tag("templates")
              .example({{"audience", "parent"},
                        {"title", "Занятие отменено"},
                        {"body", "{{ student.first_name }}: занятия не будет."}}));
  api.add(http::del("/api/v1/templates/{name}", &delete_template)
              .roles(writers)
              .summary("Give the place back to the built-in text; the versions stay")
              .tag("templates")
              .errors({Errc::not_found}));
  api.add(http::get("/api/v1/templates/{name}/versions", &list_template_versions)
              .roles(kSenders)
              .summary("Every version of a text, newest first")
              .tag("templates"));
  api.add(http::post("/api/v1/templates/{name}/rollback", &roll_back_template)
              .roles(writers)
              .summary("Make an old version the newest again")
              .tag("templates")
              .errors({Errc::not_found})
              .example({{"audience", "parent"}, {"version", 1}}));
  api.add(http::post("/api/v1/templates/render", &render_template)
              .roles(kSenders)
              .summary("Preview of a text with given or sample data")
              .tag("templates")
              .alias("/api/v1/notifications/template/render")
              .errors({Errc::invalid})
              .example({{"template_name", "lesson.reminder"}, {"channel", "telegram"}}));
  api.add(http::post("/api/v1/templates/validate", &validate_template)
              .roles(kSenders)
              .summary("What is wrong with a text, by line, and which variables it uses; nothing is kept")
              .tag("templates")
              .example({{"name", "lesson.reminder"}, {"body", "Урок {{ lesson.subject }}"}}));
  api.add(http::get("/unsubscribe", &show_unsubscribe)
              .summary("The page behind an unsubscribe link; changes nothing")
              .tag("unsubscribe")
              .answers("text/html", "a page with a button")
              .example_answer("<!doctype html><title>Отписаться от писем?</title>…")
              .answers("text/html", "the link is broken or too old", 410));
  api.add(http::post("/unsubscribe", &unsubscribe)
              .summary("Unsubscribe by one click (RFC 8058)")
              .tag("unsubscribe")
              .answers("text/html", "what has been switched off")
              .example_answer("<!doctype html><title>Вы отписаны</title>…")
              .answers("text/html", "the link is broken or too old", 410));
}

void add_inbox(http::Api& api) {
  api.add(http::get("/api/v1/inbox", &get_inbox)
              .authenticated()
              .summary("What an app shows its user, newest first")
              .tag("inbox"));
  api.add(http::post("/api/v1/inbox/{id}/read", &read_one)
              .authenticated()
              .summary("The user has read this one")
              .tag("inbox")
              .example_answer({{"success", true},
                               {"id", "019cae6b"},
                               {"read_at", "2026-03-02T12:00:00Z"},
                               {"unread_count", 3}})
              .errors({Errc::not_found}));
  api.add(http::post("/api/v1/inbox/read-all", &read_all)
              .authenticated()
              .summary("The user has read all of them, or all up to a place")
              .tag("inbox")
              .example({{"last_event_id", 17}}));
  api.add(http::get("/api/v1/inbox/{id}/attachments/{n}", &get_attachment)
              .authenticated()
              .summary("A file that came with a message")
              .tag("inbox")
              .answers("application/octet-stream", "the file, in its own type")
              .errors({Errc::not_found}));
  api.add(http::get("/api/v1/inbox/stream", &stream_inbox)
              .authenticated()
              .ticket()
              .summary("New messages of the calling user, the moment they come")
              .description(
                  "Events «notification» with an item of GET /api/v1/inbox as data. The stream goes on after "
                  "the header Last-Event-ID or ?last_event_id=, else with what comes next.")
              .tag("inbox")
              .answers("text/event-stream")
              .example_answer(
                  "id: 17\nevent: notification\ndata: {\"id\":\"…\",\"title\":\"Занятие отменено\"}\n\n"));
  api.add(http::post("/api/v1/auth/exchange", &exchange_token)
              .roles({"service"})
              .summary("A short token of the user that the service acts for")
              .tag("auth")
              .errors({Errc::not_found, Errc::conflict})
              .example({{"user_id", 5}}));
}

void add_channels(http::Api& api) {
  api.add(http::get("/api/v1/channels", &list_channels)
              .roles({"admin"})
              .summary("How each channel is doing, its limits and what waits for it")
              .tag("channels"));
  api.add(
      http::post("/api/v1/channels/{channel}/pause", &pause_channel)
          .roles({"admin"})
          .summary("Stop a channel: what it should send waits and keeps its order")
          .description("Every instance stops within a second. No other channel is used instead: a message "
                       "that becomes worthless meanwhile (a reminder of a lesson that began) is dropped "
                       "with its reason. A pause outlives restarts.")
          .tag("channels")
          .errors({Errc::not_found, Errc::invalid})
          .example({{"reason", "опечатка в шаблоне"}, {"until", "2026-03-02T18:00:00Z"}}));
  api.add(http::post("/api/v1/channels/{channel}/resume", &resume_channel)
              .roles({"admin"})
              .summary("End a pause; ending none is no error")
              .tag("channels")
              .errors({Errc::not_found}));
}

}  // namespace

namespace api_files {  // embedded by the build from api/
std::optional<std::string_view> file(std::string_view path);
}

void add_routes(http::Api& api, App& app) {
  api.provide(app);
  add_events(api);
  add_sending(api);
  add_schedules(api);
  add_bulk(api);
  add_reading(api);
  add_people(api);
  add_bot(api);
  add_texts(api);
  service::add_dead_letter_endpoints(api, app.dead_letters());
  add_inbox(api);
  service::add_stream_tickets(api, app.tickets());
  add_channels(api);
  add_outbox(api, app);
}

void show_answers(http::Api& api) {
  api.show_answers(json::parse(api_files::file("examples.json").value()).value().as_object());
}

}  // namespace rb::notification
