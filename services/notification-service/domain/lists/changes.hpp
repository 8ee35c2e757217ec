#pragma once
// What an import comes to: events, what is to be remembered of the rows, and the plan that people read before
// it is done. Pure.
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "domain/lesson.hpp"
#include "domain/lists/problem.hpp"
#include "domain/person_patch.hpp"
#include "time/zone.hpp"

namespace rb::notification::lists {

// A row of people.csv that was imported. `content` holds a digest of each cell, so that only what the list
// itself has changed since is said again: what people have changed themselves stays.
struct RememberedPerson {
  std::string row_key, user_id;
  std::int64_t version = 0;  // of the newest event made from it
  boost::json::object content;
};

// A lesson that came from a row of lessons.csv, as the list said last.
struct RememberedLesson {
  std::string lesson_id, row_key, tutor_id;
  std::vector<std::string> students;  // in order
  Time starts_at;
  bool cancelled = false;
  std::int64_t version = 0;
  boost::json::object content;
};

// What the caller may say; gives the reason why not.
struct Permission {
  std::function<Result<void>(const Person& before, const PersonPatch&, const Directory&)> person;
  std::function<std::string(const events::Event&, const Lesson*, const Directory&)> lesson;
};

struct Known {
  Directory directory;
  std::set<std::string> visible;                    // people whom the caller may see
  std::map<std::string, RememberedPerson> people;   // by row_key
  std::map<std::string, RememberedLesson> lessons;  // by lesson_id
  std::map<std::string, Lesson> facts;              // of the lessons, as all events have made them
  std::set<std::string> erased;                     // people who must not come back
  Time now;
};

struct Options {
  std::optional<Zone> zone;  // of the lessons and of new people; none: the tutor's
  Zone fallback = Zone::utc();
  std::string own_tutor;  // "": whoever is the only one
  Permission permission;
};

enum class Action { created, moved, changed, cancelled };

struct Change {
  Action action = Action::created;
  int line = 0;     // 0: of a row that is gone
  std::string who;  // names
  int count = 1;    // lessons of one row
  std::optional<Time> from, to;
  std::optional<Zone> zone = {};
  std::string user_id = {};  // of a person
};

struct Outcome {
  int rows = 0;
  int created = 0, moved = 0, changed = 0, cancelled = 0, unchanged = 0;
  int past = 0;    // lessons that are over already and were left out
  int erased = 0;  // rows about people who must not come back
  std::vector<Change> changes;
  std::vector<events::Event> events;
};

// One event made from a row; Errc::invalid: what the row says does not make one.
Result<events::Event> list_event(std::string_view type, const std::string& about, std::int64_t version,
                                 boost::json::object data, Time now);

boost::json::array as_json(const std::vector<std::string>& texts);
std::string digest_of(const boost::json::value& value);  // short
std::string row_key_of(std::string_view text);
// The id of a person whose row gives none.
std::string person_id_of(std::string_view name);

}  // namespace rb::notification::lists
