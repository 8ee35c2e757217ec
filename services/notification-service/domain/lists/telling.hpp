#pragma once
// Which of the changes that an import makes are told to people. Pure.
#include <deque>

#include "domain/lists/changes.hpp"

namespace rb::notification::lists {

// An event before it is decided whether people hear of it.
struct Draft {
  std::string type, lesson_id;
  std::int64_t version = 1;
  boost::json::object data = {};
  int line = 0;
  Time time = {};
  std::string family = {};    // those who are to hear of it together with others of its kind; "": nobody
  Time lesson_time = {};      // when the lesson is, or would have been
  std::string language = {};  // of the tutor, whose words the reason is in
};
using Drafts = std::deque<Draft>;  // a reference to one stays good while others are added

// A family hears of up to three changes singly; of more by one message, whose reason tells how many they are.
void decide_who_hears(Drafts& drafts, const Zone& zone);

}  // namespace rb::notification::lists
