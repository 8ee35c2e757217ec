#include "api/send.hpp"

#include "api/access.hpp"
#include "api/rights.hpp"
#include "store/counters.hpp"
#include "store/digests.hpp"
#include "store/messages.hpp"
#include "store/people.hpp"
#include "store/schedules.hpp"

namespace rb::notification {
namespace {

Result<void> permit_address(const http::Request& request, const SendRequest& in) {
  if (!in.recipient_address || is_staff(request.who())) return {};
  return fail(Errc::forbidden, "only an admin or a service gives a recipient_address");
}

SendAnswer answer_of(const std::string& refusal, const std::vector<Message>& messages) {
  SendAnswer out;
  if (!refusal.empty()) {
    out.success = false;
    out.reason = refusal;
    return out;
  }
  const auto& first = messages.front();
  out.notification_id = first.id;
  out.notification_ids.emplace();
  for (const auto& message : messages) out.notification_ids->push_back(message.id);
  out.status = first.status;
  if (first.channel) out.channel = to_string(*first.channel);
  if (first.status == "scheduled" || first.status == "deferred") out.scheduled_at = first.due;
  if (first.status == "deferred") out.reason = first.reason;
  return out;
}

// One item of a batch; the person is loaded already.
Result<Composed> item(App& app, const http::Request& request, const SendRequest& in,
                      const Directory& directory) {
  const auto& to = directory.at(in.user_id);
  if (auto allowed = permit(request, Action::send, to, directory); !allowed)
    return fail(std::move(allowed.error()));
  return compose_for(app, request, in, to);
}

BatchError problem_of(int index, const Error& error) {
  BatchError out{index, error.message, {}};
  for (const auto& [field, reason] : error.fields) out.errors.push_back({field, reason});
  return out;
}

}  // namespace

Result<Composed> compose_for(App& app, const http::Request& request, const SendRequest& in,
                             const Person& to) {
  if (auto allowed = permit_address(request, in); !allowed) return fail(std::move(allowed.error()));
  auto& rt = app.runtime();
  auto channels = rt.channels();
  const auto& who = request.who();
  return compose(in, to,
                 {channels, *rt.renderer, rt.clock.now(), [&rt] { return rt.new_id(); }, rt.texts,
                  is_staff(who) ? "" : who.subject});
}

Task<> write(Runtime& rt, const Directory& directory, Writing& what) {
  auto& messages = what.messages;
  bool wakes = !std::ranges::all_of(messages, is_finished);
  co_await rt.database.transaction([&](db::Transaction& tx) -> Task<> {
    co_await give_turns(tx, messages, directory, Before::all, rt.clock.now());
    count_finished(tx, messages, rt.clock.now());
    for (const auto& set : what.files) save_files(tx, set, rt.clock.now());
    add_schedules(tx, what.schedules);
    co_await insert_messages(tx, messages);
  });
  if (wakes) rt.bus.wake(kDeliveryTopic);
}

void add(Writing& to, Composed composed) {
  std::ranges::move(composed.messages, std::back_inserter(to.messages));
  if (composed.files) to.files.push_back(std::move(*composed.files));
}

json::Rules rules(const SendAnswer*) {
  json::Rules out;
  for (const auto* name :
       {"notification_id", "notification_ids", "status", "channel", "scheduled_at", "reason"})
    out.push_back(json::rule(name).omit_null());
  return out;
}

json::Rules rules(const BatchRequest*) {
  return {json::rule("notifications").length(1, 100).doc("each as in POST /api/v1/notifications/send"),
          json::rule("correlation_id").length(0, 128).doc("of those that have none of their own")};
}

Task<Result<SendAnswer>> send_one(App& app, const http::Request& request, SendRequest in) {
  auto known = co_await person_for(app, request, Action::send, in.user_id);
  if (!known) co_return fail(std::move(known.error()));
  auto result = compose_for(app, request, in, known->person);
  if (!result) co_return fail(std::move(result.error()));
  if (auto lives = co_await not_erased(app, in.user_id); !lives) co_return answer_of("person_erased", {});
  auto reason = result->refused;
  Writing what;
  add(what, std::move(*result));
  what.schedules = schedules_of(what.messages, request.who().subject);
  co_await write(app.runtime(), known->directory, what);
  co_return answer_of(reason, what.messages);
}

Task<Result<BatchAnswer>> send_batch(App& app, const http::Request& request, BatchRequest in) {
  auto& rt = app.runtime();
  std::vector<Result<SendRequest>> wanted;
  std::vector<std::string> people;
  for (const auto& notification : in.notifications) {
    wanted.push_back(json::read<SendRequest>(notification));
    if (wanted.back()) people.push_back(wanted.back()->user_id);
  }
  auto erased = co_await erased_ids(reading(rt.database), rt.rules.secret, people);
  auto directory = co_await load_people(reading(rt.database), std::move(people), true);

  BatchAnswer out;
  Writing what;
  for (int i = 0; auto& one : wanted) {
    auto index = i++;
    if (one && in.correlation_id && one->correlation_id.empty()) one->correlation_id = *in.correlation_id;
    bool gone = one && std::ranges::find(erased, one->user_id) != erased.end();
    auto result = one ? item(app, request, *one, directory) : fail(one.error());
    if (!result) {
      out.errors.push_back(problem_of(index, result.error()));
    } else if (gone || !result->refused.empty()) {
      out.errors.push_back({index, gone ? "person_erased" : result->refused, {}});
    } else {
      ++out.total_created;
      for (const auto& message : result->messages) out.created_ids.push_back(message.id);
    }
    if (result && !gone) add(what, std::move(*result));
  }
  what.schedules = schedules_of(what.messages, request.who().subject);
  if (!what.messages.empty()) co_await write(rt, directory, what);
  co_return out;
}

}  // namespace rb::notification
