#include "store/inbox.hpp"

#include <boost/json/parse.hpp>

#include "rb/notification/sql/inbox.sql.hpp"
#include "store/people.hpp"
#include "store/rows.hpp"

namespace rb::notification {
namespace {

std::vector<InboxEntry> entries(const db::Rows& rows, const std::string& user_id) {
  std::vector<InboxEntry> out;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    InboxEntry entry;
    entry.id = rows.text(i, "id");
    entry.user_id = user_id;
    entry.place = rows.integer(i, "place");
    entry.type = rows.text(i, "type");
    entry.title = rows.text(i, "title");
    entry.html = rows.text(i, "html");
    entry.plain = rows.text(i, "plain");
    entry.about = read_json_object(rows.text(i, "about"));
    entry.files = boost::json::parse(rows.text(i, "files")).as_array();
    entry.created = rows.time(i, "created_at");
    entry.read = rows.maybe_time(i, "read_at");
    out.push_back(std::move(entry));
  }
  return out;
}

}  // namespace

Task<> add_to_inbox(db::Database& database, std::string secret, InboxEntry entry, Time now) {
  co_await database.transaction([&](db::Transaction& tx) -> Task<> {
    // Taking the place first makes an erasure wait for us, or us see its tombstone.
    auto place = co_await tx.run(sql::next_inbox_place, {{"user_id", entry.user_id}});
    auto erased = co_await erased_ids(reading(tx), secret, {entry.user_id});
    if (!erased.empty()) co_return;
    tx.post(sql::add_to_inbox, {{"id", entry.id},
                                {"user_id", entry.user_id},
                                {"place", place.integer(0, "last")},
                                {"type", entry.type},
                                {"title", entry.title},
                                {"html", entry.html},
                                {"plain", entry.plain},
                                {"about", text_of(entry.about)},
                                {"files", text_of(entry.files)},
                                {"now", now}});
  });
}

Task<std::vector<InboxEntry>> inbox_page(QueryRunner read, InboxQuestion question) {
  auto rows = co_await read(sql::inbox_page, {{"user_id", question.user_id},
                                              {"before", question.before},
                                              {"unread", question.unread},
                                              {"type", question.type},
                                              {"limit", question.limit},
                                              {"offset", question.offset}});
  co_return entries(rows, question.user_id);
}

Task<std::int64_t> count_inbox(QueryRunner read, InboxQuestion question) {
  auto rows =
      co_await read(sql::count_inbox,
                    {{"user_id", question.user_id}, {"unread", question.unread}, {"type", question.type}});
  co_return rows.integer(0, "total");
}

Task<std::vector<InboxEntry>> inbox_after(QueryRunner read, std::string user_id, std::int64_t place,
                                          int limit) {
  auto rows = co_await read(sql::inbox_after, {{"user_id", user_id}, {"after", place}, {"limit", limit}});
  co_return entries(rows, user_id);
}

Task<InboxState> inbox_state(QueryRunner read, std::string user_id) {
  auto rows = co_await read(sql::inbox_state, {{"user_id", user_id}});
  co_return InboxState{rows.integer(0, "unread"), rows.integer(0, "newest")};
}

Task<std::optional<Time>> read_in_inbox(db::Database& database, std::string user_id, std::string id,
                                        Time now) {
  auto rows = co_await database.write(sql::read_in_inbox, {{"user_id", user_id}, {"id", id}, {"now", now}});
  if (rows.empty()) co_return std::nullopt;
  co_return rows.time(0, "read_at");
}

Task<std::int64_t> read_all_in_inbox(db::Database& database, std::string user_id, std::int64_t up_to,
                                     Time now) {
  auto rows =
      co_await database.write(sql::read_all_in_inbox, {{"user_id", user_id}, {"up_to", up_to}, {"now", now}});
  co_return rows.affected();
}

}  // namespace rb::notification
