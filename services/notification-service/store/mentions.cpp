#include "store/mentions.hpp"

#include "rb/notification/sql/mentions.sql.hpp"
#include "store/events.hpp"
#include "store/rows.hpp"

namespace rb::notification {

Task<std::vector<events::Event>> events_that_mention(QueryRunner read, std::string user_id) {
  auto rows = co_await read(sql::events_with, {{"part", service::may_mention(user_id)}});
  std::vector<events::Event> out;
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (service::mentions_text(rows.text(i, "text"), user_id)) out.push_back(event_from(rows, i, "text"));
  co_return out;
}

Task<> erase_mentions(db::Transaction& tx, std::string user_id) {
  auto rows = co_await tx.run(sql::events_with, {{"part", service::may_mention(user_id)}});
  auto keys = service::keys_of_mentions(rows, user_id);
  if (!keys.empty()) tx.post(sql::empty_events, {{"keys", json_list(keys)}});
  co_await service::erase_mentions(tx, tables(), user_id);
}

}  // namespace rb::notification
