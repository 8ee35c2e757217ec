#pragma once
// Answers are kept until they would be another one. The key of an answer is what was asked, by whom as far as
// that matters, and the data versions read before it was computed: what changes any of them finds nothing.
// With the answer lies the next moment at which time alone changes it. So none is ever stale, with any number
// of instances, and the time for which it is kept (CHARTS_CACHE_TTL) only bounds memory. Without a cache, or
// with one that is away, every answer is computed. Belongs to the loop's thread.
#include "api/asking.hpp"
#include "http/endpoint.hpp"

namespace rb::analytics {

// By what an answer changes although nothing happens. Naming too much costs speed only.
struct Passing {
  bool lesson_ends = false;    // of lessons that nobody has marked
  bool lesson_starts = false;  // of planned lessons, over all time
  bool homework_dues = false;
};

// One endpoint's answers. `make` computes one: all that it depends on stands in Asking, in the settings of
// the program, or in `more`.
template <class Answer>
struct Figures {
  Task<Result<Answer>> (*make)(db::QueryRunner read, const Asking& asking);
  Area area;
  Passing passing = {};
  Reads reads = Reads::asked;
};

// `name`: one for each kind of answers. `more`: what else was asked.
struct AnswerKind {
  std::string name, more;
  Passing passing;
};

struct AnswerText {
  std::string text;
  bool hit = false;
};
using MakeText = std::function<Task<Result<std::string>>(db::QueryRunner read)>;
Task<Result<AnswerText>> answer_text(App& app, const Asking& asking, AnswerKind kind, MakeText make);

http::Headers cache_headers(bool hit);  // X-Cache

// Members that stand in an answer only when the period before was asked for.
json::Rules rules_of_previous();

// An answer that tells its period, and the one before when that was asked for.
template <class Answer>
Answer begun(const Asking& asking) {
  Answer out;
  out.period = period_of(asking.scope.asked);
  if constexpr (requires { out.previous_period; })
    if (asking.before) out.previous_period = period_of(asking.before->asked);
  return out;
}

// `make(read)` gives a Task<Result<Answer>>.
template <class Answer, class Make>
Task<Result<http::Ready<Answer>>> answer(App& app, const Asking& asking, AnswerKind kind, Make make) {
  auto text_of = [&make](db::QueryRunner read) -> Task<Result<std::string>> {
    auto made = co_await make(std::move(read));
    if (!made) co_return fail(std::move(made.error()));
    co_return json::to_text(json::write(*made));
  };
  auto found = co_await answer_text(app, asking, std::move(kind), text_of);
  if (!found) co_return fail(std::move(found.error()));
  co_return http::Ready<Answer>{std::move(found->text), cache_headers(found->hit)};
}

template <class Answer>
Task<Result<http::Ready<Answer>>> answer(App& app, const http::Request& request, std::string name,
                                         Figures<Answer> figures, PeriodQuery in) {
  auto asking = co_await ask(app, request, figures.area, std::move(in), figures.reads);
  if (!asking) co_return fail(std::move(asking.error()));
  auto make = [&](db::QueryRunner read) { return figures.make(std::move(read), *asking); };
  co_return co_await answer<Answer>(app, *asking, {std::move(name), "", figures.passing}, make);
}

}  // namespace rb::analytics
