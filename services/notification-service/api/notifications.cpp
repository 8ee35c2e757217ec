#include "api/notifications.hpp"

#include "store/schedules.hpp"
#include "store/story.hpp"

namespace rb::notification {

Task<Result<Message>> message_for(App& app, const http::Request& request, std::string id, Action action) {
  auto message = co_await message_by_id(reading(app.runtime().database), std::move(id));
  if (!message) co_return fail(Errc::not_found, "there is no notification with this id");
  if (action == Action::read && message->type.starts_with("lesson.")) action = Action::read_lessons;
  auto known = co_await person_for(app, request, action, message->user_id);
  if (!known) co_return fail(std::move(known.error()));
  co_return std::move(*message);
}

namespace {

enum class MessageChange { retry, cancel };

Task<Result<ChangeAnswer>> change(App& app, const http::Request& request, std::string id,
                                  MessageChange change) {
  auto message = co_await message_for(app, request, std::move(id), Action::send);
  if (!message) co_return fail(std::move(message.error()));
  auto& rt = app.runtime();
  bool done = false;
  co_await rt.database.transaction([&](db::Transaction& tx) -> Task<> {
    if (change == MessageChange::retry) {
      done = co_await retry_message(tx, message->id, rt.clock.now());
    } else {
      done = co_await cancel_message(tx, message->id, "cancelled_by_" + request.who().roles.front(),
                                     rt.clock.now());
      cancel_schedule_of_message(tx, message->id);
    }
  });
  auto verb = change == MessageChange::retry ? "tried again" : "cancelled";
  if (!done)
    co_return fail(Errc::conflict,
                   std::string("this notification cannot be ") + verb + ": it is " + message->status);
  if (change == MessageChange::retry) rt.bus.wake(kDeliveryTopic);
  co_return ChangeAnswer{true, message->id, change == MessageChange::retry ? "pending" : "cancelled",
                         view_of(*message).retry_count};
}

}  // namespace

json::Rules rules(const NotificationDetail*) { return rules(static_cast<const NotificationView*>(nullptr)); }

Task<Result<NotificationDetail>> get_notification(App& app, const http::Request& request,
                                                  NotificationPath in) {
  auto message = co_await message_for(app, request, std::move(in.id), Action::read);
  if (!message) co_return fail(std::move(message.error()));
  NotificationDetail out{view_of(*message), {}};
  for (auto& a : co_await attempts_of(reading(app.runtime().database), message->id))
    out.attempts.push_back({a.number, std::string(to_string(a.channel)), std::move(a.outcome),
                            std::move(a.detail), a.started, a.finished});
  co_return out;
}

Task<Result<ChangeAnswer>> retry_notification(App& app, const http::Request& request, NotificationPath in) {
  return change(app, request, std::move(in.id), MessageChange::retry);
}

Task<Result<ChangeAnswer>> cancel_notification(App& app, const http::Request& request, NotificationPath in) {
  return change(app, request, std::move(in.id), MessageChange::cancel);
}

}  // namespace rb::notification
