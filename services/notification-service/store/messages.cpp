// Writing messages: planning, claiming, recording.
#include "store/messages.hpp"

#include <algorithm>
#include <map>

#include "domain/timing/digest.hpp"
#include "rb/notification/sql/messages.sql.hpp"
#include "rb/notification/sql/story.sql.hpp"
#include "store/counters.hpp"
#include "store/digests.hpp"
#include "store/message_row.hpp"
#include "store/rows.hpp"
#include "store/story.hpp"

namespace rb::notification {

namespace bj = boost::json;

namespace {

bj::object insert_row(const Message& m) {
  bj::object row;
  row["id"] = m.id;
  row["message_key"] = m.key;
  row["event_source"] = m.event_source;
  row["event_id"] = m.event_id;
  row["user_id"] = m.user_id;
  row["type"] = m.type;
  row["audience"] = to_string(m.audience);
  row["channel"] = to_string(m.channel);
  row["priority"] = static_cast<int>(m.priority);
  row["status"] = m.status;
  row["reason"] = m.reason;
  row["due_at"] = to_micros(m.due);
  row["expires_at"] = m.expires ? bj::value(to_micros(*m.expires)) : bj::value();
  row["queued"] = m.queued;
  row["lesson_id"] = m.lesson_id;
  row["student_id"] = m.student_id;
  row["purpose"] = m.purpose;
  row["correlation_id"] = m.correlation_id;
  row["template"] = m.template_name;
  row["recipient_address"] = m.recipient_address;
  row["attachments"] = m.attachments;
  row["context"] = text_of(m.context);
  row["created_at"] = to_micros(m.created);
  row["event_at"] = to_micros(m.event_at);
  row["attempts"] = m.attempts;
  row["lease_owner"] = m.lease_owner;
  row["lease_until"] = m.lease_until ? bj::value(to_micros(*m.lease_until)) : bj::value();
  row["origin"] = m.origin;
  return row;
}

bj::object outcome_row(const Record& r) {
  const auto& m = r.message;
  bj::object row;
  row["id"] = m.id;
  row["status"] = m.status;
  row["reason"] = m.reason;
  row["due_at"] = to_micros(m.due);
  row["queued"] = m.queued;
  row["attempts"] = m.attempts;
  row["counted"] = r.attempt ? m.attempts : m.attempts - 1;
  row["unanswered"] = m.unanswered;
  row["parts_sent"] = m.parts_sent;
  row["title"] = m.title;
  row["body"] = m.body;
  row["provider_id"] = m.provider_id;
  row["sent_at"] = m.sent ? bj::value(to_micros(*m.sent)) : bj::value();
  return row;
}

bj::object attempt_row(const Attempt& a) {
  bj::object row;
  row["message_id"] = a.message_id;
  row["number"] = a.number;
  row["channel"] = to_string(a.channel);
  row["started_at"] = to_micros(a.started);
  row["finished_at"] = to_micros(a.finished);
  row["outcome"] = a.outcome;
  row["detail"] = a.detail;
  return row;
}

}  // namespace

Task<std::vector<std::string>> insert_messages(db::Transaction& tx, std::vector<Message> messages) {
  std::vector<std::string> ids;
  if (messages.empty()) co_return ids;
  // One statement cannot meet the same key twice: the first of a key is written, as it would be over two
  // statements.
  std::map<std::string, const Message*> by_key;
  bj::array rows;
  for (const auto& message : messages)
    if (by_key.emplace(message.key, &message).second) rows.push_back(insert_row(message));
  auto written = co_await tx.run(sql::insert_messages, {{"items", text_of(rows)}});
  std::vector<StateChange> states;
  for (std::size_t i = 0; i < written.size(); ++i) {
    ids.push_back(written.text(i, "id"));
    const auto& message = *by_key.at(written.text(i, "message_key"));
    bool at_once = message.reason.empty() && (message.status == "pending" || message.status == "sending");
    if (!at_once) states.push_back({ids.back(), message.created, message.status, message.reason});
  }
  note_states(tx, states);
  co_return ids;
}

void withdraw_reminders(db::Transaction& tx, const Withdrawal& withdrawal, Time now) {
  db::Params which = {{"lesson_id", withdrawal.lesson_id}, {"reason", withdrawal.reason}};
  bool all = withdrawal.student_ids.empty();
  if (!all) which.push_back({"student_ids", json_list(withdrawal.student_ids)});
  auto noted = which;
  noted.push_back({"now", now});
  tx.post(all ? sql::note_withdrawn : sql::note_withdrawn_of_students, std::move(noted));
  tx.post(all ? sql::withdraw_planned : sql::withdraw_planned_of_students, std::move(which));
  recheck_deferred_of_lesson(tx, withdrawal.lesson_id, now);
}

Task<std::vector<Message>> claim_due(db::Database& database, Channel channel, std::string owner, Time now,
                                     Time lease_until, int limit, int oldest) {
  auto rows = co_await database.write(sql::claim_due, {{"channel", to_string(channel)},
                                                       {"owner", owner},
                                                       {"now", now},
                                                       {"lease_until", lease_until},
                                                       {"limit", limit},
                                                       {"oldest", oldest}});
  co_return claimed_messages(rows);
}

Task<std::vector<Message>> claim_planned(db::Transaction& tx, Time now, int limit) {
  co_return claimed_messages(co_await tx.run(sql::claim_planned, {{"now", now}, {"limit", limit}}));
}

void promote(db::Transaction& tx, const std::vector<Promotion>& promotions, Time now) {
  bj::array rows;
  std::vector<StateChange> states;
  for (const auto& p : promotions) {
    rows.push_back({{"id", p.id},
                    {"status", p.status},
                    {"reason", p.reason},
                    {"channel", to_string(p.channel)},
                    {"queued", p.status == "pending"},
                    {"due_at", to_micros(p.due)}});
    states.push_back({p.id, now, p.status, p.reason});
  }
  if (!rows.empty()) tx.post(sql::promote_planned, {{"items", text_of(rows)}, {"now", now}});
  note_states(tx, states);
}

void record(db::Transaction& tx, const std::vector<Record>& records, const std::string& owner, Time now) {
  bj::array outcomes, attempts;
  std::vector<Message> counted, digests;
  std::vector<StateChange> states;
  for (const auto& r : records) {
    outcomes.push_back(outcome_row(r));
    if (r.attempt) attempts.push_back(attempt_row(*r.attempt));
    if (!r.attempt) states.push_back({r.message.id, now, r.message.status, r.message.reason});
    counted.push_back(r.message);
    if (!gathers(r.message) || !is_finished(r.message)) continue;
    digests.push_back(r.message);
    std::ranges::move(counted_parts(r.message), std::back_inserter(counted));
  }
  if (outcomes.empty()) return;
  tx.post(sql::record_outcomes, {{"items", text_of(outcomes)}});
  if (!attempts.empty()) tx.post(sql::add_attempts, {{"items", text_of(attempts)}, {"worker", owner}});
  note_states(tx, states);
  count_finished(tx, counted, now);
  finish_digests(tx, digests, now);
}

void put_back(db::Transaction& tx, const std::vector<Message>& messages, const std::string& owner) {
  bj::array rows;
  for (const auto& m : messages) rows.push_back({{"id", m.id}, {"due_at", to_micros(m.due)}});
  if (!rows.empty()) tx.post(sql::put_back, {{"items", text_of(rows)}, {"owner", owner}});
}

Task<std::vector<std::string>> renew_leases(db::Database& database, std::vector<std::string> ids,
                                            std::string owner, Time until) {
  auto rows = co_await database.write(sql::renew_leases,
                                      {{"ids", json_list(ids)}, {"owner", owner}, {"until", until}});
  co_return texts_in(rows, "id");
}

Task<int> take_over_expired(db::Transaction& tx, Time until, Time now) {
  constexpr int kAtOnce = 500;
  auto rows = co_await tx.run(sql::expired_leases, {{"until", until}, {"now", now}, {"limit", kAtOnce}});
  bj::array attempts;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    bj::object row;
    row["message_id"] = rows.text(i, "id");
    row["number"] = rows.integer(i, "attempts");
    row["channel"] = rows.text(i, "channel");
    row["started_at"] = row["finished_at"] = to_micros(now);
    row["outcome"] = "interrupted";
    row["detail"] = "the worker that had it vanished";
    attempts.push_back(std::move(row));
  }
  if (!attempts.empty()) tx.post(sql::add_attempts, {{"items", text_of(attempts)}, {"worker", ""}});
  co_return static_cast<int>(rows.size());
}

Task<bool> retry_message(db::Transaction& tx, std::string id, Time now) {
  auto rows = co_await tx.run(sql::retry_message, {{"id", id}, {"now", now}});
  if (!rows.empty()) note_states(tx, {{id, now, "pending", "retry_asked"}});
  co_return !rows.empty();
}

Task<bool> cancel_message(db::Transaction& tx, std::string id, std::string reason, Time now) {
  auto rows = co_await tx.run(sql::cancel_message, {{"id", id}, {"reason", reason}});
  if (rows.empty()) co_return false;
  note_states(tx, {{id, now, "cancelled", reason}});
  Message digest;
  digest.id = id;
  digest.status = "cancelled";
  if (rows.text(0, "type") == "digest") finish_digests(tx, {digest}, now);
  co_return true;
}

}  // namespace rb::notification
