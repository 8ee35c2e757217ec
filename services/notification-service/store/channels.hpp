#pragma once
// What operators have stopped, and what waits by channel.
#include "domain/catalog.hpp"
#include "domain/channel_state.hpp"
#include "store/query_runner.hpp"

namespace rb::notification {

Task<Pauses> load_pauses(QueryRunner read);  // also those that are over
// Changes a pause that holds, which then keeps its beginning.
Task<> save_pause(db::Database& database, Channel channel, Pause pause);
Task<> remove_pause(db::Database& database, Channel channel);

struct ChannelQueue {
  std::map<Priority, std::int64_t> waiting;  // due
  std::optional<Time> oldest;                // when the first of them was due
  std::int64_t under_way = 0;
};
Task<std::map<Channel, ChannelQueue>> channel_queues(QueryRunner read, Time now);

}  // namespace rb::notification
