#include "bus/rabbit.hpp"

#include <algorithm>
#include <set>

#include "base/ids.hpp"
#include "bus/outbox.hpp"
#include "bus/rabbit_queue.hpp"
#include "bus/relay.hpp"
#include "bus/topic.hpp"
#include "bus/wakes.hpp"

namespace rb::bus {
namespace {

constexpr auto kFirstContact = std::chrono::seconds(15);
constexpr auto kBetweenWakeUps = std::chrono::milliseconds(20);
constexpr auto kBuryAgain = std::chrono::seconds(1);
constexpr std::size_t kShortText = 255;  // bytes of an AMQP short string

const SystemClock kRealTime;

class RabbitBus final : public EventBus {
 public:
  RabbitBus(Deps deps, const RabbitSettings& settings, std::string prefix);

  Task<> start() override;
  void consume(QueueSpec queue, Consumer consumer) override;
  void publish(db::Transaction& tx, const Message& message) override;
  void flush() override { relay_.wake(); }
  void wake(const std::string& topic) override;
  void on_wake(std::string topic, std::function<void()> listener) override;
  State state() const override;
  Task<> stop() override;

 private:
  struct Consumption {
    QueueSpec spec;
    std::shared_ptr<RabbitQueue> queue;
    std::unique_ptr<Runner> runner;
  };

  Topology topology() const;
  void start_threads();
  Task<> first_contact();
  void heard(std::optional<Report>& last, const Report& report);
  bool ours(const std::string& routing_key) const;
  Task<> bury(std::size_t queue, Ticket ticket, Message letter);
  Task<> send_wake_ups();

  Deps deps_;
  std::string prefix_;
  Outbox outbox_;
  Wakes wakes_;
  std::set<std::string> wake_ups_due_;
  std::vector<Consumption> consumptions_;
  std::optional<Report> publisher_report_, subscriber_report_;
  std::vector<std::string> warnings_;
  net::Signal heard_, closing_, wake_up_;
  bool closed_ = false;
  net::TaskGroup runners_, background_;

