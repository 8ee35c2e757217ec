#include "domain/lists/telling.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "jinja/moments.hpp"

namespace rb::notification::lists {
namespace {

constexpr std::size_t kMostTold = 3;

std::string reason_for(const Draft& first, std::size_t count, Time last, const Zone& zone) {
  bool moved = first.type == "lesson.rescheduled", english = first.language == "en";
  auto day = jinja::format_moment(last, zone, "%-d %B", english ? "en" : "ru");
  if (english)
    return fmt::format("the timetable has changed: {} lessons are {} {}", count,
                       moved ? "moved, the last one to" : "cancelled, the last one on", day);
  return fmt::format("изменилось расписание: всего {} занятий — {}, последнее {} {}",
                     moved ? "переносится" : "отменяется", count, moved ? "на" : "за", day);
}

}  // namespace

void decide_who_hears(Drafts& drafts, const Zone& zone) {
  std::map<std::string, std::vector<Draft*>> families;
  for (auto& draft : drafts) {
    if (draft.family.empty()) {
      draft.data["silent"] = true;
    } else {
      families[draft.type + "\n" + draft.family].push_back(&draft);
    }
  }
  for (auto& [family, all] : families) {
    if (all.size() <= kMostTold) continue;
    std::ranges::sort(all, {}, [](const Draft* one) { return std::pair(one->lesson_time, one->lesson_id); });
    all.front()->data["reason"] = reason_for(*all.front(), all.size(), all.back()->lesson_time, zone);
    for (std::size_t i = 1; i < all.size(); ++i) all[i]->data["silent"] = true;
  }
}

}  // namespace rb::notification::lists
