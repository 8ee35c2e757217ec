#include "store/story.hpp"

#include "rb/notification/sql/story.sql.hpp"
#include "store/message_row.hpp"
#include "store/rows.hpp"

namespace rb::notification {

void note_states(db::Transaction& tx, const std::vector<StateChange>& changes) {
  boost::json::array rows;
  for (const auto& c : changes)
    rows.push_back(
        {{"message_id", c.message_id}, {"at", to_micros(c.at)}, {"status", c.status}, {"reason", c.reason}});
  if (!rows.empty()) tx.post(sql::add_history, {{"items", text_of(rows)}});
}

Task<std::vector<StateChange>> states_of(QueryRunner read, std::string message_id) {
  auto rows = co_await read(sql::history_of_message, {{"message_id", message_id}});
  std::vector<StateChange> out;
  for (std::size_t i = 0; i < rows.size(); ++i)
    out.push_back({message_id, rows.time(i, "at"), rows.text(i, "status"), rows.text(i, "reason")});
  co_return out;
}

Task<std::vector<Attempt>> attempts_of(QueryRunner read, std::string message_id) {
  auto rows = co_await read(sql::attempts_of, {{"message_id", message_id}});
  std::vector<Attempt> out;
  for (std::size_t i = 0; i < rows.size(); ++i)
    out.push_back({message_id, static_cast<int>(rows.integer(i, "number")),
                   parse_channel(rows.text(i, "channel")).value_or(Channel::telegram),
                   rows.time(i, "started_at"), rows.time(i, "finished_at"), rows.text(i, "outcome"),
                   rows.text(i, "detail")});
  co_return out;
}

Task<std::vector<Message>> messages_of_event(QueryRunner read, std::string source, std::string event_id,
                                             std::string user_id) {
  auto rows = co_await read(sql::messages_of_event,
                            {{"source", source}, {"event_id", event_id}, {"user_id", user_id}});
  std::vector<Message> out;
  for (std::size_t i = 0; i < rows.size(); ++i) out.push_back(message_from(rows, i));
  co_return out;
}

}  // namespace rb::notification
