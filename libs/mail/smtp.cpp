#include "mail/smtp.hpp"

#include <atomic>
#include <set>
#include <stdexcept>
#include <vector>

#include "mail/smtp_session.hpp"
#include "net/worker.hpp"

namespace rb::mail {
namespace {

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

struct Connection {
  Connection(net::Loop& loop, const SmtpSettings& settings, const std::atomic<bool>& stop)
      : session(settings, stop), thread(loop) {}
  SmtpSession session;  // the thread's
  net::Worker thread;
};

}  // namespace

struct SmtpClient::Impl {
  Impl(net::Loop& l, SmtpSettings s) : loop(l), settings(std::move(s)), freed(l) {
    for (int i = 0; i < settings.connections; ++i) idle.insert(i);
  }

  // The first idle one, so that few mails share one connection instead of visiting all.
  Connection& take(int at) {
    if (static_cast<std::size_t>(at) == connections.size())
      connections.push_back(std::make_unique<Connection>(loop, settings, stop));
    return *connections[static_cast<std::size_t>(at)];
  }

  net::Loop& loop;
  SmtpSettings settings;
  std::atomic<bool> stop = false;
  std::set<int> idle;
  net::Signal freed;
  std::vector<std::unique_ptr<Connection>> connections;  // the last member: they end first
};

SmtpClient::SmtpClient(net::Loop& loop, SmtpSettings settings) {
  if (settings.tls == SmtpTls::none && !is_loopback(settings.host))
    throw std::invalid_argument("mail without TLS leaves this machine only over loopback");
  impl_ = std::make_shared<Impl>(loop, std::move(settings));
}

SmtpClient::~SmtpClient() {
  impl_->stop = true;
  impl_->freed.notify();
  impl_->connections.clear();
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
  auto& connection = impl->take(place.at);
  co_return co_await connection.thread.run(
      [&session = connection.session, mail = std::move(mail)] { return carry_out(session, mail); });
}

}  // namespace rb::mail
