#include "store/digests.hpp"

#include "rb/notification/sql/digests.sql.hpp"
#include "rb/notification/sql/messages.sql.hpp"
#include "store/message_row.hpp"
#include "store/rows.hpp"
#include "store/story.hpp"

namespace rb::notification {

namespace bj = boost::json;

namespace {

std::vector<std::string> statuses(Before before) {
  std::vector<std::string> out = {"delivered", "sent", "unknown"};
  if (before == Before::gone) return out;
  out.insert(out.end(), {"pending", "sending"});
  if (before == Before::all) out.emplace_back("deferred");
  return out;
}

std::string in_digest(const std::string& id) { return "in_digest:" + id; }

}  // namespace

Task<std::vector<Message>> claim_deferred(db::Transaction& tx, Time now, int limit) {
  co_return claimed_messages(co_await tx.run(sql::claim_deferred, {{"now", now}, {"limit", limit}}));
}

void recheck_deferred(db::Transaction& tx, const std::string& user_id, const std::string& reason, Time now) {
  tx.post(sql::recheck_deferred_of_user, {{"user_id", user_id}, {"reason", reason}, {"now", now}});
}

void recheck_deferred_of_lesson(db::Transaction& tx, const std::string& lesson_id, Time now) {
  tx.post(sql::recheck_deferred_of_lesson, {{"lesson_id", lesson_id}, {"now", now}});
}

Task<LastTimes> load_last_times(QueryRunner read, std::vector<IntervalKey> keys, Before before,
                                std::string except) {
  LastTimes out;
  if (keys.empty()) co_return out;
  bj::array items;
  for (const auto& key : keys)
    items.push_back({{"user_id", key.user_id}, {"type", key.type}, {"channel", to_string(key.channel)}});
  auto rows = co_await read(
      sql::last_of_types,
      {{"items", text_of(items)}, {"statuses", json_list(statuses(before))}, {"except", except}});
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (auto channel = parse_channel(rows.text(i, "channel")))
      out.emplace(IntervalKey{rows.text(i, "user_id"), rows.text(i, "type"), *channel},
                  rows.time(i, "moment"));
  co_return out;
}

Task<> give_turns(db::Transaction& tx, std::vector<Message>& messages, const Directory& directory,
                  Before before, Time now) {
  auto last_times = co_await load_last_times(reading(tx), with_intervals(messages, directory), before);
  set_turns(messages, directory, std::move(last_times), now);
}

Task<std::vector<DigestOf>> due_digests(QueryRunner read, Time now, int limit) {
  auto rows = co_await read(sql::due_digests, {{"now", now}, {"limit", limit}});
  std::vector<DigestOf> out;
  for (std::size_t i = 0; i < rows.size(); ++i)
    out.push_back(
        {rows.text(i, "user_id"), parse_channel(rows.text(i, "channel")).value_or(Channel::telegram)});
  co_return out;
}

Task<std::vector<Message>> digest_parts(db::Transaction& tx, DigestOf of, Time now) {
  co_return claimed_messages(co_await tx.run(
      sql::digest_parts, {{"now", now}, {"user_id", of.user_id}, {"channel", to_string(of.channel)}}));
}

void settle_digest_parts(db::Transaction& tx, const std::vector<SettledPart>& parts, Time now) {
  bj::array rows;
  std::vector<StateChange> states;
  for (const auto& [message, digest_id] : parts) {
    auto reason = digest_id.empty() ? message.reason : in_digest(digest_id);
    rows.push_back({{"id", message.id},
                    {"status", message.status},
                    {"reason", reason},
                    {"due_at", to_micros(message.due)},
                    {"digest_id", digest_id}});
    states.push_back({message.id, now, message.status, reason});
  }
  if (rows.empty()) return;
  tx.post(sql::settle_digest_parts, {{"items", text_of(rows)}, {"now", now}});
  note_states(tx, states);
}

void finish_digests(db::Transaction& tx, const std::vector<Message>& digests, Time now) {
  bj::array rows;
  for (const auto& digest : digests)
    rows.push_back({{"digest_id", digest.id},
                    {"status", digest.status},
                    {"sent_at", digest.sent ? bj::value(to_micros(*digest.sent)) : bj::value()}});
  if (rows.empty()) return;
  auto items = text_of(rows);
  tx.post(sql::finish_digest_parts, {{"items", items}});
  tx.post(sql::note_digest_parts, {{"items", items}, {"now", now}});
}

void move_digest_parts(db::Transaction& tx, const std::string& before, const std::string& digest) {
  tx.post(sql::move_digest_parts, {{"before", before}, {"digest_id", digest}, {"reason", in_digest(digest)}});
}

}  // namespace rb::notification
