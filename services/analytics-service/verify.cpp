#include <limits>
#include <map>
#include <set>

#include "domain/entity.hpp"
#include "domain/fold.hpp"
#include "domain/order.hpp"
#include "store/all_facts.hpp"
#include "store/log.hpp"
#include "tools.hpp"

namespace rb::analytics {
namespace {

constexpr int kPage = 500;
constexpr std::size_t kMostTold = 1000;
constexpr auto kEverySeq = std::numeric_limits<std::int64_t>::max();

// What differs, by key of the entity.
using Differences = std::map<std::string, std::string>;
using Progress = std::function<void(std::int64_t)>;

class Comparing {
 public:
  // `only`: nothing but these entities; nullptr: all.
  Comparing(db::QueryRunner read, Progress progress, const Differences* only)
      : read_(std::move(read)), progress_(std::move(progress)), only_(only) {}

  template <class Fact>
  Task<> kind(EntityKind kind, Task<StoredById<Fact>> stored_facts, std::optional<Fact> (*fold)(Events)) {
    auto stored = co_await std::move(stored_facts);
    auto prefix = key({kind, ""});
    std::erase_if(stored, [&](const auto& fact) { return !asked(prefix + fact.first); });
    for (auto last = prefix;;) {
      auto keys = co_await keys_after(last, prefix);
      if (keys.empty()) break;
      last = keys.back();
      for (auto& [id, events] : co_await histories(std::move(keys))) compare(id, fold(events), stored);
    }
    for (const auto& [id, left] : stored) differ(prefix + id, "a fact without events");
  }

  Task<> lone() {
    auto accesses = co_await all_accesses(read_);
    auto logins = co_await all_logins(read_);
    for (std::int64_t last = 0;;) {
      auto page = co_await lone_events_after(read_, last, kPage * 10);
      if (page.empty()) break;
      last = page.back().seq;
      for (const auto& [seq, event] : page) {
        auto entity = entity_of(event);
        if (!entity) continue;
        Events one(&event, 1);
        if (entity->kind == EntityKind::access) compare_lone(seq, event, fold_access(one), accesses);
        if (entity->kind == EntityKind::login) compare_lone(seq, event, fold_login(one), logins);
      }
    }
    for (const auto& [seq, fact] : accesses) differ(lone_key(seq), "an access without an event");
    for (const auto& [seq, fact] : logins) differ(lone_key(seq), "a login without an event");
  }

  std::int64_t entities() const { return entities_; }
  Differences take() { return std::move(differences_); }

 private:
  bool asked(const std::string& entity) const { return only_ == nullptr || only_->contains(entity); }

  Task<std::vector<std::string>> keys_after(std::string last, std::string prefix) {
    std::vector<std::string> keys;
    if (only_ == nullptr) {
      keys = co_await entities_after(read_, std::move(last), kPage);
    } else {
      for (auto next = only_->upper_bound(last); next != only_->end() && keys.size() < kPage; ++next)
        keys.push_back(next->first);
    }
    std::erase_if(keys, [&](const std::string& key) { return !key.starts_with(prefix); });
    co_return keys;
  }

  static std::string lone_key(std::int64_t seq) { return "event " + std::to_string(seq); }

  Task<std::map<std::string, std::vector<events::Event>>> histories(std::vector<std::string> keys) {
    std::map<std::string, std::vector<events::Event>> out;
    for (auto& logged : co_await events_of_entities(read_, std::move(keys), kEverySeq))
      out[log_key(logged.event)].push_back(std::move(logged.event));
    for (auto& [key, events] : out) put_in_order(events);
    co_return out;
  }

  template <class Fact>
  void compare(const std::string& entity, const std::optional<Fact>& folded, StoredById<Fact>& stored) {
    count();
    auto found = stored.find(entity.substr(entity.find(':') + 1));
    if (found == stored.end()) {
      if (folded) differ(entity, "the fact is missing");
      return;
    }
    const auto& is = found->second;
    if (!folded) {
      differ(entity, "a fact that the events do not make");
    } else if (is.torn || static_cast<std::size_t>(is.rows) != rows_of(*folded)) {
      differ(entity, "its rows do not fit together");
    } else if (is.fact != *folded) {
      differ(entity, "the events say something else");
    }
    stored.erase(found);
  }

  template <class Fact>
  void compare_lone(std::int64_t seq, const events::Event& event, std::optional<Fact> folded,
                    std::unordered_map<std::int64_t, Fact>& stored) {
    count();
    auto found = stored.find(seq);
    if (found == stored.end()) return differ(lone_key(seq), "the fact is missing");
    found->second.source = event.source;
    found->second.id = event.id;
    if (folded != found->second) differ(lone_key(seq), "the event says something else");
    stored.erase(found);
  }

  void differ(const std::string& entity, std::string how) {
    if (asked(entity)) differences_.emplace(entity, std::move(how));
  }

  void count() {
    constexpr std::int64_t kTellEvery = 10'000;
    if (++entities_ % kTellEvery == 0 && progress_) progress_(entities_);
  }

  db::QueryRunner read_;
  Progress progress_;
  const Differences* only_;
  std::int64_t entities_ = 0;
  Differences differences_;
};

Task<> compare_all(Comparing& comparing, db::QueryRunner read) {
  co_await comparing.kind<Lesson>(EntityKind::lesson, all_lessons(read), &fold_lesson);
  co_await comparing.kind<Payment>(EntityKind::payment, all_payments(read), &fold_payment);
  co_await comparing.kind<Homework>(EntityKind::homework, all_homework(read), &fold_homework);
  co_await comparing.kind<Person>(EntityKind::person, all_people(read), &fold_person);
  co_await comparing.lone();
}

}  // namespace

Task<Verified> verify(db::Database& database, Progress progress) {
  Comparing first(db::reading(database), std::move(progress), nullptr);
  co_await compare_all(first, db::reading(database));
  Verified out;
  out.entities = first.entities();
  auto differences = first.take();
  if (differences.empty()) co_return out;
  Differences still;
  co_await database.transaction([&](db::Transaction& tx) -> Task<> {
    co_await begin_batch(tx);  // nobody else writes now
    Comparing second(db::reading(tx), nullptr, &differences);
    co_await compare_all(second, db::reading(tx));
    still = second.take();
  });
  for (const auto& [entity, how] : still)
    if (out.differences.size() < kMostTold) out.differences.push_back(entity + ": " + how);
  co_return out;
}

}  // namespace rb::analytics
