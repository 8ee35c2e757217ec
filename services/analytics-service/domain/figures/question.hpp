#pragma once
// What is asked: whole days of a zone, first and last included, and of whom. Pure value.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "time/zone.hpp"

namespace rb::analytics {

using Date = std::chrono::local_days;

// «—» is the subject of what has none.
inline const std::string& subject_name(const std::string& subject) {
  static const std::string unset = "—";
  return subject.empty() ? unset : subject;
}

// So are other words that nobody has told.
inline const std::string& or_unknown(const std::string& word) {
  static const std::string unknown = "unknown";
  return word.empty() ? unknown : word;
}

struct Question {
  Date first, last;
  Zone zone = Zone::utc();
  std::string tutor_id;                                 // "": of any
  std::optional<std::vector<std::string>> student_ids;  // none: of all
  std::optional<std::string> subject;                   // none: of all
  std::string currency;                                 // "": the one with most payments
  Time now{};                                           // the moment of asking

  bool of_tutor(std::string_view id) const { return tutor_id.empty() || tutor_id == id; }
  bool of_student(std::string_view id) const {
    return !student_ids || std::ranges::find(*student_ids, id) != student_ids->end();
  }
  bool of_any_student(const std::vector<std::string>& ids) const {
    return !student_ids || std::ranges::any_of(ids, [&](const auto& id) { return of_student(id); });
  }
  bool of_subject(const std::string& name) const { return !subject || *subject == subject_name(name); }
};

// The same question about as many days just before (`compare=previous`).
inline Question previous(Question asked) {
  auto days = asked.last - asked.first + std::chrono::days(1);
  asked.first -= days;
  asked.last -= days;
  return asked;
}

}  // namespace rb::analytics
