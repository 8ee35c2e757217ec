#pragma once
// What became of a mail, told from how its SMTP session ended. Pure, thread-safe.
// Source: RFC 5321 (4.2, 4.5.4.2), RFC 3463 (enhanced codes; they are trusted over the plain code and the
// text).
#include <string>
#include <string_view>

namespace rb::mail {

enum class SmtpResult {
  accepted,      // the server has it; bounces may still come
  transient,     // refused for now (greylisting, full mailbox, busy): later again, with the same Message-ID
  bad_address,   // no such recipient: suspend the address
  refused,       // this mail, our address or our policy is refused for good: tell the operator
  auth_failed,   // user or password: stop the channel, tell the operator
  auth_suspect,  // no answer to the password, which some servers do to a wrong one: tell the operator, try
                 // rarely
  not_sent,      // no session came about (network, TLS): later again
  unknown,       // lost after the whole mail was sent: it may have been accepted
};
std::string_view label(SmtpResult result);  // for metrics and records

struct SmtpReply {
  int code = 0;          // 0: none
  std::string enhanced;  // "5.1.1"; may be empty
  std::string text;      // without the codes, lines joined by a space
};

struct SmtpOutcome {
  SmtpResult result = SmtpResult::not_sent;
  SmtpReply reply;     // the server's last word, with accepted its queue id
  std::string reason;  // one sentence for the operator; empty when accepted
};

// How far a session got: what the last command was.
enum class SmtpPhase { connect, hello, starttls, auth, sender, recipient, data, body };

enum class SmtpEnding {
  done,      // the final reply was positive
  answered,  // the last reply is negative
  no_login,  // the server offers no way to log in that we know
  timeout,
  lost,  // no connection, no TLS, broken off
};

struct SmtpSessionEnd {
  SmtpEnding ending = SmtpEnding::lost;
  SmtpPhase phase = SmtpPhase::connect;
  SmtpReply reply;  // to the last command, if it came
  std::string reason;
  bool body_sent = false;  // the server may have seen the final dot
};

SmtpOutcome classify(SmtpSessionEnd end);

// Of a transient reply: the server has too much mail or too many connections of ours just now, and would
// answer the next mail to the same provider alike.
bool too_much(const SmtpReply& reply);

// Adds one line ("250-SIZE 1000", "550 5.1.1 no such user") to a reply; a line of another code starts anew.
// Returns true when the line is the reply's last.
bool add_line(SmtpReply& reply, std::string_view line);

}  // namespace rb::mail
