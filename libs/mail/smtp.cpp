#include "mail/smtp.hpp"

#include <atomic>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

#include "mail/smtp_session.hpp"
#include "net/latch.hpp"
#include "net/work_queue.hpp"

namespace rb::mail {
namespace {

struct Answer {
  explicit Answer(net::Loop& loop) : ready(loop) {}
  SmtpOutcome outcome;
  net::Latch ready;
};

struct Job {
  std::optional<Mail> mail;  // none: only a look whether one could be sent
  std::shared_ptr<Answer> answer;
};

SmtpOutcome refused(const Error& error) {
  auto reason = error.message;
  for (const auto& fault : error.fields) reason += "; " + fault.field + " " + fault.reason;
  return {SmtpResult::refused, {}, std::move(reason)};
}

SmtpOutcome carry_out(SmtpSession& session, const std::optional<Mail>& mail) {
  if (!mail) return classify(session.check());
  auto message = to_bytes(*mail);
  if (!message) return refused(message.error());
  return classify(session.send(*message, normalise_address(mail->from.email).value(),
                               normalise_address(mail->to.email).value()));
}

// One connection and its thread.
class Worker {
 public:
  Worker(net::Loop& loop, const SmtpSettings& settings, const std::atomic<bool>& stop)
      : thread_([this, &loop, &settings, &stop] { work(loop, settings, stop); }) {}
  ~Worker() {
    queue_.close();
    thread_.join();
  }
  void push(Job job) { queue_.push(std::move(job)); }

 private:
  void work(net::Loop& loop, const SmtpSettings& settings, const std::atomic<bool>& stop) {
    SmtpSession session(settings, stop);
    while (auto job = queue_.pop()) {
      job->answer->outcome = carry_out(session, job->mail);
      loop.post([answer = std::move(job->answer)] { answer->ready.open(); });
    }
  }

  net::WorkQueue<Job> queue_;
  std::thread thread_;
};

}  // namespace

struct SmtpClient::Impl {
  Impl(net::Loop& l, SmtpSettings s) : loop(l), settings(std::move(s)), freed(l) {
    for (int i = 0; i < settings.connections; ++i) idle.insert(i);
  }

  // The first idle one, so that few mails share one connection instead of visiting all.
  Worker& take(int at) {
    if (static_cast<std::size_t>(at) == workers.size())
      workers.push_back(std::make_unique<Worker>(loop, settings, stop));
    return *workers[static_cast<std::size_t>(at)];
  }

  net::Loop& loop;
  SmtpSettings settings;
  std::atomic<bool> stop = false;
  std::set<int> idle;
  net::Signal freed;
  std::vector<std::unique_ptr<Worker>> workers;  // the last member: it stops first
};

SmtpClient::SmtpClient(net::Loop& loop, SmtpSettings settings) {
  if (settings.tls == SmtpTls::none && !is_loopback(settings.host))
    throw std::invalid_argument("mail without TLS leaves this machine only over loopback");
  impl_ = std::make_shared<Impl>(loop, std::move(settings));
}

SmtpClient::~SmtpClient() {
  impl_->stop = true;
  impl_->freed.notify();
  impl_->workers.clear();
}

Task<SmtpOutcome> SmtpClient::send(Mail mail) { return perform(std::move(mail)); }

Task<SmtpOutcome> SmtpClient::check() { return perform(std::nullopt); }

Task<SmtpOutcome> SmtpClient::perform(std::optional<Mail> mail) {
  auto impl = impl_;
  while (impl->idle.empty() && !impl->stop) co_await impl->freed.wait();
  if (impl->stop) co_return SmtpOutcome{SmtpResult::not_sent, {}, "the program stops"};
  struct Place {
    Impl& impl;
    int at;
    ~Place() {
      impl.idle.insert(at);
      impl.freed.notify();
    }
  } place{*impl, *impl->idle.begin()};
  impl->idle.erase(impl->idle.begin());
  auto answer = std::make_shared<Answer>(impl->loop);
  impl->take(place.at).push({std::move(mail), answer});
  co_await answer->ready.wait();
  co_return std::move(answer->outcome);
}

}  // namespace rb::mail
