#pragma once
// What is known of each thing that events speak of, after all of them: the facts. Every figure of analytics
// is made of these. A fact knows no zone: where a day counts it keeps the moment, `at`. Pure values.
// Definitions: docs/metrics.md.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "time/clock.hpp"

namespace rb::analytics {

// Ids are text; "" stands for «nobody has said». Money is in minor units of its currency.
struct Money {
  std::int64_t minor = 0;
  std::string currency = "RUB";
  bool operator==(const Money&) const = default;
};

enum class LessonStatus { scheduled, completed, cancelled, missed };

// A student in a lesson.
struct Place {
  std::string student_id;  // "": the lesson's events name nobody
  LessonStatus status = LessonStatus::scheduled;
  Time at{};                           // whose day counts
  std::string attendance;              // "": unset
  std::optional<std::int64_t> rating;  // in millionths: 4'500'000 is 4.5
  std::optional<Money> price;
  bool charged = false;  // completed, missed without excuse, or cancelled with «charged»
  bool operator==(const Place&) const = default;
};

inline constexpr std::chrono::hours kLongestLesson{24};  // that an event may tell

struct Lesson {
  std::string id, tutor_id, subject, topic, type;
  std::optional<Time> scheduled_at;
  int minutes = 60;
  std::optional<Money> tutor_pay;  // of the lesson as a whole: a group is paid once
  std::vector<Place> places;       // by student id; at least one
  bool operator==(const Lesson&) const = default;
};

enum class PaymentPart { processed, failed, refunded };

// Each part is the whole last event of its kind.
struct PaymentEntry {
  Money amount;
  Time at{};
  bool operator==(const PaymentEntry&) const = default;
};

struct Payment {
  std::string id, tutor_id, student_id;
  std::string payer_id;  // user_id, else the student
  std::string method;    // "": unset
  std::optional<PaymentEntry> processed, failed, refunded;
  PaymentPart last = PaymentPart::processed;  // of the three, the kind of the last event
  bool operator==(const Payment&) const = default;
};

// A day without a time ends with that day in the asked zone.
struct Due {
  std::string day;             // "2026-01-02", or ""
  std::optional<Time> moment;  // else this
  bool operator==(const Due&) const = default;
};

// A grade in parts of a point: a unit in which 5 · grade / grade_max is whole for every usual grade_max.
inline constexpr std::int64_t kGradeUnit = 720'720'000;

struct Homework {
  std::string id, tutor_id, lesson_id, subject, description;
  std::vector<std::string> student_ids;  // a group's assignment is one all the same
  std::optional<Time> assigned_at;       // none: never assigned, so it belongs to no day
  std::optional<Due> due;
  std::optional<Time> submitted_at;       // none: not submitted
  std::vector<std::string> submitted_by;  // whom the submissions name
  std::optional<std::int64_t> grade;      // 5 · grade / grade_max in units of kGradeUnit
  bool overdue = false;                   // somebody said so
  bool operator==(const Homework&) const = default;
};

enum class MaterialUse { upload, share, view, download };

// Keyed by source and id of its event.
struct Access {
  std::string source, id;
  std::string material_id, title, subject, user_id, student_id, tutor_id;
  MaterialUse use = MaterialUse::view;
  Time at{};
  bool operator==(const Access&) const = default;
};

struct Login {
  std::string source, id, user_id, role, platform;
  Time at{};
  bool operator==(const Login&) const = default;
};

struct Person {
  std::string id, full_name, timezone, language;
  std::vector<std::string> roles, children_ids, tutor_ids;
  std::optional<Time> registered_at;
  bool operator==(const Person&) const = default;
};

}  // namespace rb::analytics
