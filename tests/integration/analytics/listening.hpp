#pragma once
// A school that somebody listens to: what analytics says by itself is kept. Time is moved by hand.
#include "school.hpp"

namespace rb::analytics {

class Listening : public School {
 protected:
  // Lets seconds pass until everything that has come in was looked at and said; then what was said by then
  // has been heard.
  void settle();
  void advance(Micros by) {
    clock_.advance(by);
    settle();
  }

  std::vector<events::Event> heard(const std::string& type) const;  // from analytics
  void wait_for_marker();  // until everything that was published before has been heard

  void until(const std::function<bool()>& done, const std::string& what);  // a minute at most
  // Until a statement's n is what it should be.
  void wait_for(const std::string& sql, std::int64_t n);

 private:
  void before_start() override;
  void breathe();

  std::vector<events::Event> heard_;
  int markers_ = 0, marked_ = 0;
};

}  // namespace rb::analytics
