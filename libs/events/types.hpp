#pragma once
// The table of event types and the table of their fields. Source: the contract's section on events. Pure.
#include <span>
#include <string_view>

namespace rb::events {

enum class Kind {
  id,   // text of up to 64 characters; a JSON integer means its decimal text
  ids,  // list of them
  text,
  moment,         // ISO 8601
  day_or_moment,  // a due date: "2026-01-02" stays a day
  money,          // number or decimal string in major units, 0..10^9
  integer,        // within the rule's range
  number,         // within the rule's range
  flag,
  choice,    // one of the rule's words
  choices,   // list of them
  currency,  // ISO 4217
  objects,   // list of objects, kept as they are (files)
};

struct FieldRule {
  std::string_view name;
  Kind kind;
  double least = 0, most = 0;      // integer and number
  std::string_view words = {};     // choice: separated by spaces
  std::string_view families = {};  // "lesson homework": means nothing in events of others; "": in all

  bool belongs_to(std::string_view family) const;
};

struct TypeRule {
  std::string_view type;
  std::string_view required;  // field names separated by spaces; "a|b": one of them
};

std::span<const TypeRule> types();
const TypeRule* find_type(std::string_view type);         // nullptr: not a type of ours
std::string_view canonical_type(std::string_view alias);  // the name itself when it is no alias

const FieldRule* find_field(std::string_view name);

// Another name of a field ("start_time" → "scheduled_at"); `object` is the nested object it stands in
// ("lesson"; "" when flat), so that lesson.id is lesson_id and student.name is student_name. Gives `name`
// itself when it has no other.
std::string_view canonical_field(std::string_view object, std::string_view name);

}  // namespace rb::events
