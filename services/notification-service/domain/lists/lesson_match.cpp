#include "domain/lists/lesson_match.hpp"

#include <algorithm>
#include <tuple>

namespace rb::notification::lists {
namespace {

constexpr Micros kFurthestMove = std::chrono::weeks(1);

bool share_a_student(const RememberedLesson& before, const Wish& wish) {
  std::vector<std::string> common;
  std::ranges::set_intersection(before.students, wish.students, std::back_inserter(common));
  return !common.empty();
}

class Matching {
 public:
  Matching(std::vector<const RememberedLesson*> before, std::vector<const Wish*> wishes)
      : before_(std::move(before)), wishes_(std::move(wishes)) {
    std::ranges::sort(before_, {}, [](const auto* b) { return std::tuple(b->starts_at, b->lesson_id); });
    std::ranges::sort(wishes_, {}, [](const auto* w) { return std::tuple(w->start, w->row_key); });
  }

  std::vector<Match> run() {
    for (const auto* before : before_)
      pair_first(before,
                 [&](const Wish& w) { return w.row_key == before->row_key && w.start == before->starts_at; });
    for (const auto* before : before_)
      pair_first(before, [&](const Wish& w) {
        return w.row->id.empty() && w.tutor_id == before->tutor_id && w.start == before->starts_at &&
               share_a_student(*before, w);
      });
    pair_nearest();
    std::vector<Match> out;
    for (const auto* wish : wishes_)
      if (!taken_.contains(wish)) out.push_back({nullptr, wish});
    for (const auto* before : before_)
      if (!taken_.contains(before)) matches_.push_back({before, nullptr});
    std::ranges::sort(matches_, {},
                      [](const Match& m) { return std::tuple(m.before->starts_at, m.before->lesson_id); });
    std::ranges::move(matches_, std::back_inserter(out));
    return out;
  }

 private:
  void take(const RememberedLesson* before, const Wish* wish) {
    matches_.push_back({before, wish});
    taken_.insert(before);
    taken_.insert(wish);
  }

  // Only wishes at the lesson's own time come into question.
  template <class Fits>
  void pair_first(const RememberedLesson* before, Fits fits) {
    if (taken_.contains(before)) return;
    auto same_time = std::ranges::equal_range(wishes_, before->starts_at, {}, &Wish::start);
    for (const auto* wish : same_time)
      if (!taken_.contains(wish) && fits(*wish)) return take(before, wish);
  }

  void pair_nearest() {
    std::map<std::string, std::vector<const Wish*>> open;
    for (const auto* wish : wishes_)
      if (!taken_.contains(wish)) open[wish->row_key].push_back(wish);
    std::vector<std::tuple<Micros, const RememberedLesson*, const Wish*>> pairs;
    for (const auto* before : before_) {
      if (taken_.contains(before)) continue;
      for (const auto* wish : open[before->row_key]) {
        auto far = std::chrono::abs(wish->start - before->starts_at);
        if (far <= kFurthestMove || !wish->row->id.empty()) pairs.emplace_back(far, before, wish);
      }
    }
    std::ranges::sort(pairs, {}, [](const auto& pair) {
      const auto& [far, before, wish] = pair;
      return std::tuple(far, before->starts_at, before->lesson_id, wish->start);
    });
    for (const auto& [far, before, wish] : pairs)
      if (!taken_.contains(before) && !taken_.contains(wish)) take(before, wish);
  }

  std::vector<const RememberedLesson*> before_;
  std::vector<const Wish*> wishes_;
  std::set<const void*> taken_;
  std::vector<Match> matches_;
};

}  // namespace

std::vector<Match> match_lessons(std::vector<const RememberedLesson*> before,
                                 std::vector<const Wish*> wishes) {
  return Matching(std::move(before), std::move(wishes)).run();
}

}  // namespace rb::notification::lists
