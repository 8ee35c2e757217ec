#include "jobs/erase.hpp"

#include "domain/order.hpp"
#include "jobs/folding.hpp"
#include "service/mentions.hpp"
#include "store/alerts.hpp"
#include "store/cells.hpp"
#include "store/facts.hpp"
#include "store/freshness.hpp"
#include "store/watch.hpp"

namespace rb::analytics {
namespace {

struct Rewritten {
  EntityKind kind;
  std::vector<events::Event> before, after;
};

class Rewriting {
 public:
  explicit Rewriting(Pseudonyms& pseudonyms) : pseudonyms_(pseudonyms) {}

  void take_lone(const Logged& logged) {
    auto after = pseudonyms_.scrubbed(logged.event);
    if (!after) return;
    add_lone_change(changes_, logged.seq, &logged.event, &*after);
    events_.push_back({logged.seq, std::move(*after)});
  }

  // Whether it belongs to an entity that names an erased person, or not.
  void take(Logged logged) {
    auto after = pseudonyms_.scrubbed(logged.event);
    if (after) events_.push_back({logged.seq, *after});
    auto now = after ? std::move(*after) : logged.event;
    auto& group = groups_.try_emplace(log_key(now), Rewritten{entity_of(now)->kind, {}, {}}).first->second;
    group.before.push_back(std::move(logged.event));
    group.after.push_back(std::move(now));
  }

  Changes changes() {
    for (auto& [key, group] : groups_) {
      put_in_order(group.before);
      put_in_order(group.after);
      add_change(changes_, group.kind, group.before, group.after);
    }
    return std::move(changes_);
  }

  const std::vector<Logged>& events() const { return events_; }

 private:
  Pseudonyms& pseudonyms_;
  Changes changes_;
  std::map<std::string, Rewritten> groups_;
  std::vector<Logged> events_;
};

}  // namespace

Task<> erase_people(db::Transaction& tx, Pseudonyms& pseudonyms, Names& names, std::vector<std::string> ids,
                    std::int64_t version, Time now) {
  auto added = pseudonyms.erase(ids);
  if (added.empty()) co_return;
  add_tombstones(tx, added, now);
  forget_watched(tx, ids);
  forget_alerts(tx, ids);
  Rewriting rewriting(pseudonyms);
  std::set<std::string> keys;
  std::set<std::int64_t> seen;
  for (const auto& id : ids) {
    for (const auto& logged : co_await events_that_mention(db::reading(tx), id)) {
      auto key = log_key(logged.event);
      if (!key.empty())
        keys.insert(std::move(key));
      else if (seen.insert(logged.seq).second)
        rewriting.take_lone(logged);
    }
    co_await service::erase_mentions(tx, tables(), id);
  }
  for (auto& logged : co_await events_of_entities(db::reading(tx), {keys.begin(), keys.end()}))
    rewriting.take(std::move(logged));
  rewrite_events(tx, rewriting.events());
  auto changes = rewriting.changes();
  write(tx, changes);
  co_await count_changes(tx, changes, names);
  forget_people(tx, ids, names);
  raise_versions(tx, scopes_of(changes), version);
  forget_versions(tx, ids);
}

}  // namespace rb::analytics
