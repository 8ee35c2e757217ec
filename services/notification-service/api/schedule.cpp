#include "api/schedule.hpp"

#include "api/access.hpp"
#include "api/paging.hpp"
#include "domain/members.hpp"
#include "domain/recurrence.hpp"
#include "store/events.hpp"
#include "store/schedules.hpp"
#include "time/iso.hpp"

namespace rb::notification {
namespace {

// What a caller says of the time.
struct TimeWish {
  std::optional<std::string> scheduled_at, timezone, recurrence;
};

// Readings without an offset are in the zone that the caller names, else UTC as everywhere.
Result<Time> moment_of(const TimeWish& wish) {
  auto zone = Zone::find(wish.timezone.value_or("Etc/UTC"));
  if (!zone) return invalid_sentence("timezone", zone.error().message);
  auto moment = parse_iso(*wish.scheduled_at, *zone);
  if (!moment) return invalid_sentence("scheduled_at", moment.error().message);
  return *moment;
}

Result<void> set_recurring(Schedule& schedule, const TimeWish& wish, Time now) {
  auto zone = Zone::find(schedule.timezone);
  if (!zone) return invalid_sentence("timezone", zone.error().message);
  auto rule = Recurrence::parse(schedule.recurrence, schedule.starts, *zone);
  if (!rule) return invalid(wish.recurrence ? "recurrence" : "scheduled_at", rule.error().message);
  auto next = rule->next_after(std::max(now, schedule.starts - Micros(1)));
  if (!next) return invalid("recurrence", "names no moment after now");
  schedule.due = *next;
  return {};
}

Result<void> set_time(Schedule& schedule, const TimeWish& wish, Time now) {
  if (wish.scheduled_at) {
    auto moment = moment_of(wish);
    if (!moment) return fail(std::move(moment.error()));
    schedule.starts = schedule.due = *moment;
  }
  if (wish.timezone) schedule.timezone = *wish.timezone;
  if (wish.recurrence) schedule.recurrence = *wish.recurrence;
  if (!schedule.recurrence.empty()) return set_recurring(schedule, wish, now);
  if (schedule.due <= now) return invalid("scheduled_at", "must lie in the future");
  return {};
}

Task<Result<void>> set_time_by_lesson(App& app, Schedule& schedule, ScheduleRequest in) {
  auto& rt = app.runtime();
  if (in.scheduled_at || in.recurrence)
    co_return invalid("lesson_id", "does not go with scheduled_at or recurrence: the lesson gives the time");
  auto lessons = co_await load_lessons(reading(rt.database), {*in.lesson_id});
  auto found = lessons.find(*in.lesson_id);
  if (found == lessons.end() || !found->second.scheduled_at)
    co_return invalid("lesson_id", "is not a lesson whose time is known");
  const auto& lesson = found->second;
  schedule.lesson_id = lesson.id;
  schedule.offset_minutes = in.offset_minutes.value_or(60);
  schedule.starts = schedule.due = *lesson.scheduled_at - std::chrono::minutes(schedule.offset_minutes);
  if (lesson.cancelled() || lesson.over() || schedule.due <= rt.clock.now())
    co_return invalid("offset_minutes", "before this lesson is no longer in the future");
  co_return Result<void>();
}

SendRequest send_request_of(const ScheduleRequest& in, Time due) {
  SendRequest out;
  static_cast<TextRequest&>(out) = in;
  out.user_id = in.user_id;
  out.recipient_address = in.recipient_address;
  out.scheduled_at = due;
  out.attachments = in.attachments;
  return out;
}

// The request that would give this draft, as far as texts are concerned.
SendRequest send_request_of(const Schedule& schedule, const ScheduleChange& in) {
  const auto& message = schedule.draft.message;
  SendRequest out;
  out.user_id = schedule.user_id;
  out.type = message.type;
  out.channels = schedule.draft.channels;
  out.context_data = in.context_data.value_or(message.context);
  out.priority = in.priority.value_or(message.priority);
  out.correlation_id = message.correlation_id;
  out.purpose = message.purpose;
  out.scheduled_at = schedule.due;
  if (!message.template_name.empty()) out.template_name = message.template_name;
  for (const auto* name : {"title", "message", "language"})
    if (const auto* value = message.context.if_contains(name); value != nullptr && in.context_data)
      out.context_data.emplace(name, *value);
  if (in.title) out.context_data.erase("title");
  out.title = in.title;
  if (!in.message && !in.html_message) return out;
  out.context_data.erase("message");
  out.message = in.message;
  out.html_message = in.html_message;
  out.template_name.reset();
  return out;
}

ScheduleAnswer answer_of(const Schedule& schedule, std::string message) {
  return {true, schedule.id, schedule.id, schedule.status, schedule.starts, schedule.due, std::move(message)};
}

ScheduleView view_of(const Schedule& s) {
  ScheduleView out;
  const auto& message = s.draft.message;
  out.id = s.id;
  out.user_id = s.user_id;
  out.type = message.type;
  out.status = s.status;
  out.priority = to_string(message.priority);
  for (auto channel : s.draft.channels) out.channels.emplace_back(to_string(channel));
  out.title = text_in(message.context, "title");
  out.message = text_in(message.context, "message");
  out.scheduled_at = s.starts;
  if (s.status == "scheduled") out.next_at = s.due;
  if (!s.recurrence.empty()) out.recurrence = s.recurrence;
  if (!s.timezone.empty()) out.timezone = s.timezone;
  if (!s.lesson_id.empty()) {
    out.lesson_id = s.lesson_id;
    out.offset_minutes = s.offset_minutes;
  }
  out.made = s.made;
  out.missed = s.missed;
  out.created_by = s.created_by;
  out.created_at = s.created;
  return out;
}

struct Found {
  Schedule schedule;
  Person person;
};

Task<Result<Found>> schedule_for(App& app, const http::Request& request, std::string id) {
  auto found = co_await schedule_by_id(reading(app.runtime().database), std::move(id));
  if (!found) co_return fail(Errc::not_found, "there is no scheduled notification with this id");
  auto known = co_await person_for(app, request, Action::send, found->user_id);
  if (!known) co_return fail(std::move(known.error()));
  co_return Found{std::move(*found), std::move(known->person)};
}

std::unexpected<Error> over(const Schedule& schedule) {
  return fail(Errc::conflict, "nothing of it is to come any more: it is " + schedule.status);
}

}  // namespace

json::Rules rules(const ScheduleRequest*) {
  using json::rule;
  return with_text_rules(
      {rule("user_id").integer_or_text().length(1, 64).doc("who gets it"),
       rule("recipient_address").length(1, 320).doc("in place of the person's own; admins and services only"),
       rule("scheduled_at")
           .alias("send_at")
           .doc("when, or from when on; without an offset in `timezone`, else in UTC"),
       rule("timezone").length(1, 64).doc("of the recurrence; none: the person's"),
       rule("recurrence").length(1, 500).doc("RRULE of RFC 5545, at most every 15 minutes"),
       rule("lesson_id")
           .integer_or_text()
           .length(1, 64)
           .doc("in place of scheduled_at: moves and is cancelled with this lesson"),
       rule("offset_minutes").range(0, 10'080).doc("before the lesson; 60"), attachments_rule()});
}

json::Rules rules(const ScheduleView*) {
  using json::rule;
  return {rule("user_id").integer_or_text(),    rule("lesson_id").integer_or_text().omit_null(),
          rule("created_by").integer_or_text(), rule("recurrence").omit_null(),
          rule("timezone").omit_null(),         rule("offset_minutes").omit_null()};
}

json::Rules rules(const SchedulesRequest*) {
  using json::rule;
  return {rule("user_id").integer_or_text().length(1, 64),
          rule("status").defaulted().one_of({"scheduled", "done", "cancelled"}),
          rule("limit").defaulted().range(1, 100)};
}

json::Rules rules(const ScheduleChange*) {
  using json::rule;
  return {rule("scheduled_at").alias("send_at"),      rule("timezone").length(1, 64),
          rule("recurrence").length(1, 500),          rule("title").alias("subject").length(0, 255),
          rule("message").length(1, 20'000),          rule("html_message").length(1, 100'000),
          rule("context_data").alias("template_data")};
}

Task<Result<ScheduleAnswer>> schedule(App& app, const http::Request& request, ScheduleRequest in) {
  auto known = co_await person_for(app, request, Action::send, in.user_id);
  if (!known) co_return fail(std::move(known.error()));
  if (in.recurrence && !in.attachments.empty())
    co_return invalid("attachments", "do not go with a recurrence: each file is sent once");
  auto& rt = app.runtime();
  auto now = rt.clock.now();
  Schedule made;
  if (in.recurrence) made.timezone = known->person.timezone;
  if (in.lesson_id) {
    if (auto set = co_await set_time_by_lesson(app, made, in); !set) co_return fail(std::move(set.error()));
  } else {
    if (!in.scheduled_at) co_return invalid("scheduled_at", "is required");
    auto set = set_time(made, {in.scheduled_at, in.timezone, in.recurrence}, now);
    if (!set) co_return fail(std::move(set.error()));
  }
  auto composed = compose_for(app, request, send_request_of(in, made.due), known->person);
  if (!composed) co_return fail(std::move(composed.error()));
  if (auto lives = co_await not_erased(app, in.user_id); !lives) co_return fail(std::move(lives.error()));

  Writing what;
  add(what, std::move(*composed));
  auto planned = schedules_of(what.messages, request.who().subject).front();
  planned.starts = made.starts;
  planned.recurrence = made.recurrence;
  planned.timezone = made.timezone;
  planned.lesson_id = made.lesson_id;
  planned.offset_minutes = made.offset_minutes;
  for (auto& message : what.messages) {
    message.lesson_id = made.lesson_id;
    if (!made.lesson_id.empty()) message.expires = made.due + std::chrono::minutes(made.offset_minutes);
  }
  if (!planned.recurrence.empty()) what.messages.clear();  // each occurrence makes its own
  what.schedules.push_back(planned);
  co_await write(rt, known->directory, what);
  rt.bus.wake(kDeliveryTopic);
  co_return answer_of(planned, "Запланировано · Scheduled");
}

Task<Result<SchedulesAnswer>> list_schedules(App& app, const http::Request& request, SchedulesRequest in) {
  auto after = read_cursor(in.cursor);
  if (!after) co_return fail(std::move(after.error()));
  ScheduleQuestion question{.status = in.status, .after = *after, .limit = in.limit + 1};
  if (in.user_id) {
    auto known = co_await person_for(app, request, Action::send, *in.user_id);
    if (!known) co_return fail(std::move(known.error()));
    question.user_id = *in.user_id;
  } else if (!is_staff(request.who())) {
    question.created_by = request.who().subject;
  }
  auto found = co_await schedules(reading(app.runtime().database), std::move(question));
  SchedulesAnswer out;
  if (found.size() > static_cast<std::size_t>(in.limit)) {
    found.pop_back();
    out.next_cursor = cursor_of({found.back().due, found.back().id});
  }
  for (const auto& one : found) out.items.push_back(view_of(one));
  co_return out;
}

Task<std::vector<ScheduleView>> schedules_of_person(QueryRunner read, std::string user_id) {
  std::vector<ScheduleView> out;
  for (const auto* status : {"scheduled", "done", "cancelled"}) {
    ScheduleQuestion question{.status = status, .user_id = user_id, .limit = 500};
    for (;;) {
      auto page = co_await schedules(read, question);
      for (const auto& one : page) out.push_back(view_of(one));
      if (page.size() < static_cast<std::size_t>(question.limit)) break;
      question.after = {page.back().due, page.back().id};
    }
  }
  co_return out;
}

Task<Result<ScheduleView>> get_schedule(App& app, const http::Request& request, SchedulePath in) {
  auto found = co_await schedule_for(app, request, std::move(in.id));
  if (!found) co_return fail(std::move(found.error()));
  co_return view_of(found->schedule);
}

Task<Result<ScheduleView>> change_schedule(App& app, const http::Request& request, ScheduleChange in) {
  auto found = co_await schedule_for(app, request, in.id);
  if (!found) co_return fail(std::move(found.error()));
  auto& rt = app.runtime();
  const auto& seen = found->schedule;
  if (seen.status != "scheduled") co_return over(seen);
  if (in.recurrence && seen.recurrence.empty())
    co_return invalid("recurrence", "cannot be given to what comes once: plan it anew");
  if (in.scheduled_at && !seen.lesson_id.empty())
    co_return invalid("scheduled_at", "is given by lesson " + seen.lesson_id);
  auto after = seen;
  if (in.scheduled_at || in.timezone || in.recurrence) {
    auto set = set_time(after, {in.scheduled_at, in.timezone, in.recurrence}, rt.clock.now());
    if (!set) co_return fail(std::move(set.error()));
  }
  auto composed = compose_for(app, request, send_request_of(after, in), found->person);
  if (!composed) co_return fail(std::move(composed.error()));
  auto address = after.draft.message.recipient_address;
  after.draft.message = composed->messages.front();
  after.draft.message.recipient_address = std::move(address);
  bool done = false;
  co_await rt.database.transaction([&](db::Transaction& tx) -> Task<> {
    done = co_await replace_schedule(tx, seen, after, rt.clock.now());
  });
  if (!done) co_return fail(Errc::conflict, "it has just been sent or changed by somebody else");
  rt.bus.wake(kDeliveryTopic);
  co_return view_of(after);
}

Task<Result<ScheduleAnswer>> delete_schedule(App& app, const http::Request& request, SchedulePath in) {
  auto found = co_await schedule_for(app, request, std::move(in.id));
  if (!found) co_return fail(std::move(found.error()));
  auto& rt = app.runtime();
  bool done = false;
  co_await rt.database.transaction([&](db::Transaction& tx) -> Task<> {
    done = co_await cancel_schedule(tx, found->schedule.id, "cancelled_by_" + request.who().roles.front(),
                                    rt.clock.now());
  });
  if (!done) co_return over(found->schedule);
  found->schedule.status = "cancelled";
  co_return answer_of(found->schedule, "Отменено · Cancelled");
}

}  // namespace rb::notification
