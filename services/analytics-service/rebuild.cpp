#include "jobs/folding.hpp"
#include "store/cells.hpp"
#include "store/facts.hpp"
#include "store/freshness.hpp"
#include "tools.hpp"

namespace rb::analytics {
namespace {

class Rebuilding {
 public:
  explicit Rebuilding(db::Transaction& tx) : tx_(tx), read_(db::reading(tx)) {}

  Task<> run(std::int64_t version) {
    clear_facts(tx_);
    clear_cells(tx_);
    co_await take_entities();
    co_await take_lone_events();
    put_cells(tx_, cells_);
    raise_versions(tx_, scopes_, version);
    set_counting(tx_, kCounting);
  }

 private:
  Task<> take_entities() {
    for (std::string last;;) {
      auto keys = co_await next_entities(read_, last);
      if (keys.empty()) co_return;
      last = keys.back();
      Changes changes;
      for (const auto& [key, events] : co_await histories_of(read_, std::move(keys)))
        add_change(changes, entity_of(events.front())->kind, {}, events);
      co_await write_page(changes);
    }
  }

  Task<> take_lone_events() {
    for (std::int64_t last = 0;;) {
      auto page = co_await next_lone_events(read_, last);
      if (page.empty()) co_return;
      last = page.back().seq;
      Changes changes;
      for (const auto& [seq, event] : page) add_lone_change(changes, seq, nullptr, &event);
      co_await write_page(changes);
    }
  }

  // Cells are written once, at the end: a page of entities lies anywhere in time.
  Task<> write_page(const Changes& changes) {
    write(tx_, changes);
    for (const auto& [slot, delta] : co_await deltas_of(tx_, changes, names_))
      cells_[slot].add(delta.counters());
    scopes_.merge(scopes_of(changes));
  }

  db::Transaction& tx_;
  db::QueryRunner read_;
  Names names_;
  Cells cells_;
  Scopes scopes_;
};

Task<> rebuild_within(db::Transaction& tx, std::int64_t version) {
  Rebuilding rebuilding(tx);
  co_await rebuilding.run(version);
}

}  // namespace

Task<bool> rebuild_if_needed(db::Database& database) {
  if (co_await counting_of(db::reading(database)) == kCounting) co_return false;
  bool needed = false;
  co_await database.transaction([&needed](db::Transaction& tx) -> Task<> {
    auto state = co_await begin_batch(tx);
    needed = co_await counting_of(db::reading(tx)) != kCounting;  // another instance may have done it
    if (needed) co_await rebuild_within(tx, state.number);
  });
  co_return needed;
}

Task<> rebuild(db::Database& database) {
  co_await database.transaction([](db::Transaction& tx) -> Task<> {
    auto state = co_await begin_batch(tx);
    co_await rebuild_within(tx, state.number);
  });
}

}  // namespace rb::analytics
