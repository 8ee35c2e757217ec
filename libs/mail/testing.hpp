#pragma once
// For tests.
#include "mail/message.hpp"

namespace rb::mail {

inline Mail plain_mail() {
  return {.from = {"Repit", "school@example.org"},
          .to = {"", "anna@example.org"},
          .reply_to = {},
          .subject = "Lesson",
          .text = "Hello\n.\nbye",
          .html = "",
          .message_id = "0190-1@example.org",
          .date = from_micros(1'790'000'000'000'000),
          .unsubscribe_url = "",
          .auto_submitted = true,
          .references = {},
          .attachments = {}};
}

}  // namespace rb::mail
