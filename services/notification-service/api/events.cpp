#include "api/events.hpp"

#include <algorithm>
#include <set>

#include "api/accept.hpp"
#include "api/rights.hpp"
#include "domain/intake.hpp"
#include "events/normal.hpp"
#include "store/events.hpp"
#include "store/people.hpp"

namespace rb::notification {
namespace {

constexpr std::size_t kMostEvents = 1000;

struct Incoming {
  std::vector<EventResult> results;
  std::vector<events::Event> events;
  std::vector<std::size_t> places;  // of `events` in `results`
};

Incoming read_all(const json::array& items, const Runtime& rt) {
  Incoming in;
  for (const auto& item : items) {
    auto outcome = events::read_event(item, {"", "", 0, {}, rt.clock.now(), rt.rules.event_zone});
    if (auto* event = std::get_if<events::Event>(&outcome)) {
      in.places.push_back(in.results.size());
      in.results.push_back({event->id, "accepted", std::nullopt});
      in.events.push_back(std::move(*event));
    } else if (auto* rejected = std::get_if<events::Rejected>(&outcome)) {
      in.results.push_back({rejected->id, "rejected", rejected->reason});
    } else {
      in.results.push_back(
          {"", "ignored", "type " + std::get<events::Ignored>(outcome).type + " is not one of ours"});
    }
  }
  return in;
}

// Takes out what is not the caller's to say; returns how many that were.
Task<std::size_t> keep_own(Runtime& rt, const http::Caller& who, Incoming& in) {
  if (is_staff(who)) co_return 0;
  auto needs = wanted(in.events);
  auto lessons = co_await load_lessons(reading(rt.database), {needs.lessons.begin(), needs.lessons.end()});
  for (const auto& [id, lesson] : lessons)
    for (const auto& [student, takes_part] : lesson.students) needs.people.insert(student);
  auto directory =
      co_await load_people(reading(rt.database), {needs.people.begin(), needs.people.end()}, true);
  Incoming own;
  own.results = std::move(in.results);
  for (std::size_t i = 0; i < in.events.size(); ++i) {
    auto lesson = lessons.find(in.events[i].text("lesson_id"));
    auto reason = foreign(who, in.events[i], lesson == lessons.end() ? nullptr : &lesson->second, directory);
    if (reason.empty()) {
      own.events.push_back(std::move(in.events[i]));
      own.places.push_back(in.places[i]);
    } else {
      own.results[in.places[i]] = {own.results[in.places[i]].id, "rejected", reason};
    }
  }
  auto taken_out = in.events.size() - own.events.size();
  in = std::move(own);
  co_return taken_out;
}

// Writes the new ones to the outbox and marks the others as duplicates.
Task<> take(Runtime& rt, Incoming& in) {
  std::set<EventKey> fresh;
  co_await rt.database.transaction(
      [&rt, &in, &fresh](db::Transaction& tx) -> Task<> { fresh = co_await accept(tx, rt, in.events); });
  rt.bus.flush();
  for (std::size_t i = 0; i < in.events.size(); ++i)
    if (fresh.erase({in.events[i].source, in.events[i].id}) == 0)
      in.results[in.places[i]].status = "duplicate";
}

}  // namespace

Task<Result<http::Reply<EventsAnswer>>> post_events(App& app, const http::Request& request,
                                                    json::value body) {
  auto& rt = app.runtime();
  auto items = body.is_array() ? std::move(body.get_array()) : json::array{std::move(body)};
  if (items.size() > kMostEvents)
    co_return fail(Errc::too_large,
                   "at most 1000 events fit into one call, these are " + std::to_string(items.size()));
  auto in = read_all(items, rt);
  auto not_own = co_await keep_own(rt, request.who(), in);
  if (not_own > 0 && not_own == in.results.size())
    co_return fail(Errc::forbidden, *in.results.front().reason);
  if (!in.events.empty()) co_await take(rt, in);
  EventsAnswer answer;
  answer.results = std::move(in.results);
  for (const auto& result : answer.results) {
    answer.accepted += result.status == "accepted";
    answer.duplicate += result.status == "duplicate";
    answer.ignored += result.status == "ignored";
    answer.rejected += result.status == "rejected";
  }
  bool none = answer.rejected > 0 && answer.rejected == static_cast<int>(answer.results.size());
  co_return http::Reply<EventsAnswer>{std::move(answer), none ? 422 : 202, {}};
}

}  // namespace rb::notification
