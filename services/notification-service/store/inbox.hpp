#pragma once
// What people's apps show them: the inbox of each person, in the order in which messages appeared there.
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "store/query_runner.hpp"

namespace rb::notification {

struct InboxEntry {
  std::string id;  // of its message
  std::string user_id;
  std::int64_t place = 0;  // counts the person's entries; a later one is never seen before an earlier one
  std::string type, title, html, plain;
  boost::json::object about;  // lesson_id, student_id …
  boost::json::array files;   // filename, content_type and size of each
  Time created;
  std::optional<Time> read;
};

// Nothing happens when the entry stands there already, or when the person has been erased.
Task<> add_to_inbox(db::Database& database, std::string secret, InboxEntry entry, Time now);

struct InboxQuestion {
  std::string user_id, type = {};                                  // type "": all
  bool unread = false;                                             // only these
  std::int64_t before = std::numeric_limits<std::int64_t>::max();  // only earlier places
  int limit = 50, offset = 0;
};
Task<std::vector<InboxEntry>> inbox_page(QueryRunner read, InboxQuestion question);  // newest first
Task<std::int64_t> count_inbox(QueryRunner read, InboxQuestion question);
Task<std::vector<InboxEntry>> inbox_after(QueryRunner read, std::string user_id, std::int64_t place,
                                          int limit);  // in their order

struct InboxState {
  std::int64_t unread = 0;
  std::int64_t newest = 0;  // place; 0: the inbox is empty
};
Task<InboxState> inbox_state(QueryRunner read, std::string user_id);

// When it was read first; nullopt: this person has no such entry.
Task<std::optional<Time>> read_in_inbox(db::Database& database, std::string user_id, std::string id,
                                        Time now);
// How many became read.
Task<std::int64_t> read_all_in_inbox(db::Database& database, std::string user_id, std::int64_t up_to,
                                     Time now);

}  // namespace rb::notification
