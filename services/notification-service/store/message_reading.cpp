// Reading messages for people: one, a person's history.
#include <limits>

#include "rb/notification/sql/messages.sql.hpp"
#include "store/message_row.hpp"
#include "store/messages.hpp"

namespace rb::notification {
namespace {

constexpr auto kEver = std::numeric_limits<std::int64_t>::max();

std::int64_t bound(const std::optional<Time>& time, std::int64_t fallback) {
  return time ? to_micros(*time) : fallback;
}

}  // namespace

Task<std::optional<Time>> next_due(QueryRunner read, Channel channel) {
  auto rows = co_await read(sql::next_due, {{"channel", to_string(channel)}});
  co_return rows.maybe_time(0, "due_at");
}

Task<std::optional<Time>> next_planned(QueryRunner read) {
  auto rows = co_await read(sql::next_planned, {});
  co_return rows.maybe_time(0, "due_at");
}

Task<std::optional<Message>> message_by_id(QueryRunner read, std::string id) {
  auto rows = co_await read(sql::message_by_id, {{"id", id}});
  if (rows.empty()) co_return std::nullopt;
  co_return message_from(rows, 0);
}

Task<std::vector<Message>> messages_of(QueryRunner read, HistoryQuestion q) {
  auto rows = co_await read(sql::messages_of_user, {{"user_id", q.user_id},
                                                    {"before", q.before ? to_micros(q.before->first) : kEver},
                                                    {"before_id", q.before ? q.before->second : ""},
                                                    {"status", q.status},
                                                    {"type", q.type},
                                                    {"family", q.family.empty() ? "%" : q.family + ".%"},
                                                    {"channel", q.channel},
                                                    {"since", bound(q.since, 0)},
                                                    {"until", bound(q.until, kEver)},
                                                    {"limit", q.limit},
                                                    {"offset", q.offset}});
  std::vector<Message> out;
  for (std::size_t i = 0; i < rows.size(); ++i) out.push_back(message_from(rows, i));
  co_return out;
}

Task<std::int64_t> count_messages_of(QueryRunner read, HistoryQuestion q) {
  auto rows =
      co_await read(sql::count_messages_of_user, {{"user_id", q.user_id},
                                                  {"status", q.status},
                                                  {"type", q.type},
                                                  {"family", q.family.empty() ? "%" : q.family + ".%"},
                                                  {"channel", q.channel},
                                                  {"since", bound(q.since, 0)},
                                                  {"until", bound(q.until, kEver)}});
  co_return rows.integer(0, "total");
}

}  // namespace rb::notification
