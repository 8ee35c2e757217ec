#pragma once
// A lesson as an entry of its reader's calendar. Pure. Source: RFC 5545 (iCalendar), 5546 (iTIP).
//
// The mail is an invitation (METHOD:REQUEST) and takes it back (METHOD:CANCEL): by these two, mail programs
// move and remove the entry by themselves when UID is the same and SEQUENCE has risen; a PUBLISH only offers
// to add a file. The organiser is the mailbox that sends, because programs distrust an invitation in another
// name; nobody is asked to answer.
#include <chrono>
#include <optional>
#include <string>

#include "domain/message.hpp"

namespace rb::notification {

struct CalendarEntry {
  std::string lesson_id;
  std::int64_t sequence = 0;  // of the lesson's decisions: the greater, the newer
  Time start;
  std::chrono::minutes duration{60};
  std::string summary, description, link;
  bool cancelled = false;

  std::string_view method() const { return cancelled ? "CANCEL" : "REQUEST"; }
};

// Of a lesson.created, .rescheduled or .cancelled; nullopt: of other messages, and when the lesson's time is
// not known or it goes on without one of its places.
std::optional<CalendarEntry> calendar_entry(const Message& message, const Person& reader);

struct CalendarMail {
  std::string from_name, from_address, to;  // who invites, who is invited
  Time written;
};

// Lines end with CRLF and are folded. The UID is made of the lesson and the sending mailbox, so that no two
// installations share one.
std::string to_ics(const CalendarEntry& entry, const CalendarMail& mail);

}  // namespace rb::notification
