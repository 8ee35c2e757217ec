#include "bus/broker_thread.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <system_error>

#include "time/backoff.hpp"

namespace rb::bus {
namespace {

constexpr Backoff kReconnect{std::chrono::milliseconds(500), std::chrono::seconds(10)};
constexpr auto kPatience = std::chrono::seconds(5);

}  // namespace

BrokerThread::BrokerThread(net::Loop& loop, RabbitSettings settings, std::string purpose)
    : loop_(loop),
      settings_(std::move(settings)),
      purpose_(std::move(purpose)),
      wake_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)),
      end_(loop) {
  if (wake_ < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
}

BrokerThread::~BrokerThread() {
  stopping_ = true;
  wake();
  interrupt_.cut();
  if (thread_.joinable()) thread_.join();
  ::close(wake_);
}

void BrokerThread::start(Topology topology, Session& session, std::function<void(Report)> on_report) {
  topology_ = std::move(topology);
  session_ = &session;
  on_report_ = std::move(on_report);
  thread_ = std::thread([this] { run(); });
}

Task<> BrokerThread::stop() {
  if (!thread_.joinable()) co_return;
  stopping_ = true;
  wake();
  const SystemClock real;
  const auto patience_ends = real.now() + kPatience;
  while (!ended_ && real.now() < patience_ends) co_await end_.wait_until(real, patience_ends);
  while (!ended_) {
    interrupt_.cut();
    co_await end_.wait_until(real, real.now() + std::chrono::milliseconds(100));
  }
  thread_.join();
}

void BrokerThread::wake() const {
  constexpr std::uint64_t one = 1;
  if (::write(wake_, &one, sizeof one) < 0) return;  // full: it is awake
}

void BrokerThread::take_wake() const {
  std::uint64_t count = 0;
  if (::read(wake_, &count, sizeof count) < 0) return;  // nobody has called
}

void BrokerThread::post(std::function<void()> work) {
  loop_.post([alive = std::weak_ptr(alive_), work = std::move(work)] {
    if (alive.lock()) work();
  });
}

void BrokerThread::report(Report report) {
  post([this, report = std::move(report)] { on_report_(report); });
}

void BrokerThread::run() {
  for (int attempt = 1; !stopping_; ++attempt) {
    Report failure;
    connected_ = false;
    try {
      connect_and_work();
    } catch (const Unavailable& e) {
      failure.problem = e.what();
    } catch (const ChannelClosed& e) {
      failure.problem = e.what();
      failure.fatal = e.code != AMQP_NOT_FOUND;  // somebody deletes what we declare: the next try declares it
    } catch (const std::exception& e) {
      failure.problem = e.what();
      failure.fatal = true;
    }
    session_->lost();
    if (stopping_) break;
    report(std::move(failure));
    if (connected_) attempt = 1;
    pause(attempt);
  }
  post([this] {
    ended_ = true;
    end_.notify();
  });
}

void BrokerThread::connect_and_work() {
  Connection connection(settings_, purpose_, interrupt_);
  auto warnings = declare(connection, settings_, topology_);
  connected_ = true;
  report({.connected = true, .warnings = std::move(warnings)});
  session_->work(connection);
  connection.close();
}

void BrokerThread::pause(int attempt) const {
  const auto end = std::chrono::steady_clock::now() + kReconnect.delay(attempt, random_unit());
  while (!stopping_) {
    auto left = std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
    if (left.count() <= 0) return;
    pollfd watched{wake_, POLLIN, 0};
    ::poll(&watched, 1, static_cast<int>(left.count()));
    take_wake();
  }
}

}  // namespace rb::bus
