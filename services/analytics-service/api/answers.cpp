#include "api/answers.hpp"

#include "net/together.hpp"

namespace rb::analytics {
namespace {

std::string key_of(const Asking& asking, const AnswerKind& kind) {
  const auto& asked = asking.scope.asked;
  Key key(kind.name);
  key.add(kind.more).add(name(asking.viewer.role)).add(sees_all(asking.viewer.role) ? "" : asking.viewer.id);
  key.add(asked.first.time_since_epoch().count()).add(asked.last.time_since_epoch().count());
  key.add(asking.before ? "compared" : "").add(asked.zone.name()).add(asked.tutor_id).add(asked.currency);
  key.add(asked.subject ? 1 : 0).add(asked.subject.value_or(""));
  key.add(asked.student_ids ? std::ssize(*asked.student_ids) : -1);
  for (const auto& id : asked.student_ids.value_or(std::vector<std::string>())) key.add(id);
  return key.add(asking.fresh.epoch).add(asking.fresh.newest).text();
}

// The period before ends where the period begins.
Span days_of(const Asking& asking) {
  return {(asking.before ? *asking.before : asking.scope).days.begin(), asking.scope.days.end()};
}

Task<TrueIn> true_in(db::QueryRunner read, const Asking& asking, Passing passing) {
  const auto& asked = asking.scope.asked;
  using Moment = std::optional<Time>;
  auto when = [](bool matters, Task<Moment> moment) -> Task<Moment> {
    if (!matters) co_return std::nullopt;
    co_return co_await std::move(moment);
  };
  auto [ends, starts, due] =
      co_await net::together(when(passing.lesson_ends, next_lesson_end(read, asked, days_of(asking))),
                             when(passing.lesson_starts, next_lesson_start(read, asked, kAlways)),
                             when(passing.homework_dues, next_due(read, asked, days_of(asking))));
  TrueIn out{.from = asked.now};
  for (const auto& moment : {ends, starts, due})
    if (moment) out.through = std::min(out.through, *moment);
  co_return out;
}

}  // namespace

json::Rules rules_of_previous() {
  return {json::rule("previous_period").omit_null(), json::rule("previous").omit_null()};
}

http::Headers cache_headers(bool hit) { return {{"X-Cache", hit ? "hit" : "miss"}}; }

Task<Result<AnswerText>> answer_text(App& app, const Asking& asking, AnswerKind kind, MakeText make) {
  auto& kept = app.kept();
  auto key = key_of(asking, kind);
  if (auto found = co_await kept.find(key, asking.scope.asked.now))
    co_return AnswerText{std::move(*found), true};
  auto read = db::reading(app.runtime().database);
  auto [made, when] =
      co_await net::together(make(read), true_in(read, asking, kept.keeps() ? kind.passing : Passing()));
  if (!made) co_return fail(std::move(made.error()));
  co_await kept.keep(key, *made, when);
  co_return AnswerText{std::move(*made), false};
}

}  // namespace rb::analytics
