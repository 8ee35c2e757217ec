#include "api/dead_letters.hpp"

#include "api/paging.hpp"
#include "store/events.hpp"

namespace rb::notification {
namespace {

std::unexpected<Error> unknown() { return fail(Errc::not_found, "there is no dead letter with this id"); }

DeadLetterView view_of(DeadLetter letter) {
  DeadLetterView out;
  out.id = std::move(letter.id);
  out.queue = std::move(letter.queue);
  out.reason = std::move(letter.reason);
  out.routing_key = std::move(letter.message.routing_key);
  out.message_id = std::move(letter.message.message_id);
  out.body = std::move(letter.message.body);
  out.headers.insert(letter.message.headers.begin(), letter.message.headers.end());
  out.received_at = letter.received;
  return out;
}

}  // namespace

json::Rules rules(const DeadLettersRequest*) { return {json::rule("limit").defaulted().range(1, 100)}; }

Task<Result<DeadLettersAnswer>> list_dead_letters(App& app, DeadLettersRequest in) {
  auto before = read_cursor(in.cursor);
  if (!before) co_return fail(std::move(before.error()));
  auto letters = co_await dead_letters(reading(app.runtime().database), *before, in.limit + 1);
  DeadLettersAnswer out;
  if (letters.size() > static_cast<std::size_t>(in.limit)) {
    letters.pop_back();
    out.next_cursor = cursor_of({letters.back().received, letters.back().id});
  }
  for (auto& letter : letters) out.items.push_back(view_of(std::move(letter)));
  co_return out;
}

Task<Result<RequeueAnswer>> requeue_dead_letter(App& app, DeadLetterPath in) {
  auto& rt = app.runtime();
  bool done = false;
  co_await rt.database.transaction([&](db::Transaction& tx) -> Task<> {
    auto letter = co_await dead_letter(reading(tx), in.id);
    // Of two who requeue the same letter at once, the one that removes it publishes it.
    done = letter && co_await remove_dead_letter(tx, in.id);
    if (done) rt.bus.publish(tx, letter->message);
  });
  if (!done) co_return unknown();
  rt.bus.flush();
  co_return RequeueAnswer{true, in.id};
}

Task<Result<void>> delete_dead_letter(App& app, DeadLetterPath in) {
  bool done = false;
  co_await app.runtime().database.transaction(
      [&](db::Transaction& tx) -> Task<> { done = co_await remove_dead_letter(tx, in.id); });
  if (!done) co_return unknown();
  co_return Result<void>();
}

}  // namespace rb::notification
