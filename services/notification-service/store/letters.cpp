#include "store/letters.hpp"

#include <limits>

#include "rb/notification/sql/messages.sql.hpp"
#include "store/rows.hpp"

namespace rb::notification {

Task<> keep_letter(db::Database& database, KeptLetter letter) {
  co_await database.write(sql::add_letter, {{"id", letter.id},
                                            {"message_id", letter.message_id},
                                            {"user_id", letter.user_id},
                                            {"channel", to_string(letter.channel)},
                                            {"address", letter.address},
                                            {"subject", letter.subject},
                                            {"html", letter.html},
                                            {"plain", letter.plain},
                                            {"sent_at", letter.sent}});
}

Task<std::vector<KeptLetter>> kept_letters(QueryRunner read,
                                           std::optional<std::pair<Time, std::string>> before, int limit) {
  auto moment = before ? to_micros(before->first) : std::numeric_limits<std::int64_t>::max();
  auto rows = co_await read(
      sql::letters, {{"before", moment}, {"before_id", before ? before->second : ""}, {"limit", limit}});
  std::vector<KeptLetter> out;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    KeptLetter letter;
    letter.id = rows.text(i, "id");
    letter.message_id = rows.text(i, "message_id");
    letter.user_id = rows.text(i, "user_id");
    letter.channel = parse_channel(rows.text(i, "channel")).value_or(Channel::telegram);
    letter.address = rows.text(i, "address");
    letter.subject = rows.text(i, "subject");
    letter.html = rows.text(i, "html");
    letter.plain = rows.text(i, "plain");
    letter.sent = rows.time(i, "sent_at");
    letter.recipient_name = rows.text_or(i, "full_name");
    for (const auto& name : read_json_list(rows.text_or(i, "roles", "[]")))
      if (auto role = parse_audience(name)) letter.recipient_roles.push_back(*role);
    out.push_back(std::move(letter));
  }
  co_return out;
}

}  // namespace rb::notification
