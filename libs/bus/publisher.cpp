#include "bus/publisher.hpp"

#include <algorithm>

namespace rb::bus {
namespace {

constexpr std::size_t kWindow = 500;  // messages the broker has not confirmed
constexpr int kBetweenLooks = 64;     // published before answers are read again
constexpr auto kBrokerSilence = std::chrono::seconds(10);

}  // namespace

Publisher::Publisher(net::Loop& loop, RabbitSettings settings)
    : loop_(loop), thread_(loop, std::move(settings), "publisher") {}

Publisher::~Publisher() = default;

void Publisher::start(Topology topology, std::function<void(Report)> on_report) {
  thread_.start(std::move(topology), *this, [this, on_report = std::move(on_report)](const Report& report) {
    connected_ = report.connected && !thread_.stopping();
    blocked_ = false;
    on_report(report);
  });
}

Task<> Publisher::stop() {
  connected_ = false;
  co_await thread_.stop();
}

Task<std::vector<Outcome>> Publisher::send(std::string exchange, std::vector<Message> messages) {
  if (!connected_) co_return std::vector<Outcome>(messages.size(), Outcome::unknown);
  auto waiting = std::make_shared<Waiting>(loop_, messages.size());
  for (std::size_t i = 0; i < messages.size(); ++i) {
    open_[++last_id_] = {waiting, i};
    mailbox_.push({last_id_, exchange, std::move(messages[i])});
  }
  thread_.wake();
  const SystemClock real;
  for (auto left = waiting->left; waiting->left > 0; left = waiting->left) {
    bool heard = co_await waiting->done.wait_until(real, real.now() + kBrokerSilence);
    if (!heard && waiting->left == left && !blocked_) thread_.cut();
  }
  co_return std::move(waiting->outcomes);
}

void Publisher::fire(std::string queue) {
  if (!connected_ || blocked_) return;
  mailbox_.push({0, "", Message{.routing_key = std::move(queue), .content_type = "text/plain"}});
  thread_.wake();
}

void Publisher::settle(const std::vector<Confirms::Result>& results) {
  for (const auto& result : results) {
    auto found = open_.find(result.id);
    if (found == open_.end()) continue;
    auto [waiting, index] = found->second;
    open_.erase(found);
    waiting->outcomes[index] = result.outcome;
    if (--waiting->left == 0) waiting->done.notify();
  }
}

void Publisher::work(Connection& connection) {
  connection.open_channel(kChannel);
  amqp_confirm_select(connection.raw(), kChannel);
  connection.check(amqp_get_rpc_reply(connection.raw()), kChannel);
  while (true) {
    const bool stopping = thread_.stopping();
    thread_.take_wake();
    take_mail();
    while (auto frame = connection.frame()) handle(*frame);
    connection.release();
    tell();
    if (stopping && queue_.empty() && confirms_.open() == 0) return;
    if (!publish_some(connection)) connection.wait(thread_.wake_handle(), kBeat);
  }
}

void Publisher::take_mail() { std::ranges::move(mailbox_.take(), std::back_inserter(queue_)); }

bool Publisher::publish_some(Connection& connection) {
  int published = 0;
  while (!queue_.empty() && !held_ && confirms_.open() < kWindow && published < kBetweenLooks) {
    auto next = std::move(queue_.front());
    queue_.pop_front();
    confirms_.published(next.id, next.message.routing_key, next.message.message_id);
    const bool wanted = next.id != 0;
    connection.publish(kChannel, next.exchange, next.message, wanted, wanted);
    ++published;
  }
  return published > 0;
}

void Publisher::handle(const amqp_frame_t& frame) {
  if (frame.frame_type == AMQP_FRAME_METHOD) return handle_method(frame.payload.method);
  if (frame.frame_type != AMQP_FRAME_HEADER) return;  // the body of a returned message
  const auto* properties = static_cast<const amqp_basic_properties_t*>(frame.payload.properties.decoded);
  bool has_id = (properties->_flags & AMQP_BASIC_MESSAGE_ID_FLAG) != 0;
  confirms_.returned(returned_key_, has_id ? text_of(properties->message_id) : "");
}

void Publisher::handle_method(const amqp_method_t& method) {
  std::vector<Confirms::Result> settled;
  switch (method.id) {
    case AMQP_BASIC_ACK_METHOD: {
      const auto* ack = static_cast<const amqp_basic_ack_t*>(method.decoded);
      settled = confirms_.settled(ack->delivery_tag, ack->multiple != 0, true);
      break;
    }
    case AMQP_BASIC_NACK_METHOD: {
      const auto* nack = static_cast<const amqp_basic_nack_t*>(method.decoded);
      settled = confirms_.settled(nack->delivery_tag, nack->multiple != 0, false);
      break;
    }
    case AMQP_BASIC_RETURN_METHOD:
      returned_key_ = text_of(static_cast<const amqp_basic_return_t*>(method.decoded)->routing_key);
      break;
    case AMQP_CONNECTION_BLOCKED_METHOD:
      return tell_blocked(true);
    case AMQP_CONNECTION_UNBLOCKED_METHOD:
      return tell_blocked(false);
    default:
      break;
  }
  std::ranges::move(settled, std::back_inserter(results_));
}

void Publisher::tell() {
  if (results_.empty()) return;
  thread_.post([this, results = std::exchange(results_, {})] { settle(results); });
}

void Publisher::tell_blocked(bool blocked) {
  held_ = blocked;
  thread_.post([this, blocked] { blocked_ = blocked; });
}

void Publisher::lost() {
  std::ranges::move(confirms_.abandon(), std::back_inserter(results_));
  take_mail();
  for (const auto& unsent : queue_) results_.push_back({unsent.id, Outcome::unknown});
  queue_.clear();
  held_ = false;
  tell();
}

}  // namespace rb::bus
