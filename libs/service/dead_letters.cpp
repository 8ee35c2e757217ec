#include "service/dead_letters.hpp"

#include <boost/json/parse.hpp>
#include <limits>

#include "base/strings.hpp"
#include "db/json_text.hpp"
#include "rb/service/sql/tables.sql.hpp"

namespace rb::service {
namespace {

namespace bj = boost::json;

DeadLetter letter_from(const db::Rows& rows, std::size_t i) {
  DeadLetter letter;
  letter.id = rows.text(i, "id");
  letter.queue = rows.text(i, "queue");
  letter.reason = rows.text(i, "reason");
  letter.message.routing_key = rows.text(i, "routing_key");
  letter.message.message_id = rows.text(i, "message_id");
  auto headers = bj::parse(rows.text(i, "headers"));
  for (const auto& pair : headers.as_array())
    letter.message.headers.emplace_back(pair.at(0).as_string(), pair.at(1).as_string());
  letter.message.body = rows.text(i, "body");
  letter.received = rows.time(i, "received_at");
  return letter;
}

}  // namespace

// What cannot be understood may be no text at all: what no database can keep of it must not hold up the
// queue.
void add_dead_letter(db::Transaction& tx, const Tables& tables, const DeadLetter& letter) {
  bj::array headers;
  for (const auto& [name, value] : letter.message.headers)
    headers.push_back(bj::array{storable(name), storable(value)});
  tx.post(tables.of(sql::add_dead_letter), {{"id", letter.id},
                                            {"queue", letter.queue},
                                            {"reason", storable(letter.reason)},
                                            {"routing_key", storable(letter.message.routing_key)},
                                            {"message_id", storable(letter.message.message_id)},
                                            {"headers", db::text_of(headers)},
                                            {"body", storable(letter.message.body)},
                                            {"received_at", letter.received}});
}

Task<std::vector<DeadLetter>> dead_letters(db::QueryRunner read, const Tables& tables,
                                           std::optional<std::pair<Time, std::string>> before, int limit) {
  auto moment = before ? to_micros(before->first) : std::numeric_limits<std::int64_t>::max();
  auto rows =
      co_await read(tables.of(sql::dead_letters),
                    {{"before", moment}, {"before_id", before ? before->second : ""}, {"limit", limit}});
  std::vector<DeadLetter> out;
  for (std::size_t i = 0; i < rows.size(); ++i) out.push_back(letter_from(rows, i));
  co_return out;
}

Task<std::optional<DeadLetter>> dead_letter(db::QueryRunner read, const Tables& tables, std::string id) {
  auto rows = co_await read(tables.of(sql::dead_letter), {{"id", id}});
  if (rows.empty()) co_return std::nullopt;
  co_return letter_from(rows, 0);
}

Task<bool> remove_dead_letter(db::Transaction& tx, const Tables& tables, std::string id) {
  auto rows = co_await tx.run(tables.of(sql::remove_dead_letter), {{"id", id}});
  co_return rows.affected() > 0;
}

}  // namespace rb::service
