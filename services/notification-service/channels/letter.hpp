#pragma once
// A message in the form its channel sends, and what channels that show HTML in an app make of its text. Pure.
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <functional>
#include <string>

#include "domain/attachments.hpp"
#include "domain/calendar.hpp"
#include "domain/message.hpp"
#include "net/task.hpp"
#include "telegram/html.hpp"

namespace rb::notification {

struct Letter {
  // Ours: the mail's Message-ID and the webhook's id are made from it, so that a repetition is recognised.
  std::string message_id;
  std::string user_id;
  std::string type;
  Time created;
  boost::json::object about;              // what an app may open: lesson_id, student_id, event_id …
  std::string to;                         // chat id, mailbox or URL
  std::string subject;                    // plain text
  std::string html;                       // Telegram's HTML, the mail's, or that of an app
  std::string plain;                      // the same without markup
  std::string unsubscribe_url;            // mails; "" without a public address
  std::vector<File> files;                // what goes with it
  std::optional<CalendarEntry> calendar;  // mails
  int parts_sent = 0;                     // pieces that earlier tries have brought there
  // Waits until the limits let one more call through; before each after the first.
  std::function<Task<>()> turn = {};
};

// A plain integer as a number, anything else as text: so ids are put out.
boost::json::value id_value(const std::string& id);

// All but the address and the text.
Letter letter_of(const Message& message);

// Where a person's app fetches the file with that number, counted from 1.
std::string file_path(const Letter& letter, std::size_t n);

// n, filename, content_type and size of each file.
boost::json::array file_list(const Letter& letter);

// The text with the markup that Telegram knows. Our own texts always have such; a tutor's template may not,
// and is then taken without any.
telegram::Html valid_html(const Letter& letter);

// The same for a browser: <br> for line breaks, links to http, https, mailto and tg only, nothing that runs.
std::string safe_html(const Letter& letter);

}  // namespace rb::notification
