#include <map>
#include <set>

#include "domain/entity.hpp"
#include "domain/fold.hpp"
#include "store/all_facts.hpp"
#include "store/cells.hpp"
#include "store/log.hpp"
#include "tools.hpp"

namespace rb::analytics {
namespace {

constexpr std::size_t kMostDifferences = 1000;

// What differs, by key of the entity.
using Differences = std::map<std::string, std::string>;
using Progress = std::function<void(std::int64_t)>;

class Comparing {
 public:
  // `only`: nothing but these entities, and no cells; nullptr: all.
  Comparing(db::QueryRunner read, Progress progress, const Differences* only)
      : read_(std::move(read)), progress_(std::move(progress)), only_(only) {}

  Task<> all() {
    names_ = co_await all_names(read_);
    co_await kind<Lesson>(EntityKind::lesson, all_lessons(read_), &fold_lesson);
    co_await kind<Payment>(EntityKind::payment, all_payments(read_), &fold_payment);
    co_await kind<Homework>(EntityKind::homework, all_homework(read_), &fold_homework);
    co_await kind<Person>(EntityKind::person, all_people(read_), &fold_person);
    co_await lone();
    if (only_ == nullptr) co_await cells();
  }

  std::int64_t entities() const { return entities_; }
  bool cells_differ() const { return cells_differ_; }
  Differences take() { return std::move(differences_); }

 private:
  template <class Fact>
  Task<> kind(EntityKind kind, Task<StoredById<Fact>> stored_facts, std::optional<Fact> (*fold)(Events)) {
    auto stored = co_await std::move(stored_facts);
    auto prefix = key({kind, ""});
    std::erase_if(stored, [&](const auto& fact) { return !asked(prefix + fact.first); });
    for (auto last = prefix;;) {
      auto keys = co_await keys_after(last, prefix);
      if (keys.empty()) break;
      last = keys.back();
      for (auto& [id, events] : co_await histories_of(read_, std::move(keys)))
        compare(id, fold(events), stored);
      count_page();
    }
    for (const auto& [id, left] : stored) differ(prefix + id, "a fact without events");
  }

  Task<> lone() {
    auto accesses = co_await all_accesses(read_);
    auto logins = co_await all_logins(read_);
    for (std::int64_t last = 0;;) {
      auto page = co_await next_lone_events(read_, last);
      if (page.empty()) break;
      last = page.back().seq;
      for (const auto& [seq, event] : page) {
        auto entity = entity_of(event);
        if (!entity) continue;
        Events one(&event, 1);
        if (entity->kind == EntityKind::access) compare_lone(seq, event, fold_access(one), accesses);
        if (entity->kind == EntityKind::login) compare_lone(seq, event, fold_login(one), logins);
      }
      count_page();
    }
    for (const auto& [seq, fact] : accesses) differ(lone_key(seq), "an access without an event");
    for (const auto& [seq, fact] : logins) differ(lone_key(seq), "a login without an event");
  }

  // What all facts come to, beside what the tables say.
  Task<> cells() {
    if (!names_.missing().empty()) differ("cells", "a word or person has no number");
    auto stored = co_await all_cells(read_);
    for (const auto& [slot, cell] : cells_)
      if (auto found = stored.find(slot); found == stored.end() || found->second != cell) differ_at(slot);
    for (const auto& [slot, cell] : stored)
      if (!cells_.contains(slot)) differ_at(slot);
  }

  bool asked(const std::string& entity) const { return only_ == nullptr || only_->contains(entity); }

  Task<std::vector<std::string>> keys_after(std::string last, std::string prefix) {
    std::vector<std::string> keys;
    if (only_ == nullptr) {
      keys = co_await next_entities(read_, std::move(last));
    } else {
      for (auto next = only_->upper_bound(last); next != only_->end() && keys.size() < kEntityPage; ++next)
        keys.push_back(next->first);
    }
    std::erase_if(keys, [&](const std::string& key) { return !key.starts_with(prefix); });
    co_return keys;
  }

  static std::string lone_key(std::int64_t seq) { return "event " + std::to_string(seq); }

  template <class Fact>
  void compare(const std::string& entity, const std::optional<Fact>& folded, StoredById<Fact>& stored) {
    count(folded);
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
  void compare_lone(std::int64_t seq, const events::Event& event, const std::optional<Fact>& folded,
                    std::unordered_map<std::int64_t, Fact>& stored) {
    count(folded);
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
  void differ_at(Slot slot) {
    cells_differ_ = true;
    differ("cell " + std::to_string(slot.day) + "/" + std::to_string(slot.quarter),
           "the facts come to something else");
  }

  template <class Fact>
  void count(const std::optional<Fact>& folded) {
    if (folded) counting_.add(*folded, 1);
    constexpr std::int64_t kTellEvery = 10'000;
    if (++entities_ % kTellEvery == 0 && progress_) progress_(entities_);
  }

  void count_page() {
    for (const auto& [slot, counted] : counting_.take()) cells_[slot].add(counted.counters());
  }

  db::QueryRunner read_;
  Progress progress_;
  const Differences* only_;
  Names names_;
  Counting counting_{names_};
  Cells cells_;
  bool cells_differ_ = false;
  std::int64_t entities_ = 0;
  Differences differences_;
};

}  // namespace

Task<Verified> verify(db::Database& database, Progress progress) {
  Comparing first(db::reading(database), std::move(progress), nullptr);
  co_await first.all();
  Verified out;
  out.entities = first.entities();
  auto differences = first.take();
  if (differences.empty()) co_return out;
  Differences still;
  const auto* only = first.cells_differ() ? nullptr : &differences;  // cells are of all facts
  co_await database.transaction([&](db::Transaction& tx) -> Task<> {
    co_await begin_batch(tx);  // nobody else writes now
    Comparing second(db::reading(tx), nullptr, only);
    co_await second.all();
    still = second.take();
  });
  for (const auto& [entity, how] : still)
    if (out.differences.size() < kMostDifferences) out.differences.push_back(entity + ": " + how);
  co_return out;
}

}  // namespace rb::analytics
