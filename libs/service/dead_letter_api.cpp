#include "service/dead_letter_api.hpp"

#include "service/paging.hpp"

namespace rb::service {

struct DeadLettersRequest {
  int limit = 50;
  std::optional<std::string> cursor;
};
BOOST_DESCRIBE_STRUCT(DeadLettersRequest, (), (limit, cursor))
json::Rules rules(const DeadLettersRequest*) { return {json::rule("limit").defaulted().range(1, 100)}; }

struct DeadLetterView {
  std::string id, queue, reason, routing_key, message_id, body;
  std::map<std::string, std::string> headers;
  Time received_at;
};
BOOST_DESCRIBE_STRUCT(DeadLetterView, (),
                      (id, queue, reason, routing_key, message_id, body, headers, received_at))

struct DeadLettersAnswer {
  std::vector<DeadLetterView> items;
  std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(DeadLettersAnswer, (), (items, next_cursor))

struct DeadLetterPath {
  std::string id;
};
BOOST_DESCRIBE_STRUCT(DeadLetterPath, (), (id))

struct RequeueAnswer {
  bool success = true;
  std::string id;
};
BOOST_DESCRIBE_STRUCT(RequeueAnswer, (), (success, id))

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

Task<Result<DeadLettersAnswer>> list(DeadLetterDesk& desk, DeadLettersRequest in) {
  auto before = read_cursor(in.cursor);
  if (!before) co_return fail(std::move(before.error()));
  auto letters = co_await dead_letters(db::reading(desk.database), desk.tables, *before, in.limit + 1);
  DeadLettersAnswer out;
  if (letters.size() > static_cast<std::size_t>(in.limit)) {
    letters.pop_back();
    out.next_cursor = cursor_of({letters.back().received, letters.back().id});
  }
  for (auto& letter : letters) out.items.push_back(view_of(std::move(letter)));
  co_return out;
}

Task<Result<RequeueAnswer>> requeue(DeadLetterDesk& desk, DeadLetterPath in) {
  bool done = false;
  co_await desk.database.transaction([&](db::Transaction& tx) -> Task<> {
    auto letter = co_await dead_letter(db::reading(tx), desk.tables, in.id);
    // Of two who requeue the same letter at once, the one that removes it publishes it.
    done = letter && co_await remove_dead_letter(tx, desk.tables, in.id);
    if (done) desk.bus.publish(tx, letter->message);
  });
  if (!done) co_return unknown();
  desk.bus.flush();
  co_return RequeueAnswer{true, in.id};
}

Task<Result<void>> remove(DeadLetterDesk& desk, DeadLetterPath in) {
  bool done = false;
  co_await desk.database.transaction(
      [&](db::Transaction& tx) -> Task<> { done = co_await remove_dead_letter(tx, desk.tables, in.id); });
  if (!done) co_return unknown();
  co_return Result<void>();
}

}  // namespace

void add_dead_letter_endpoints(http::Api& api, DeadLetterDesk& desk) {
  api.provide(desk);
  api.add(http::get("/api/v1/dead-letters", &list)
              .roles({"admin"})
              .summary("Events that could not be understood, newest first")
              .tag("dead letters"));
  api.add(http::post("/api/v1/dead-letters/{id}/requeue", &requeue)
              .roles({"admin"})
              .summary("Publish the event again")
              .example_answer({{"success", true}, {"id", "019cae6b"}})
              .tag("dead letters")
              .errors({Errc::not_found}));
  api.add(http::del("/api/v1/dead-letters/{id}", &remove)
              .roles({"admin"})
              .summary("Throw the event away")
              .tag("dead letters")
              .errors({Errc::not_found}));
}

}  // namespace rb::service
