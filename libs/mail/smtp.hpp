#pragma once
// Hands mails to an SMTP server over a few connections that are kept and reused. Loop thread only; writing
// the message, TLS and the network run on a thread per connection, started when it is first needed.
#include <memory>
#include <optional>

#include "mail/message.hpp"
#include "mail/smtp_outcome.hpp"
#include "mail/smtp_settings.hpp"
#include "net/task.hpp"

namespace rb::net {
class Loop;
}

namespace rb::mail {

class SmtpClient {
 public:
  // Throws std::invalid_argument for a password or mail that would cross a network in the clear.
  SmtpClient(net::Loop& loop, SmtpSettings settings);
  ~SmtpClient();  // mails under way end within a second as not_sent or unknown
  SmtpClient(const SmtpClient&) = delete;
  SmtpClient& operator=(const SmtpClient&) = delete;

  // Never throws for what a server does. When all connections are busy, waits for one; the deadline starts
  // then. Callers that start at most settings.connections mails at once never wait.
  Task<SmtpOutcome> send(Mail mail);

  // Connects and logs in as for a mail, and sends none: `accepted` when a mail could be handed over.
  Task<SmtpOutcome> check();

 private:
  Task<SmtpOutcome> perform(std::optional<Mail> mail);
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace rb::mail
