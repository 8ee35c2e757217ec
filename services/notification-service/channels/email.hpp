#pragma once
// Mail over SMTP. The Message-ID is made from the message's id and stays the same over all tries, so that a
// mail sent twice is recognised as one.
#include "channels/sender.hpp"
#include "mail/smtp.hpp"

namespace rb::notification {

struct MailIdentity {
  std::string from_address, from_name;
};

class EmailSender final : public Sender {
 public:
  EmailSender(net::Loop& loop, const Clock& clock, mail::SmtpSettings smtp, MailIdentity identity);

  Channel channel() const override { return Channel::email; }
  int parallel() const override { return connections_; }
  Task<Outcome> send(Letter letter) override;

 private:
  const Clock& clock_;
  MailIdentity identity_;
  int connections_;
  mail::SmtpClient client_;
};

// Pure: what an SMTP session's end means for the delivery.
Outcome outcome_of(const mail::SmtpOutcome& smtp);

}  // namespace rb::notification
