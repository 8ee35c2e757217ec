#pragma once
// A thread that keeps one connection to RabbitMQ: connects, declares the topology, lets its session work, and
// begins anew with backoff when the connection is lost. Made, started and stopped on the loop's thread.
#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "bus/rabbit_topology.hpp"
#include "net/loop.hpp"

namespace rb::bus {

// What a thread does with its connection; called on that thread.
class Session {
 public:
  virtual ~Session() = default;
  virtual void work(Connection& connection) = 0;  // until stopping(), or until it throws
  virtual void lost() = 0;                        // after every work(), however it ended
};

struct Report {
  bool connected = false;
  bool fatal = false;  // it will not heal by waiting: see `problem`
  std::string problem = {};
  std::vector<std::string> warnings = {};
};

class BrokerThread {
 public:
  BrokerThread(net::Loop& loop, RabbitSettings settings, std::string purpose);
  ~BrokerThread();  // cuts the connection and joins
  BrokerThread(const BrokerThread&) = delete;
  BrokerThread& operator=(const BrokerThread&) = delete;

  void start(Topology topology, Session& session, std::function<void(Report)> on_report);
  Task<> stop();                    // lets the session end; cuts it off after a few seconds
  void cut() { interrupt_.cut(); }  // any thread: the connection is of no use any more

  // For the session.
  bool stopping() const { return stopping_; }
  void post(std::function<void()> work);  // to the loop, unless this object is gone by then
  int wake_handle() const { return wake_; }
  void take_wake() const;

  void wake() const;  // any thread: the session has something to do

 private:
  void run();
  void connect_and_work();
  void pause(int attempt) const;
  void report(Report report);

  net::Loop& loop_;
  RabbitSettings settings_;
  std::string purpose_;
  Topology topology_;
  Session* session_ = nullptr;
  std::function<void(Report)> on_report_;
  Interrupt interrupt_;
  int wake_;  // eventfd
  std::atomic<bool> stopping_ = false;
  bool ended_ = false;  // the loop's
  net::Signal end_;
  std::shared_ptr<int> alive_ = std::make_shared<int>(0);
  bool connected_ = false;  // the thread's: this session got through
  std::thread thread_;
};

// Jobs for a thread. Any thread.
template <class Job>
class Mailbox {
 public:
  void push(Job job) {
    std::lock_guard lock(mutex_);
    jobs_.push_back(std::move(job));
  }
  std::vector<Job> take() {
    std::lock_guard lock(mutex_);
    return std::exchange(jobs_, {});
  }

 private:
  std::mutex mutex_;
  std::vector<Job> jobs_;
};

}  // namespace rb::bus
