#pragma once
// A bag of counters: whole numbers under whole keys. What was added can be taken away again, so a cell never
// has to be counted anew. Its text: for each counter, in the order of keys, the distance from the key before
// and the value, both in Base64 VLQ (ECMA-426, «Source map format»). The last bit of a distance says whether
// it is in units of 2^kKeyStepBits (0), as most are, or of 1. Pure.
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rb::analytics {

inline constexpr unsigned kKeyStepBits = 28;  // measure.hpp: the last field of a key

struct Counter {
  std::uint64_t key = 0;
  std::int64_t value = 0;
  bool operator==(const Counter&) const = default;
};

class Cell {
 public:
  Cell() = default;
  explicit Cell(std::vector<Counter> counters);  // in any order; equal keys add up

  static std::optional<Cell> from_text(std::string_view text);  // nullopt: it is none
  std::string text() const;

  void add(std::span<const Counter> others, std::int64_t times = 1);  // by key

  const std::vector<Counter>& counters() const { return counters_; }  // by key; none is 0
  bool empty() const { return counters_.empty(); }
  bool operator==(const Cell&) const = default;

 private:
  std::vector<Counter> counters_;
};

}  // namespace rb::analytics
