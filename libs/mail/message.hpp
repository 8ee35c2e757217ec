#pragma once
// A mail and its bytes on the wire. Pure, thread-safe, deterministic: the same Mail gives the same bytes, so
// that a retry is recognisable. Source: RFC 5322, 2045-2049, 2047, 2231, 8058 (one-click unsubscribe), 3834
// (Auto-Submitted).
#include <string>
#include <vector>

#include "base/error.hpp"
#include "mail/address.hpp"
#include "time/clock.hpp"

namespace rb::mail {

struct Attachment {
  std::string name;  // file name; any language
  std::string type;  // "application/pdf", "text/calendar; method=REQUEST"
  std::string bytes;
  std::string cid;  // not empty: a picture that the HTML shows as <img src="cid:…">
};

// An invitation that calendars understand: beside the texts, and once more as a file for programs that look
// for one. Source: RFC 6047.
struct Calendar {
  std::string method;  // "REQUEST", "CANCEL"
  std::string text;    // iCalendar
};

struct Mail {
  Address from, to;
  Address reply_to;        // no email: none
  std::string subject;     // any language
  std::string text, html;  // UTF-8, at least one of them
  std::string message_id;  // "uuid@domain"; the same over all tries
  Time date;
  std::string unsubscribe_url;          // https, knows by itself who unsubscribes from what; empty: none
  bool auto_submitted = true;           // no answering machine replies to it
  std::vector<std::string> references;  // message ids of the conversation, the oldest first
  std::vector<Attachment> attachments;
  Calendar calendar = {};  // without a text: none
};

// The message with CRLF lines of at most 998 bytes, 7-bit throughout. Errc::invalid names the fields that
// hold a line break (header injection), broken UTF-8, no address or nothing to read.
Result<std::string> to_bytes(const Mail& mail);

}  // namespace rb::mail
