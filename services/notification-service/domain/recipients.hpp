#pragma once
// Who hears of an event, before preferences. Source: the contract's «Who is told what». Pure.
#include <string>
#include <vector>

#include "domain/lesson.hpp"
#include "domain/people.hpp"

namespace rb::notification {

struct Recipient {
  std::string user_id;
  Audience audience = Audience::any;
  std::vector<std::string> about;  // the students it is about
  bool operator==(const Recipient&) const = default;
};

// Each person once; students first, then parents (once per child), then tutors.
std::vector<Recipient> recipients(const events::Event& event, const Lesson* lesson,
                                  const Directory& directory);

// The students an event is about: those it names, else those who take part in the lesson.
std::vector<std::string> students_of(const events::Event& event, const Lesson* lesson);

// Who pays: user_id, else the student's parents, else the student; never a child who has parents.
std::vector<std::string> payers_of(const events::Event& event, const Directory& directory);

}  // namespace rb::notification
