#include "bus/embedded.hpp"

#include <algorithm>
#include <optional>
#include <span>

#include "bus/embedded_queue.hpp"
#include "bus/file_lock.hpp"
#include "bus/message_row.hpp"
#include "bus/ordered_keys.hpp"
#include "bus/topic.hpp"
#include "bus/wakes.hpp"
#include "db/json_text.hpp"
#include "db/migrate.hpp"
#include "rb/bus/sql/embedded.sql.hpp"

namespace rb::bus {

namespace embedded_schema {
std::optional<std::string_view> file(std::string_view path);
std::span<const std::string_view> files();
}  // namespace embedded_schema

namespace {

// Verdicts are gathered so that an ack costs no commit of its own. What a kill loses of them comes again.
constexpr std::size_t kVerdictsAtOnce = 500;
constexpr auto kGatherVerdicts = std::chrono::milliseconds(100);
constexpr auto kTryAgain = std::chrono::seconds(1);

class EmbeddedBus final : public EventBus {
 public:
  explicit EmbeddedBus(Deps deps)
      : deps_(std::move(deps)),
        keys_(deps_.clock),
        runners_(deps_.loop),
        writer_(deps_.loop),
        verdicts_(deps_.loop),
        hurry_(deps_.loop) {}

  Task<> start() override;
  void consume(QueueSpec queue, Consumer consumer) override;
  void publish(db::Transaction& tx, const Message& message) override;
  void flush() override {}  // a commit tells the queues by itself
  void wake(const std::string& topic) override { wakes_.wake(topic); }
  void on_wake(std::string topic, std::function<void()> listener) override {
    wakes_.listen(std::move(topic), std::move(listener));
  }
  State state() const override;
  Task<> stop() override;

 private:
  struct Consumption {
    std::shared_ptr<EmbeddedQueue> queue;
    std::unique_ptr<Runner> runner;
  };
  using Bindings = std::map<std::string, std::vector<std::string>>;  // binding keys by queue

  Task<> lock_file();
  Task<> remember_bindings();
  void store(db::Transaction& tx, const std::string& queue, const Message& message);
  Task<> write_verdicts_for_ever();
  Task<bool> write_verdicts();

