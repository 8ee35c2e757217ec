#include "api/history.hpp"

#include "api/access.hpp"
#include "api/paging.hpp"

namespace rb::notification {
namespace {

Result<HistoryQuestion> question_of(const HistoryRequest& in) {
  auto since = period_start("from_date", in.from_date);
  if (!since) return fail(std::move(since.error()));
  auto until = period_end("to_date", in.to_date);
  if (!until) return fail(std::move(until.error()));
  auto before = read_cursor(in.cursor);
  if (!before) return fail(std::move(before.error()));
  HistoryQuestion out;
  out.user_id = in.user_id;
  out.status = in.status.value_or("");
  if (in.type) out.type = canonical_notification_type(*in.type);
  if (in.channel) out.channel = to_string(*in.channel);
  out.since = *since;
  out.until = *until;
  out.before = *before;
  out.limit = in.limit + 1;  // one more tells whether there is a next page
  out.offset = in.offset;
  return out;
}

}  // namespace

json::Rules rules(const HistoryRequest*) {
  using json::rule;
  return {rule("user_id").integer_or_text(),
          rule("from_date").doc("a moment or a day"),
          rule("to_date").doc("a moment, or a day that still belongs to it"),
          rule("limit").defaulted().range(1, 100),
          rule("offset").defaulted().range(0, 1e9),
          rule("with_total").defaulted()};
}

json::Rules rules(const HistoryAnswer*) { return {json::rule("total").omit_null()}; }

Task<Result<HistoryAnswer>> get_history(App& app, const http::Request& request, HistoryRequest in) {
  auto question = question_of(in);
  if (!question) co_return fail(std::move(question.error()));
  auto known = co_await person_for(app, request, Action::read_lessons, in.user_id);
  if (!known) co_return fail(std::move(known.error()));
  if (!may(request.who(), Action::read, known->person, known->directory)) question->family = "lesson";

  auto read = reading(app.runtime().database);
  auto messages = co_await messages_of(read, *question);
  HistoryAnswer out;
  if (messages.size() > static_cast<std::size_t>(in.limit)) {
    messages.pop_back();
    out.next_cursor = cursor_of({messages.back().created, messages.back().id});
  }
  for (const auto& message : messages) out.items.push_back(view_of(message));
  out.notifications = out.items;
  if (in.with_total) out.total = co_await count_messages_of(read, *question);
  co_return out;
}

}  // namespace rb::notification
