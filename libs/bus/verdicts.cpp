#include "bus/verdicts.hpp"

namespace rb::bus {

void Verdicts::settle(std::uint64_t tag, Verdict verdict) {
  auto found = open_.find(tag);
  if (found != open_.end() && !found->second) found->second = verdict;
}

std::vector<Settlement> Verdicts::take() {
  std::vector<Settlement> out;
  bool all_before_settled = true;
  for (auto it = open_.begin(); it != open_.end();) {
    if (!it->second) {
      all_before_settled = false;
      ++it;
      continue;
    }
    if (all_before_settled && !out.empty() && out.back().verdict == *it->second) {
      out.back().tag = it->first;
      out.back().multiple = true;
    } else {
      out.push_back({*it->second, it->first, false});
    }
    it = open_.erase(it);
  }
  return out;
}

}  // namespace rb::bus
