#include "store/channels.hpp"

#include "rb/notification/sql/channels.sql.hpp"

namespace rb::notification {

Task<Pauses> load_pauses(QueryRunner read) {
  auto rows = co_await read(sql::channel_pauses, {});
  Pauses out;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    auto channel = parse_channel(rows.text(i, "channel"));
    if (!channel) continue;
    out[*channel] = {rows.time(i, "since"), rows.text(i, "paused_by"), rows.text(i, "reason"),
                     rows.maybe_time(i, "until_at")};
  }
  co_return out;
}

Task<> save_pause(db::Database& database, Channel channel, Pause pause) {
  co_await database.write(sql::pause_channel, {{"channel", to_string(channel)},
                                               {"now", pause.since},
                                               {"paused_by", pause.by},
                                               {"reason", pause.reason},
                                               {"until", pause.until}});
}

Task<> remove_pause(db::Database& database, Channel channel) {
  co_await database.write(sql::resume_channel, {{"channel", to_string(channel)}});
}

Task<std::map<Channel, ChannelQueue>> channel_queues(QueryRunner read, Time now) {
  std::map<Channel, ChannelQueue> out;
  auto waiting = co_await read(sql::waiting_by_channel, {{"now", now}});
  for (std::size_t i = 0; i < waiting.size(); ++i) {
    auto channel = parse_channel(waiting.text(i, "channel"));
    if (!channel) continue;
    auto& queue = out[*channel];
    queue.waiting[static_cast<Priority>(waiting.integer(i, "priority"))] = waiting.integer(i, "amount");
    auto oldest = waiting.time(i, "oldest");
    queue.oldest = std::min(queue.oldest.value_or(oldest), oldest);
  }
  auto under_way = co_await read(sql::under_way_by_channel, {});
  for (std::size_t i = 0; i < under_way.size(); ++i)
    if (auto channel = parse_channel(under_way.text(i, "channel")))
      out[*channel].under_way = under_way.integer(i, "amount");
  co_return out;
}

}  // namespace rb::notification
