#pragma once
// A small school and what happens in it: the same events in the same order at every start. Pure; only the
// moments and the ids follow the clock.
#include <boost/json/array.hpp>
#include <map>
#include <string>

#include "time/clock.hpp"

namespace rb::app {

class DemoSchool {
 public:
  explicit DemoSchool(Time start);

  boost::json::array people() const;   // two tutors, students, their families
  boost::json::object next(Time now);  // the next event, as a CloudEvent
  int told() const { return step_; }   // events so far

  static std::string reader_on_both_channels();

 private:
  boost::json::object event(std::string_view type, Time now, boost::json::object data) const;
  boost::json::object lesson_data(std::size_t student, Time scheduled_at) const;

  struct Turn;
  boost::json::object lesson(const Turn& turn);
  boost::json::object homework(const Turn& turn) const;
  boost::json::object money(const Turn& turn) const;
  boost::json::object news(const Turn& turn) const;

  std::string run_;  // tells the ids of this start from those of earlier ones
  int step_ = 0;
  std::map<std::size_t, int> lessons_;  // number of each student's present lesson
};

}  // namespace rb::app