  Deps deps_;
  OrderedKeys keys_;
  Wakes wakes_;
  Bindings wanted_;    // by the consumers of this process
  Bindings bindings_;  // of every queue the database knows
  std::map<std::string, Consumption> queues_;
  std::optional<FileLock> lock_;
  net::TaskGroup runners_, writer_;
  net::Signal verdicts_, hurry_;
  bool running_ = false;
};

void EmbeddedBus::consume(QueueSpec queue, Consumer consumer) {
  wanted_[queue.name] = queue.binding_keys;
  auto on_verdict = [this](std::size_t open) {
    verdicts_.notify();
    if (open >= kVerdictsAtOnce) hurry_.notify();
  };
  auto source = std::make_shared<EmbeddedQueue>(deps_, queue, keys_.instance(), on_verdict);
  auto runner = std::make_unique<Runner>(deps_, queue, std::move(consumer), source);
  queues_.insert_or_assign(queue.name, Consumption{source, std::move(runner)});
}

Task<> EmbeddedBus::start() {
  co_await lock_file();
  co_await migrate_embedded(deps_.db, deps_.clock);
  co_await remember_bindings();
  running_ = true;
  for (auto& [name, consumption] : queues_) runners_.spawn("queue " + name, consumption.runner->run());
  writer_.spawn("verdicts of the embedded bus", write_verdicts_for_ever());
}

Task<> EmbeddedBus::lock_file() {
  if (deps_.db.is_postgres()) co_return;
  auto rows = co_await deps_.db.read(sql::database_file, {});
  auto path = rows.text_or(0, "file");
  if (!path.empty()) lock_.emplace(path + ".bus-lock");
}

Task<> EmbeddedBus::remember_bindings() {
  auto rows = co_await deps_.db.read(sql::read_bindings, {});
  for (std::size_t row = 0; row < rows.size(); ++row) {
    bindings_[rows.text(row, "queue")].push_back(rows.text(row, "binding_key"));
  }
  co_await deps_.db.transaction([this](db::Transaction& tx) -> Task<> {
    for (const auto& [queue, keys] : wanted_) {
      tx.post(sql::forget_bindings, {{"queue", queue}});
      for (const auto& key : keys) tx.post(sql::remember_binding, {{"queue", queue}, {"binding_key", key}});
    }
    co_return;
  });
  for (const auto& [queue, keys] : wanted_) bindings_[queue] = keys;
}

void EmbeddedBus::publish(db::Transaction& tx, const Message& message) {
  if (!running_) throw std::logic_error("the bus has not been started");
  for (const auto& [queue, keys] : bindings_) {
    if (any_topic_matches(keys, message.routing_key)) store(tx, queue, message);
  }
}

void EmbeddedBus::store(db::Transaction& tx, const std::string& queue, const Message& message) {
  auto id = keys_.next();
  db::Params params{{"queue", queue}, {"id", id}};
  add_columns(params, message);
  tx.post(sql::insert_message, std::move(params));
  auto found = queues_.find(queue);
  if (found == queues_.end()) return;
  tx.on_commit([queue = std::weak_ptr(found->second.queue), id, message = message]() mutable {
    if (auto alive = queue.lock()) alive->committed(std::move(id), std::move(message));
  });
}

Task<> EmbeddedBus::write_verdicts_for_ever() {
  const SystemClock real;  // gathering follows no clock that stands still
  while (running_) {
    co_await verdicts_.wait();
    if (running_) co_await hurry_.wait_until(real, real.now() + kGatherVerdicts);
    if (running_ && !co_await write_verdicts()) {
      co_await hurry_.wait_until(real, real.now() + kTryAgain);
      verdicts_.notify();
    }
  }
}

Task<bool> EmbeddedBus::write_verdicts() {
  std::vector<std::pair<std::shared_ptr<EmbeddedQueue>, EmbeddedQueue::Judged>> all;
  for (auto& [name, consumption] : queues_) {
    if (auto judged = consumption.queue->take_verdicts(); !judged.empty()) {
      all.emplace_back(consumption.queue, std::move(judged));
    }
  }
  if (all.empty()) co_return true;
  std::string failure;
  try {
    co_await deps_.db.transaction([this, &all](db::Transaction& tx) -> Task<> {
      for (const auto& [queue, judged] : all) {
        auto ids = judged.accepted;
        for (const auto& buried : judged.buried) {
          ids.push_back(buried.id);
          store(tx, buried.letter.routing_key, buried.letter);
        }
        tx.post(sql::delete_messages, {{"queue", queue->name()}, {"ids", db::json_list(ids)}});
      }
      co_return;
    });
  } catch (const std::exception& e) {
    failure = e.what();
  }
  for (auto& [queue, judged] : all)
    if (failure.empty())
      queue->written(judged);
    else
      queue->not_written(std::move(judged));
  if (!failure.empty()) deps_.on_error("verdicts of the embedded bus", failure);
  co_return failure.empty();
}

EventBus::State EmbeddedBus::state() const {
  State state{.connected = running_};
  if (!running_) state.problem = "not started";
  for (const auto& [name, consumption] : queues_) {
    if (state.problem.empty()) state.problem = consumption.runner->problem();
  }
  return state;
}

Task<> EmbeddedBus::stop() {
  for (auto& [name, consumption] : queues_) consumption.runner->close();
  co_await runners_.drained();
  running_ = false;
  verdicts_.notify();
  hurry_.notify();
  co_await writer_.drained();
  co_await write_verdicts();
  lock_.reset();
}

}  // namespace

std::unique_ptr<EventBus> embedded_bus(Deps deps) { return std::make_unique<EmbeddedBus>(std::move(deps)); }

Task<> migrate_embedded(db::Database& database, const Clock& clock) {
  auto migrations = db::embedded_migrations("bus", embedded_schema::files(), embedded_schema::file);
  co_await db::migrate(database, std::move(migrations), clock);
}

}  // namespace rb::bus
