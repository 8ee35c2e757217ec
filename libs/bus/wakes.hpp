#pragma once
// Listeners of this process that wait for a topic's wake-ups. Loop thread only.
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace rb::bus {

class Wakes {
 public:
  void listen(std::string topic, std::function<void()> listener) {
    listeners_[std::move(topic)].push_back(std::move(listener));
  }
  void wake(const std::string& topic) const {
    if (auto found = listeners_.find(topic); found != listeners_.end()) {
      for (const auto& listener : found->second) listener();
    }
  }
  std::vector<std::string> topics() const {
    std::vector<std::string> out;
    for (const auto& [topic, listeners] : listeners_) out.push_back(topic);
    return out;
  }

 private:
  std::map<std::string, std::vector<std::function<void()>>> listeners_;
};

}  // namespace rb::bus
