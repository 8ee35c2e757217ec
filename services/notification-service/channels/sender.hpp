#pragma once
// A way to reach people. One implementation a file: telegram, email, outbox (the page that shows what an
// unconfigured channel would have sent). Belongs to the loop's thread.
#include <string>

#include "domain/plan.hpp"
#include "domain/retry.hpp"
#include "net/task.hpp"

namespace rb::notification {

// A message in the form its channel sends.
struct Letter {
  std::string
      message_id;  // ours; the mail's Message-ID is made from it, so that a repeated mail is recognised
  std::string user_id;
  std::string to;               // chat id, mailbox or URL
  std::string subject;          // plain text
  std::string html;             // Telegram's HTML, or the mail's
  std::string plain;            // the same without markup
  std::string unsubscribe_url;  // mails; "" without a public address
};

class Sender {
 public:
  virtual ~Sender() = default;
  virtual Channel channel() const = 0;
  virtual int parallel() const = 0;  // calls under way at once
  virtual Reach reach() const { return Reach::addressed; }
  virtual Task<Outcome> send(Letter letter) = 0;  // ends within 10 s; never throws for what the provider does
};

}  // namespace rb::notification
