#include "store/retention.hpp"

#include "base/ids.hpp"
#include "rb/notification/sql/retention.sql.hpp"

namespace rb::notification {
namespace {

constexpr int kRowsAtOnce = 500;  // of one statement, so that nothing else waits for long

Task<bool> forget(db::Database& database, db::Query query, Time before) {
  auto rows = co_await database.write(query, {{"before", before}, {"limit", kRowsAtOnce}});
  co_return rows.affected() == kRowsAtOnce;
}

}  // namespace

Task<std::optional<std::string>> forget_texts(db::Database& database, std::string after, Time before) {
  // An id begins with the milliseconds of its making.
  auto end = new_uuid(to_micros(before) / 1000).substr(0, 13);
  auto rows = co_await database.read(sql::stretch_of_messages,
                                     {{"after", after}, {"before", end}, {"limit", kRowsAtOnce}});
  if (rows.is_null(0, "last")) co_return std::nullopt;
  auto last = rows.text(0, "last");
  co_await database.write(sql::forget_texts, {{"after", std::move(after)}, {"last", last}});
  co_return last;
}

Task<bool> forget_events(db::Database& database, Time before) {
  return forget(database, sql::forget_events, before);
}

Task<bool> forget_letters(db::Database& database, Time before) {
  return forget(database, sql::forget_letters, before);
}

Task<bool> forget_inbox(db::Database& database, Time before) {
  return forget(database, sql::forget_inbox, before);
}

Task<bool> forget_files(db::Database& database, Time before) {
  return forget(database, sql::forget_files, before);
}

Task<bool> forget_schedule_texts(db::Database& database, Time before) {
  return forget(database, sql::forget_schedule_texts, before);
}

Task<bool> forget_bulk_texts(db::Database& database, Time before) {
  return forget(database, sql::forget_bulk_texts, before);
}

}  // namespace rb::notification
