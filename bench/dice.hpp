#pragma once
// Chance that is the same everywhere: the distributions of standard libraries differ, these do not.
#include <fmt/format.h>

#include <cstdint>
#include <random>
#include <string>

namespace rb::bench {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : bits_(seed) {}
  double unit() { return static_cast<double>(bits_() >> 11) / 9007199254740992.0; }
  int between(int least, int most) { return least + static_cast<int>(unit() * (most - least + 1)); }
  std::size_t below(std::size_t count) {
    return static_cast<std::size_t>(unit() * static_cast<double>(count));
  }
  bool chance(double part) { return unit() < part; }
  std::string id() { return fmt::format("{:016x}{:016x}", bits_(), bits_()); }
  template <class List>
  const auto& one_of(const List& list) {
    return list[below(list.size())];
  }

 private:
  std::mt19937_64 bits_;
};

}  // namespace rb::bench
