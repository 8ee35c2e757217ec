#pragma once
// Numbers for the words and people that cells count by. A number never changes its meaning. Pure.
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

namespace rb::analytics {

// People and other words never share a number: a person's name can be forgotten.
inline std::string person_name(std::string_view id) { return "@" + std::string(id); }
inline std::string word_name(std::string_view word) { return "=" + std::string(word); }

class Names {
 public:
  // 0 and noted as missing when nobody has told it.
  std::uint32_t person(std::string_view id) { return number(person_name(id)); }
  std::uint32_t word(std::string_view word) { return number(word_name(word)); }

  const std::set<std::string>& missing() const { return missing_; }
  void learn(const std::string& name, std::uint32_t number) {
    numbers_[name] = number;
    missing_.erase(name);
  }
  void forget(const std::string& name) { numbers_.erase(name); }

 private:
  std::uint32_t number(const std::string& name) {
    auto found = numbers_.find(name);
    if (found != numbers_.end()) return found->second;
    missing_.insert(name);
    return 0;
  }
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::set<std::string> missing_;
};

}  // namespace rb::analytics
