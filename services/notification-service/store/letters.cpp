#include "store/letters.hpp"

#include "rb/notification/sql/messages.sql.hpp"
#include "store/rows.hpp"

namespace rb::notification {
namespace {

Addressee addressee_of(const db::Rows& rows, std::size_t row) {
  Addressee out;
  out.user_id = rows.text(row, "user_id");
  out.name = rows.text_or(row, "full_name");
  for (const auto& name : read_json_list(rows.text_or(row, "roles", "[]")))
    if (auto role = parse_audience(name)) out.roles.push_back(*role);
  return out;
}

}  // namespace

Task<> keep_letter(db::Database& database, KeptLetter letter) {
  co_await database.write(sql::add_letter, {{"id", letter.id},
                                            {"message_id", letter.message_id},
                                            {"user_id", letter.to.user_id},
                                            {"channel", to_string(letter.channel)},
                                            {"address", letter.address},
                                            {"subject", letter.subject},
                                            {"html", letter.html},
                                            {"plain", letter.plain},
                                            {"sent_at", letter.sent}});
}

Task<std::vector<KeptLetter>> kept_letters(QueryRunner read, LetterFilter filter, int limit) {
  auto rows = co_await read(sql::letters, {{"channel", to_string(filter.channel)},
                                           {"user_id", filter.user_id},
                                           {"before", filter.before},
                                           {"since", filter.since},
                                           {"limit", limit}});
  std::vector<KeptLetter> out;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    KeptLetter letter;
    letter.id = rows.text(i, "id");
    letter.message_id = rows.text(i, "message_id");
    letter.channel = parse_channel(rows.text(i, "channel")).value_or(Channel::telegram);
    letter.address = rows.text(i, "address");
    letter.subject = rows.text(i, "subject");
    letter.html = rows.text(i, "html");
    letter.plain = rows.text(i, "plain");
    letter.sent = rows.time(i, "sent_at");
    letter.to = addressee_of(rows, i);
    out.push_back(std::move(letter));
  }
  co_return out;
}

Task<std::vector<LetterReader>> letter_readers(QueryRunner read, std::optional<Channel> channel, int limit) {
  auto rows = co_await read(sql::letter_people, {{"channel", to_string(channel)}, {"limit", limit}});
  std::vector<LetterReader> out;
  for (std::size_t i = 0; i < rows.size(); ++i)
    out.push_back({addressee_of(rows, i), rows.integer(i, "letters")});
  co_return out;
}

}  // namespace rb::notification
