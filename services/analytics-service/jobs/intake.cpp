#include "jobs/intake.hpp"

#include <algorithm>
#include <limits>

#include "jobs/erase.hpp"
#include "jobs/folding.hpp"
#include "store/cells.hpp"
#include "store/facts.hpp"
#include "store/freshness.hpp"
#include "store/watch.hpp"

namespace rb::analytics {
namespace {

std::vector<std::string> deleted_people(const std::vector<events::Event>& batch) {
  std::vector<std::string> out;
  for (const auto& event : batch)
    if (event.type == "user.deleted") out.push_back(event.text("user_id"));
  return out;
}

// Without statistics PostgreSQL reads the whole log for every batch, and a new school fills it faster than
// autovacuum comes by.
const std::string kAnalyse =
    "analyze analytics_event_log, analytics_places, analytics_payments, analytics_homework, "
    "analytics_accesses, analytics_logins, analytics_people, analytics_relations, analytics_cells, "
    "analytics_names, analytics_versions";

bool is_power_of_ten(std::int64_t number) {
  while (number > 1 && number % 10 == 0) number /= 10;
  return number == 1;
}

struct Fresh {
  std::vector<std::string> entities;
  std::int64_t first_seq = std::numeric_limits<std::int64_t>::max();
};

Fresh fresh_among(const std::vector<events::Event>& events, const std::vector<std::int64_t>& seqs) {
  Fresh out;
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (seqs[i] == 0) continue;
    out.first_seq = std::min(out.first_seq, seqs[i]);
    if (auto key = log_key(events[i]); !key.empty()) out.entities.push_back(std::move(key));
  }
  return out;
}

}  // namespace

std::vector<events::Event> Intake::scrubbed(const std::vector<events::Event>& batch) {
  std::vector<events::Event> out;
  out.reserve(batch.size());
  for (const auto& event : batch) {
    auto clean = pseudonyms_.scrubbed(event);
    out.push_back(std::move(clean).value_or(event));
  }
  return out;
}

// The seq of each event in the log; 0: it was there.
Task<std::vector<std::int64_t>> Intake::work(db::Transaction& tx, const std::vector<events::Event>& batch,
                                             BatchState state) {
  if (names_unsure_) names_ = {};
  names_unsure_ = true;
  co_await pseudonyms_.refresh(db::reading(tx), state.erased);
  co_await erase_people(tx, pseudonyms_, names_, deleted_people(batch), state.number, clock_.now());
  std::vector<events::Event> clean;
  if (!pseudonyms_.none()) clean = scrubbed(batch);
  const auto& events = pseudonyms_.none() ? batch : clean;

  auto seqs = co_await append_events(tx, events, clock_.now());
  auto fresh = fresh_among(events, seqs);
  auto earlier = co_await events_of_entities(db::reading(tx), std::move(fresh.entities), fresh.first_seq);
  auto changes = changes_of(events, seqs, std::move(earlier));
  write(tx, changes);
  co_await count_changes(tx, changes, names_);
  auto scopes = scopes_of(changes);
  raise_versions(tx, scopes, state.number);
  if (quiet_) keep_quiet(tx, scopes, state.number);
  co_return seqs;
}

Task<std::vector<bool>> Intake::take(std::vector<events::Event> batch) {
  std::vector<std::int64_t> seqs;
  std::int64_t number = 0;
  co_await database_.transaction([&](db::Transaction& tx) -> Task<> {
    auto state = co_await begin_batch(tx);
    number = state.number;
    seqs = co_await work(tx, batch, state);
  });
  pseudonyms_.kept();
  names_unsure_ = false;
  if (database_.is_postgres() && is_power_of_ten(number)) co_await database_.script(kAnalyse);
  std::vector<bool> fresh;
  for (auto seq : seqs) fresh.push_back(seq != 0);
  co_return fresh;
}

}  // namespace rb::analytics
