#pragma once
// The parts of recompute.hpp.
#include <boost/multiprecision/cpp_int.hpp>
#include <set>

#include "tests/recompute.hpp"

namespace rb::analytics::plain {

using events::Event;
using Story = std::vector<Event>;  // of one thing, in order
using Number = boost::multiprecision::cpp_rational;

struct History {
  std::map<std::string, Story> lessons, payments, homework, people;
  Story materials, logins;
};
History read_history(std::vector<Event> events);

// What the events say once the people whom a «user.deleted» names are pseudonyms: kErased and their id.
inline constexpr std::string_view kErased = "erased-";
std::vector<Event> without_erased(std::vector<Event> events);

// What a person's own events say last; "" or nothing of those who are erased.
std::string own(const History& history, const std::string& id, std::string_view field);
std::vector<std::string> children(const History& history, const std::string& parent);

// A student in a lesson.
struct Seat {
  std::string student, status, attendance;
  Time at;
  std::optional<Number> rating;
  std::optional<std::pair<std::string, std::int64_t>> price;  // currency, minor units
  bool charged = false;
};
std::vector<Seat> seats(const Story& lesson);

struct Whole {
  std::string status;
  Time at;
};
std::optional<Whole> whole(const std::vector<Seat>& seats);

// One thing that happened to a payment: «processed», «refunded» or «failed».
struct Entry {
  std::string payment, what, currency, tutor, student, payer, method;
  Time at;
  std::int64_t minor = 0;
  bool counts = true;  // not so a failure that something came after
};
std::vector<Entry> entries(const History& history);

// A homework as it stands.
struct Assignment {
  std::string tutor, subject;
  std::set<std::string> students, submitters;
  std::optional<Time> assigned, submitted, due;
  std::optional<Number> grade;
  bool overdue = false;  // at the moment of asking
};
Assignment assignment(const Story& homework, const Question& asked);

const Event* last_with(const Story& story, std::string_view field);
const Event* last_of(const Story& story, std::string_view type);
std::string text(const Story& story, std::string_view field, const std::string& otherwise = "");
std::string use(const Event& material);      // upload, share, view or download
std::string student_of(const Event& event);  // the first named
Number number(double value);                 // decimals, not what a double makes of them
std::pair<std::string, std::int64_t> money(const Event& event, std::string_view field);
// Of «price» and «tutor_pay», one and the other.
std::optional<std::pair<std::string, std::int64_t>> lesson_money(const Story& story, std::string_view field,
                                                                 std::string_view other);

Date date(Time t, const Question& asked);
bool within(Time t, const Question& asked);
std::string written(Date date);
std::vector<Date> dates(const Question& asked);
Date week(Date date);  // its Monday
bool same_tutor(const std::string& id, const Question& asked);
bool same_student(const std::string& id, const Question& asked);
bool same_subject(const std::string& subject, const Question& asked);
std::string shown(const std::string& subject);

double two(const Number& number);
std::optional<double> rate(std::int64_t part, std::int64_t whole);
std::optional<double> mean(const std::vector<Number>& numbers);
double major(std::int64_t minor, const std::string& currency);

void answer_lessons(const History& history, const Question& asked, Answers& out);
void answer_progress(const History& history, const Question& asked, Answers& out);
void answer_money(const History& history, const Question& asked, Answers& out);
void answer_balances(const History& history, const Question& asked, Answers& out);
void answer_homework(const History& history, const Question& asked, Answers& out);
void answer_materials(const History& history, const Question& asked, Answers& out);
void answer_users(const History& history, const Question& asked, Answers& out);

}  // namespace rb::analytics::plain
