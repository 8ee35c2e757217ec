#include "store/log.hpp"

#include <boost/json/serialize.hpp>

#include "db/json_text.hpp"
#include "domain/entity.hpp"
#include "domain/order.hpp"
#include "events/normal.hpp"
#include "rb/analytics/sql/log.sql.hpp"
#include "store/fact_rows.hpp"

namespace rb::analytics {
namespace {

std::vector<Logged> logged(const db::Rows& rows) {
  std::vector<Logged> out(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    out[i].seq = rows.integer(i, "seq");
    auto& event = out[i].event;
    event.source = rows.text(i, "source");
    event.id = rows.text(i, "id");
    event.type = rows.text(i, "type");
    event.time = rows.time(i, "moment");
    event.data = db::read_json_object(rows.text(i, "data"));
  }
  return out;
}

std::string both(const std::string& source, const std::string& id) { return source + '\n' + id; }

}  // namespace

const service::Tables& tables() {
  static const service::Tables kTables("analytics");
  return kTables;
}

Task<BatchState> begin_batch(db::Transaction& tx) {
  auto rows = co_await tx.run(sql::begin_batch, {});
  co_return BatchState{rows.integer(0, "batch"), rows.integer(0, "erased")};
}

std::string log_key(const events::Event& event) {
  auto entity = entity_of(event);
  bool alone = !entity || entity->kind == EntityKind::access || entity->kind == EntityKind::login;
  return alone ? std::string() : key(*entity);
}

Task<std::vector<std::int64_t>> append_events(db::Transaction& tx, const std::vector<events::Event>& events,
                                              Time now) {
  RowsText items;
  for (const auto& event : events)
    items.row()
        .text("source", event.source)
        .text("id", event.id)
        .text("same_words", events::id_of_day_before(event.id))
        .text("type", event.type)
        .time("moment", event.time)
        .text("entity", log_key(event))
        .text("data", db::text_of(event.data));
  db::Params params = {
      {"items", items.take()}, {"received_at", now}, {"remembered_since", now - events::kWordsRemembered}};
  auto rows = co_await tx.run(sql::append_events, std::move(params));
  std::unordered_map<std::string, std::int64_t> seqs;
  for (std::size_t i = 0; i < rows.size(); ++i)
    seqs.emplace(both(rows.text(i, "source"), rows.text(i, "id")), rows.integer(i, "seq"));
  std::vector<std::int64_t> out;
  out.reserve(events.size());
  for (const auto& event : events) {
    auto found = seqs.find(both(event.source, event.id));
    out.push_back(found == seqs.end() ? 0 : found->second);
  }
  co_return out;
}

Task<std::vector<Logged>> events_of_entities(db::QueryRunner read, std::vector<std::string> keys,
                                             std::int64_t before) {
  if (keys.empty()) co_return std::vector<Logged>();
  co_return logged(
      co_await read(sql::events_of_entities, {{"entities", db::json_list(keys)}, {"before", before}}));
}

Task<std::vector<Logged>> events_that_mention(db::QueryRunner read, std::string user_id) {
  co_return logged(
      co_await read(sql::events_with, {{"part", boost::json::serialize(boost::json::string(user_id))}}));
}

void rewrite_events(db::Transaction& tx, const std::vector<Logged>& events) {
  RowsText items;
  for (const auto& [seq, event] : events)
    items.row().number("seq", seq).text("entity", log_key(event)).text("data", db::text_of(event.data));
  post(tx, sql::rewrite_events, items);
}

Task<Histories> histories_of(db::QueryRunner read, std::vector<std::string> keys) {
  Histories out;
  for (auto& logged : co_await events_of_entities(std::move(read), std::move(keys)))
    out[log_key(logged.event)].push_back(std::move(logged.event));
  for (auto& [key, events] : out) put_in_order(events);
  co_return out;
}

Task<std::vector<std::string>> next_entities(db::QueryRunner read, std::string key) {
  db::Params params = {{"after", std::move(key)}, {"limit", static_cast<std::int64_t>(kEntityPage)}};
  co_return column(co_await read(sql::entities_after, std::move(params)), "entity");
}

Task<std::vector<Logged>> next_lone_events(db::QueryRunner read, std::int64_t seq) {
  constexpr int kPage = 5000;
  co_return logged(co_await read(sql::lone_events_after, {{"after", seq}, {"limit", kPage}}));
}

Task<Tombstones> load_tombstones(db::QueryRunner read) {
  auto rows = co_await read(sql::tombstones, {});
  Tombstones out;
  for (std::size_t i = 0; i < rows.size(); ++i)
    out.emplace(rows.text(i, "id_hash"), rows.text(i, "pseudonym"));
  co_return out;
}

void add_tombstones(db::Transaction& tx, const Tombstones& added, Time now) {
  RowsText items;
  for (const auto& [hash, pseudonym] : added) items.row().text("id_hash", hash).text("pseudonym", pseudonym);
  tx.post(sql::add_tombstones, {{"items", items.take()}, {"now", now}});
  tx.post(sql::count_erased, {{"count", static_cast<std::int64_t>(added.size())}});
}

}  // namespace rb::analytics
