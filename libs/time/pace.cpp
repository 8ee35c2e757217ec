#include "time/pace.hpp"

#include <algorithm>

namespace rb {

Pace Pace::part(int parts) const {
  if (parts <= 1 || most <= 0) return *this;
  if (kind == Kind::bucket) return {std::max(1, most / parts), span * parts, kind};
  if (most >= parts) return {most / parts, span, kind};
  return {1, span * parts / most, kind};
}

void Gate::forget(Time now) {
  auto first = std::ranges::upper_bound(busy_until_, now);
  busy_until_.erase(busy_until_.begin(), first);
  std::erase_if(under_way_, [&](const auto& call) { return call.second <= now; });
}

int Gate::free(const Pace& pace, Time now) {
  forget(now);
  if (closed(now)) return 0;
  auto used = static_cast<int>(under_way_.size() + busy_until_.size());
  return std::max(0, pace.most - used);
}

Time Gate::free_at(const Pace& pace, Time now) {
  if (free(pace, now) > 0) return now;
  auto over = static_cast<int>(under_way_.size() + busy_until_.size()) - pace.most;
  auto at = now;
  if (over >= static_cast<int>(busy_until_.size())) {
    at = now + pace.span;  // whatever is under way cannot come back earlier
  } else if (over >= 0) {
    at = busy_until_[static_cast<std::size_t>(over)];
  }
  return std::max(at, closed_until_);
}

void Gate::begin(const std::string& id, Time until) { under_way_[id] = until; }

void Gate::end(const Pace& pace, const std::string& id, Time now) {
  under_way_.erase(id);
  auto from = now;
  if (pace.kind == Pace::Kind::bucket && !busy_until_.empty()) from = std::max(now, busy_until_.back());
  auto until = from + pace.span;
  busy_until_.insert(std::ranges::upper_bound(busy_until_, until), until);
}

void Gate::use_up(const Pace& pace, Time now) {
  busy_until_.clear();
  for (int i = 1; i <= pace.most; ++i)
    busy_until_.push_back(now + (pace.kind == Pace::Kind::bucket ? pace.span * i : pace.span));
}

bool Gate::idle(Time now) const {
  bool busy = !busy_until_.empty() && busy_until_.back() > now;
  bool called = std::ranges::any_of(under_way_, [&](const auto& call) { return call.second > now; });
  return !busy && !called && !closed(now);
}

}  // namespace rb
