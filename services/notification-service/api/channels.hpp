#pragma once
// The channels as an operator sees them: how each is doing, what waits, and stopping it for a while.
#include "api/app.hpp"
#include "api/described.hpp"
#include "json/json.hpp"

namespace rb::notification {

enum class ChannelState { ok, paused, refused, not_configured };
BOOST_DESCRIBE_ENUM(ChannelState, ok, paused, refused, not_configured)

// What may go out; a limit that is missing does not hold.
struct LimitsView {
  int at_once = 0;  // calls under way, of one instance
  std::optional<double> per_second, chat_burst, group_per_minute;
  int instances = 1;
  bool shared = false;
};
BOOST_DESCRIBE_STRUCT(LimitsView, (), (at_once, per_second, chat_burst, group_per_minute, instances, shared))
json::Rules rules(const LimitsView*);

struct QueueView {
  std::map<std::string, std::int64_t> waiting;  // priority → messages that are due
  std::optional<Time> oldest_waiting;
  std::int64_t under_way = 0;
};
BOOST_DESCRIBE_STRUCT(QueueView, (), (waiting, oldest_waiting, under_way))

struct LastErrorView {
  Time at;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(LastErrorView, (), (at, reason))

struct ChannelView {
  Channel channel = Channel::telegram;
  ChannelState state = ChannelState::ok;
  std::optional<Time> since;
  std::optional<std::string> by, reason;
  std::optional<Time> until;
  std::optional<LimitsView> limits;
  QueueView queue;
  std::optional<LastErrorView> last_error;
};
BOOST_DESCRIBE_STRUCT(ChannelView, (), (channel, state, since, by, reason, until, limits, queue, last_error))
json::Rules rules(const ChannelView*);

struct ChannelsAnswer {
  std::vector<ChannelView> items;
  std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(ChannelsAnswer, (), (items, next_cursor))

struct PauseRequest {
  std::string channel, reason;
  std::optional<Time> until;
};
BOOST_DESCRIBE_STRUCT(PauseRequest, (), (channel, reason, until))
json::Rules rules(const PauseRequest*);

struct ChannelPath {
  std::string channel;
};
BOOST_DESCRIBE_STRUCT(ChannelPath, (), (channel))

Task<Result<ChannelsAnswer>> list_channels(App& app);
Task<Result<ChannelView>> pause_channel(App& app, const http::Request& request, PauseRequest in);
Task<Result<ChannelView>> resume_channel(App& app, ChannelPath in);

}  // namespace rb::notification
