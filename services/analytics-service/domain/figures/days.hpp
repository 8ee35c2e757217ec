#pragma once
// The days of a period in a zone. The zone is asked once, when it is made; then a moment finds its day by a
// search among the few stretches of one offset. Right across daylight saving and offsets of any size. Pure.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/figures/question.hpp"

namespace rb::analytics {

class Days {
 public:
  Days(Date first, Date last, const Zone& zone);  // first ≤ last

  std::size_t count() const { return count_; }
  Date date(std::size_t index) const { return first_ + std::chrono::days(index); }

  // What the clocks read then; nullopt: outside the period.
  std::optional<LocalTime> local(Time t) const {
    auto after = std::ranges::upper_bound(stretches_, t, {}, &Stretch::from);
    if (after == stretches_.begin() || t >= std::prev(after)->until) return std::nullopt;
    return LocalTime(t.time_since_epoch() + std::prev(after)->offset);
  }
  std::optional<std::size_t> index(Time t) const {
    auto reading = local(t);
    if (!reading) return std::nullopt;
    return static_cast<std::size_t>((std::chrono::floor<std::chrono::days>(*reading) - first_).count());
  }
  bool holds(Time t) const { return local(t).has_value(); }

  // Every moment of the period is in [begin, end); in some zones a few of these are not of the period.
  Time begin() const { return stretches_.front().from; }
  Time end() const { return stretches_.back().until; }
  const std::vector<Stretch>& stretches() const { return stretches_; }

 private:
  Date first_;
  std::size_t count_;
  std::vector<Stretch> stretches_;  // in order, cut to the period
};

// A question with its days worked out: what the figures are made with.
struct Scope {
  Question asked;
  Days days;
  explicit Scope(Question question) : asked(std::move(question)), days(asked.first, asked.last, asked.zone) {}
};

Date monday(Date day);            // of its week
std::string iso_date(Date date);  // "2026-01-02"
std::optional<Date> parse_date(std::string_view text);

}  // namespace rb::analytics
