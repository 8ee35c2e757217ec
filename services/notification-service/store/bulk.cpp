#include "store/bulk.hpp"

#include "rb/notification/sql/bulk.sql.hpp"
#include "store/rows.hpp"
#include "store/story.hpp"

namespace rb::notification {

namespace bj = boost::json;

namespace {

constexpr int kSendingsAtOnce = 500;

Bulk bulk_from(const db::Rows& rows) {
  Bulk out;
  out.id = rows.text(0, "id");
  out.status = rows.text(0, "status");
  out.due = rows.time(0, "due_at");
  out.draft = read_draft(read_json_object(rows.text(0, "draft")));
  out.total = static_cast<int>(rows.integer(0, "total"));
  out.position = static_cast<int>(rows.integer(0, "position"));
  out.created_by = rows.text(0, "created_by");
  out.created = rows.time(0, "created_at");
  out.finished = rows.maybe_time(0, "finished_at");
  return out;
}

Task<int> change_messages(db::Transaction& tx, const db::Query& query, Bulk bulk, StateChange to) {
  db::Params params = {{"origin", origin_of(bulk)}, {"limit", kSendingsAtOnce}};
  if (&query == &sql::release_bulk) params.push_back({"now", to.at});
  auto rows = co_await tx.run(query, std::move(params));
  std::vector<StateChange> changes;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    to.message_id = rows.text(i, "id");
    changes.push_back(to);
  }
  note_states(tx, changes);
  co_return static_cast<int>(rows.size());
}

}  // namespace

void add_bulk(db::Transaction& tx, const Bulk& bulk, const std::vector<BulkRecipient>& recipients) {
  tx.post(sql::add_bulk, {{"id", bulk.id},
                          {"due_at", bulk.due},
                          {"draft", text_of(to_json(bulk.draft))},
                          {"total", bulk.total},
                          {"created_by", bulk.created_by},
                          {"created_at", bulk.created}});
  bj::array rows;
  for (const auto& r : recipients)
    rows.push_back({{"number", r.number}, {"user_id", r.user_id}, {"audience", to_string(r.audience)}});
  tx.post(sql::add_bulk_recipients, {{"bulk_id", bulk.id}, {"items", text_of(rows)}});
}

Task<std::optional<Bulk>> bulk_by_id(QueryRunner read, std::string id) {
  auto rows = co_await read(sql::bulk_by_id, {{"id", id}});
  if (rows.empty()) co_return std::nullopt;
  co_return bulk_from(rows);
}

Task<std::vector<BulkRecipient>> bulk_recipients(QueryRunner read, std::string id, std::int64_t after,
                                                 int limit) {
  auto rows = co_await read(sql::bulk_recipients, {{"bulk_id", id}, {"after", after}, {"limit", limit}});
  std::vector<BulkRecipient> out;
  for (std::size_t i = 0; i < rows.size(); ++i)
    out.push_back({static_cast<int>(rows.integer(i, "number")), rows.text(i, "user_id"),
                   parse_audience(rows.text(i, "audience")).value_or(Audience::any), rows.text(i, "reason")});
  co_return out;
}

Task<std::vector<std::string>> open_bulks(QueryRunner read, Time now) {
  co_return texts_in(co_await read(sql::open_bulks, {{"now", now}}), "id");
}

Task<std::optional<Time>> next_bulk(QueryRunner read, Time now) {
  auto rows = co_await read(sql::next_bulk, {{"now", now}});
  co_return rows.maybe_time(0, "due_at");
}

Task<std::optional<Bulk>> claim_bulk(db::Transaction& tx, std::string id) {
  auto rows = co_await tx.run(sql::claim_bulk, {{"id", id}});
  if (rows.empty()) co_return std::nullopt;
  co_return bulk_from(rows);
}

void advance_bulk(db::Transaction& tx, const Bulk& bulk, int position,
                  const std::vector<BulkRecipient>& skipped) {
  tx.post(sql::advance_bulk, {{"id", bulk.id}, {"position", position}});
  bj::array rows;
  for (const auto& r : skipped) rows.push_back({{"number", r.number}, {"reason", r.reason}});
  if (!rows.empty()) tx.post(sql::skip_bulk_recipients, {{"bulk_id", bulk.id}, {"items", text_of(rows)}});
}

void finish_bulk(db::Transaction& tx, const Bulk& bulk, const std::string& status, Time now) {
  tx.post(sql::finish_bulk, {{"id", bulk.id}, {"status", status}, {"now", now}});
}

Task<int> hold_messages(db::Transaction& tx, const Bulk& bulk, Time now) {
  return change_messages(tx, sql::hold_bulk, bulk, {"", now, "pending", "bulk_paused"});
}

Task<int> release_messages(db::Transaction& tx, const Bulk& bulk, Time now) {
  return change_messages(tx, sql::release_bulk, bulk, {"", now, "deferred", "bulk_resumed"});
}

Task<int> withdraw_messages(db::Transaction& tx, const Bulk& bulk, Time now) {
  return change_messages(tx, sql::withdraw_bulk, bulk, {"", now, "cancelled", "bulk_cancelled"});
}

Task<bool> bulk_waits(db::Transaction& tx, const Bulk& bulk) {
  auto rows = co_await tx.run(sql::bulk_waits, {{"origin", origin_of(bulk)}});
  co_return !rows.empty();
}

Task<bool> change_bulk(db::Transaction& tx, std::string id, BulkChange change) {
  const auto& query = change == BulkChange::pause    ? sql::pause_bulk
                      : change == BulkChange::resume ? sql::resume_bulk
                                                     : sql::cancel_bulk;
  auto rows = co_await tx.run(query, {{"id", id}});
  co_return !rows.empty();
}

Task<BulkState> bulk_state(QueryRunner read, Bulk bulk) {
  BulkState out;
  auto messages = co_await read(sql::bulk_counts, {{"origin", origin_of(bulk)}});
  for (std::size_t i = 0; i < messages.size(); ++i) {
    auto amount = static_cast<int>(messages.integer(i, "amount"));
    const auto& status = messages.text(i, "status");
    out.counts.add(status, amount);
    if (const auto& channel = messages.text(i, "channel"); !channel.empty()) out.channels[channel] += amount;
    if (status == "suppressed" || status == "failed") out.reasons[messages.text(i, "reason")] += amount;
  }
  auto skipped = co_await read(sql::bulk_skipped, {{"bulk_id", bulk.id}});
  for (std::size_t i = 0; i < skipped.size(); ++i) {
    auto amount = static_cast<int>(skipped.integer(i, "amount"));
    out.counts.suppressed += amount;
    out.reasons[skipped.text(i, "reason")] += amount;
  }
  co_return out;
}

Task<std::vector<BulkMessage>> bulk_messages(QueryRunner read, Bulk bulk, std::vector<std::string> user_ids) {
  auto rows =
      co_await read(sql::bulk_messages_of, {{"origin", origin_of(bulk)}, {"ids", json_list(user_ids)}});
  std::vector<BulkMessage> out;
  for (std::size_t i = 0; i < rows.size(); ++i)
    out.push_back({rows.text(i, "id"), rows.text(i, "user_id"), rows.text(i, "channel"),
                   rows.text(i, "status"), rows.text(i, "reason")});
  co_return out;
}

Task<std::vector<std::string>> people_of_tutor(QueryRunner read, std::string tutor_id) {
  co_return texts_in(co_await read(sql::people_of_tutor, {{"tutor_id", tutor_id}}), "id");
}

}  // namespace rb::notification
