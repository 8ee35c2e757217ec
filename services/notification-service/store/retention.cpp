#include "store/retention.hpp"

#include "base/ids.hpp"
#include "rb/notification/sql/retention.sql.hpp"

namespace rb::notification {
namespace {

constexpr int kRowsAtOnce = 500;  // of one statement, so that nothing else waits for long

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

Task<bool> forget_some(db::Database& database, Time before) {
  for (const auto* query : {&sql::forget_events, &sql::forget_letters, &sql::forget_inbox, &sql::forget_files,
                            &sql::forget_schedule_texts, &sql::forget_bulk_texts, &sql::forget_links}) {
    auto rows = co_await database.write(*query, {{"before", before}, {"limit", kRowsAtOnce}});
    if (rows.affected() == kRowsAtOnce) co_return true;
  }
  co_return false;
}

}  // namespace rb::notification
