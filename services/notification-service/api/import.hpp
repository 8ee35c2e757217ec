#pragma once
// POST /api/v1/import: a tutor's own lists, people.csv and lessons.csv, become ordinary events. Importing a
// list again says only what has changed in it; `dry_run` tells what that would be.
#include "api/app.hpp"
#include "json/json.hpp"

namespace rb::notification {

struct ListsRequest {
  std::optional<std::string> people, lessons;  // the text of the files
  std::optional<std::string> list;             // which one a raw body is; else its headers tell
  std::optional<std::string> timezone;
  bool dry_run = false;
};
BOOST_DESCRIBE_STRUCT(ListsRequest, (), (people, lessons, list, timezone, dry_run))
json::Rules rules(const ListsRequest*);

struct ListPlan {
  int rows = 0;
  int created = 0, moved = 0, changed = 0, cancelled = 0, unchanged = 0;
  int past = 0;    // lessons that are over and were left out
  int erased = 0;  // rows about people who have been erased
  std::vector<std::string> ignored_columns;
};
BOOST_DESCRIBE_STRUCT(ListPlan, (),
                      (rows, created, moved, changed, cancelled, unchanged, past, erased, ignored_columns))

struct PlannedChange {
  std::string list, action;
  std::optional<int> line;  // none: the row is gone
  std::string text;         // for a person to read
  int lessons = 1;          // of a repeated row
  std::optional<Time> from, to;
  std::optional<std::string> user_id;  // of a person
};
BOOST_DESCRIBE_STRUCT(PlannedChange, (), (list, action, line, text, lessons, from, to, user_id))
json::Rules rules(const PlannedChange*);

struct ListsAnswer {
  bool dry_run = false;
  std::optional<ListPlan> people, lessons;  // none: not given
  std::vector<PlannedChange> changes;       // the first 1,000
};
BOOST_DESCRIBE_STRUCT(ListsAnswer, (), (dry_run, people, lessons, changes))
json::Rules rules(const ListsAnswer*);

// All or nothing: a row that is wrong keeps everything from being applied.
Task<Result<ListsAnswer>> import_lists(App& app, const http::Request& request, ListsRequest in);

}  // namespace rb::notification
