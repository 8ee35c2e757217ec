#include "store/watch.hpp"

#include "db/json_text.hpp"
#include "rb/analytics/sql/watch.sql.hpp"
#include "store/fact_rows.hpp"

namespace rb::analytics {
namespace {

Deadlines deadlines_from(const db::Rows& rows) {
  Deadlines out;
  for (std::size_t i = 0; i < rows.size(); ++i)
    out.emplace(rows.text(i, "homework_id"),
                Deadline{rows.text(i, "student_id"), rows.time(i, "due"), rows.boolean(i, "done")});
  return out;
}

}  // namespace

Task<WatchState> watch_state(db::QueryRunner read) {
  auto rows = co_await read(sql::watch_state, {});
  co_return WatchState{rows.integer(0, "seen"), rows.integer(0, "batch"), rows.maybe_time(0, "next_due")};
}

void lock_watch(db::Transaction& tx) { tx.post(sql::lock_watch, {}); }

Task<> move_watch(db::Database& database, std::int64_t seen) {
  co_await database.write(sql::move_watch, {{"seen", seen}});
}

Task<std::vector<std::string>> changed_students(db::QueryRunner read, std::int64_t seen) {
  co_return column(co_await read(sql::changed_students, {{"seen", seen}}), "id");
}

void keep_quiet(db::Transaction& tx, const Scopes& scopes, std::int64_t version) {
  RowsText items;
  for (const auto& [scope, id] : scopes)
    if (scope == "student") items.row().text("id", id);
  if (items.empty()) return;
  lock_watch(tx);
  tx.post(sql::keep_quiet, {{"items", items.take()}, {"version", version}});
}

Task<QuietStudents> quiet_students(db::QueryRunner read, std::vector<std::string> ids) {
  auto rows = co_await read(sql::quiet_students, {{"ids", db::json_list(ids)}});
  QuietStudents out;
  for (std::size_t i = 0; i < rows.size(); ++i)
    out.emplace(rows.text(i, "student_id"), rows.integer(i, "version"));
  co_return out;
}

void end_quiet(db::Transaction& tx, const QuietStudents& students) {
  RowsText items;
  for (const auto& [id, version] : students) items.row().text("student_id", id).number("version", version);
  post(tx, sql::end_quiet, items);
}

Task<LowBalances> low_balances(db::QueryRunner read, std::vector<std::string> ids) {
  auto rows = co_await read(sql::low_balances, {{"ids", db::json_list(ids)}});
  LowBalances out;
  for (std::size_t i = 0; i < rows.size(); ++i)
    out.emplace(Account{rows.text(i, "student_id"), rows.text(i, "currency")},
                LowBalance{rows.boolean(i, "low"), rows.integer(i, "times")});
  co_return out;
}

void put(db::Transaction& tx, const LowBalances& balances) {
  RowsText items;
  for (const auto& [account, state] : balances)
    items.row()
        .text("student_id", account.first)
        .text("currency", account.second)
        .flag("low", state.low)
        .number("times", state.times);
  post(tx, sql::put_low_balances, items);
}

Task<Deadlines> deadlines(db::QueryRunner read, std::vector<std::string> homework_ids) {
  co_return deadlines_from(co_await read(sql::deadlines, {{"ids", db::json_list(homework_ids)}}));
}

void put(db::Transaction& tx, const Deadlines& deadlines) {
  RowsText items;
  for (const auto& [id, deadline] : deadlines)
    items.row()
        .text("homework_id", id)
        .text("student_id", deadline.student_id)
        .time("due", deadline.due)
        .flag("done", deadline.done);
  post(tx, sql::put_deadlines, items);
}

Task<Deadlines> take_due(db::Transaction& tx, Time now, int limit) {
  co_return deadlines_from(co_await tx.run(sql::take_due, {{"now", now}, {"limit", limit}}));
}

Task<> forget_done_deadlines(db::Database& database, Time before) {
  co_await database.write(sql::forget_done_deadlines, {{"before", before}});
}

void forget_watched(db::Transaction& tx, const std::vector<std::string>& ids) {
  lock_watch(tx);
  for (const auto* query : {&sql::forget_low_balances, &sql::forget_quiet, &sql::forget_deadlines})
    tx.post(*query, {{"ids", db::json_list(ids)}});
}

}  // namespace rb::analytics