  Publisher publisher_;
  Subscriber subscriber_;
  Relay relay_;
};

RabbitBus::RabbitBus(Deps deps, const RabbitSettings& settings, std::string prefix)
    : deps_(std::move(deps)),
      prefix_(std::move(prefix)),
      outbox_(deps_, prefix_),
      heard_(deps_.loop),
      closing_(deps_.loop),
      wake_up_(deps_.loop),
      runners_(deps_.loop),
      background_(deps_.loop),
      publisher_(deps_.loop, settings),
      subscriber_(deps_.loop, settings),
      relay_(deps_, outbox_, publisher_, settings.exchange, [this](const auto& key) { return ours(key); }) {}

void RabbitBus::consume(QueueSpec spec, Consumer consumer) {
  auto bury_letter = [this](std::size_t queue, Ticket ticket, Message letter) {
    background_.spawn("dead letter", bury(queue, ticket, std::move(letter)));
  };
  auto queue =
      std::make_shared<RabbitQueue>(deps_.loop, spec.name, consumptions_.size(), subscriber_, bury_letter);
  subscriber_.subscribe(spec.name, spec.prefetch);
  auto runner = std::make_unique<Runner>(deps_, spec, std::move(consumer), queue);
  consumptions_.push_back({std::move(spec), std::move(queue), std::move(runner)});
}

void RabbitBus::on_wake(std::string topic, std::function<void()> listener) {
  wakes_.listen(std::move(topic), std::move(listener));
}

Task<> RabbitBus::start() {
  co_await migrate_outbox(deps_.db, prefix_, deps_.clock);
  start_threads();
  co_await first_contact();
  for (auto& consumption : consumptions_) {
    runners_.spawn("queue " + consumption.spec.name, consumption.runner->run());
  }
  background_.spawn("outbox relay", relay_.run());
  background_.spawn("wake-ups", send_wake_ups());
}

Topology RabbitBus::topology() const {
  Topology topology;
  for (const auto& consumption : consumptions_) {
    topology.queues.push_back({consumption.spec.name, consumption.spec.binding_keys});
  }
  topology.wake_queues = wakes_.topics();
  return topology;
}

void RabbitBus::start_threads() {
  for (const auto& topic : wakes_.topics()) subscriber_.listen(topic);
  publisher_.start(topology(), [this](const Report& report) {
    heard(publisher_report_, report);
    relay_.wake();
  });
  subscriber_.start(topology(),
                    {.report = [this](const Report& report) { heard(subscriber_report_, report); },
                     .arrived =
                         [this](std::size_t queue, std::uint64_t epoch, std::vector<Arrival> arrivals) {
                           consumptions_[queue].queue->arrived(epoch, std::move(arrivals));
                         },
                     .lost =
                         [this] {
                           for (auto& consumption : consumptions_) consumption.queue->lost();
                         },
                     .woken = [this](const std::string& topic) { wakes_.wake(topic); }});
}

// A broker that is away does not hold up the start; one that will never serve us stops it.
Task<> RabbitBus::first_contact() {
  const auto patience_ends = kRealTime.now() + kFirstContact;
  while ((!publisher_report_ || !subscriber_report_) && kRealTime.now() < patience_ends) {
    co_await heard_.wait_until(kRealTime, patience_ends);
  }
  for (const auto& report : {publisher_report_, subscriber_report_}) {
    if (!report || !report->fatal) continue;
    co_await publisher_.stop();
    co_await subscriber_.stop();
    throw Broken(report->problem);
  }
}

void RabbitBus::heard(std::optional<Report>& last, const Report& report) {
  if (report.connected) warnings_ = report.warnings;
  if (!report.problem.empty() && (!last || last->problem != report.problem))
    deps_.on_error("bus", report.problem);
  last = report;
  heard_.notify();
}

void RabbitBus::publish(db::Transaction& tx, const Message& message) {
  if (message.routing_key.size() > kShortText || message.message_id.size() > kShortText) {
    throw std::logic_error("routing key or message id longer than 255 bytes: " + message.routing_key);
  }
  auto named = message;
  if (named.message_id.empty()) named.message_id = new_uuid(to_micros(deps_.clock.now()) / 1000);
  outbox_.add(tx, named);
  tx.on_commit([this] { relay_.wake(); });
}

void RabbitBus::wake(const std::string& topic) {
  wakes_.wake(topic);
  wake_ups_due_.insert(topic);
  wake_up_.notify();
}

Task<> RabbitBus::send_wake_ups() {
  while (!closed_) {
    co_await wake_up_.wait();
    for (const auto& topic : std::exchange(wake_ups_due_, {})) publisher_.fire(topic);
    if (!closed_) co_await closing_.wait_until(kRealTime, kRealTime.now() + kBetweenWakeUps);
  }
}

bool RabbitBus::ours(const std::string& routing_key) const {
  return std::ranges::any_of(consumptions_, [&](const auto& consumption) {
    return any_topic_matches(consumption.spec.binding_keys, routing_key);
  });
}

Task<> RabbitBus::bury(std::size_t queue, Ticket ticket, Message letter) {
  while (consumptions_[queue].queue->holds(ticket)) {
    std::vector<Message> letters{letter};
    auto outcomes = co_await publisher_.send("", std::move(letters));
    if (outcomes[0] == Outcome::confirmed) co_return subscriber_.settle(queue, ticket, Verdict::ack);
    if (closed_) co_return;
    if (outcomes[0] == Outcome::unrouted) publisher_.reconnect();
    co_await closing_.wait_until(kRealTime, kRealTime.now() + kBuryAgain);
  }
}

EventBus::State RabbitBus::state() const {
  State state{.warnings = warnings_};
  state.unpublished = relay_.unpublished();
  auto add = [&](const std::string& problem) {
    if (state.problem.empty()) state.problem = problem;
  };
  state.connected = true;
  for (const auto& report : {publisher_report_, subscriber_report_}) {
    state.connected = state.connected && report && report->connected;
    add(report ? report->problem : "RabbitMQ has not been reached yet");
  }
  if (publisher_.blocked()) add("RabbitMQ takes no messages: it is short of memory or disk");
  add(relay_.problem());
  for (const auto& consumption : consumptions_) add(consumption.runner->problem());
  return state;
}

Task<> RabbitBus::stop() {
  closed_ = true;
  for (auto& consumption : consumptions_) consumption.runner->close();
  co_await runners_.drained();
  relay_.close();
  closing_.notify();
  wake_up_.notify();
  co_await publisher_.stop();
  co_await background_.drained();
  co_await subscriber_.stop();
}

}  // namespace

std::unique_ptr<EventBus> rabbit_bus(Deps deps, const RabbitSettings& settings, std::string prefix) {
  return std::make_unique<RabbitBus>(std::move(deps), settings, std::move(prefix));
}

}  // namespace rb::bus
