#include "api/channels.hpp"

#include "api/paging.hpp"
#include "log/log.hpp"
#include "store/channels.hpp"
#include "store/instances.hpp"

namespace rb::notification {
namespace {

std::unexpected<Error> unknown() { return fail(Errc::not_found, "there is no such channel"); }

LimitsView limits_of(const Runtime& rt, const Sender& sender) {
  LimitsView out;
  out.at_once = sender.parallel();
  out.instances = rt.peers.live;
  out.shared = rt.peers.sharing;
  if (sender.channel() != Channel::telegram) return out;
  const auto& limits = rt.rules.telegram;
  if (limits.per_second > 0) out.per_second = limits.per_second;
  if (limits.chat_burst > 0) out.chat_burst = limits.chat_burst;
  if (limits.chat_burst > 0) out.group_per_minute = limits.group_per_minute;
  return out;
}

void put_state(ChannelView& out, const Runtime& rt, const ChannelReport& report) {
  auto reach = rt.channels().of(out.channel);
  if (const auto* pause = rt.pause(out.channel, rt.clock.now())) {
    out.state = ChannelState::paused;
    out.since = pause->since;
    out.by = pause->by;
    out.reason = pause->reason;
    out.until = pause->until;
  } else if (report.refused) {
    out.state = ChannelState::refused;
    out.since = report.refused->at;
    out.reason = report.refused->reason;
  } else if (reach == Reach::nobody || reach == Reach::stand_in) {
    out.state = ChannelState::not_configured;
  }
}

QueueView view_of(const ChannelQueue& queue) {
  QueueView out;
  for (auto priority : {Priority::urgent, Priority::high, Priority::normal, Priority::low}) {
    auto found = queue.waiting.find(priority);
    out.waiting[std::string(to_string(priority))] = found == queue.waiting.end() ? 0 : found->second;
  }
  out.oldest_waiting = queue.oldest;
  out.under_way = queue.under_way;
  return out;
}

ChannelView view_of(const Runtime& rt, Channel channel, const ChannelReport& report,
                    const ChannelQueue& queue) {
  ChannelView out;
  out.channel = channel;
  put_state(out, rt, report);
  if (auto sender = rt.senders.find(channel); sender != rt.senders.end())
    out.limits = limits_of(rt, *sender->second);
  out.queue = view_of(queue);
  if (report.last_error) out.last_error = {report.last_error->at, report.last_error->reason};
  return out;
}

Task<std::vector<ChannelView>> views(const Runtime& rt) {
  auto now = rt.clock.now();
  auto reports = rt.reports;  // fresher than what this process has written down
  for (const auto& instance : co_await live_instances(reading(rt.database), now))
    if (instance.id != rt.worker) merge(reports, instance.reports);
  auto queues = co_await channel_queues(reading(rt.database), now);
  std::vector<ChannelView> out;
  for (auto channel : kChannels) out.push_back(view_of(rt, channel, reports[channel], queues[channel]));
  co_return out;
}

// After an order of this process: known here at once, in the others with their next look.
Task<Result<ChannelView>> after_order(Runtime& rt, Channel channel) {
  rt.pauses = co_await load_pauses(reading(rt.database));
  rt.bus.wake(kDeliveryTopic);
  for (auto& view : co_await views(rt))
    if (view.channel == channel) co_return std::move(view);
  co_return unknown();
}

}  // namespace

json::Rules rules(const LimitsView*) {
  return {json::rule("at_once").doc("calls under way at once, of one instance"),
          json::rule("per_second").doc("of all instances together").omit_null(),
          json::rule("chat_burst").doc("after it one message a second per chat").omit_null(),
          json::rule("group_per_minute").omit_null(),
          json::rule("instances").doc("that live and keep these limits together"),
          json::rule("shared").doc("counted for all in Redis; otherwise each instance takes its part")};
}

json::Rules rules(const ChannelView*) {
  return {json::rule("state").doc("paused by an operator; refused: the provider does not let us in"),
          json::rule("since").doc("of paused and refused"), json::rule("by").doc("who paused it"),
          json::rule("until").doc("when the pause ends by itself"),
          json::rule("limits").doc("none: nothing can be sent by this channel")};
}

json::Rules rules(const PauseRequest*) {
  return {json::rule("reason").length(1, 500).doc("for the other operators"),
          json::rule("until").doc("a moment at which it ends by itself; none: until it is resumed")};
}

Task<Result<ChannelsAnswer>> list_channels(App& app) {
  ChannelsAnswer out;
  out.items = co_await views(app.runtime());
  co_return out;
}

Task<Result<ChannelView>> pause_channel(App& app, const http::Request& request, PauseRequest in) {
  auto& rt = app.runtime();
  auto channel = parse_channel(in.channel);
  if (!channel) co_return unknown();
  auto now = rt.clock.now();
  if (in.until && *in.until <= now) co_return invalid("until", "must lie ahead");
  Pause pause{now, request.who().subject, std::move(in.reason), in.until};
  log::warn("notification channel paused", {{"channel", in.channel}, {"reason", pause.reason}});
  co_await save_pause(rt.database, *channel, std::move(pause));
  co_return co_await after_order(rt, *channel);
}

Task<Result<ChannelView>> resume_channel(App& app, ChannelPath in) {
  auto& rt = app.runtime();
  auto channel = parse_channel(in.channel);
  if (!channel) co_return unknown();
  log::info("notification channel resumed", {{"channel", in.channel}});
  co_await remove_pause(rt.database, *channel);
  co_return co_await after_order(rt, *channel);
}

}  // namespace rb::notification
