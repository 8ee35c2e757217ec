#pragma once
// Whole numbers until a figure is put out: then two decimals, half away from zero. A double here is always
// the one nearest to a decimal number, so that JSON shows exactly that number. Pure.
#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace rb::analytics {

// A sum of whole units and how many were added.
struct Sum {
  std::int64_t total = 0, count = 0;

  void add(std::int64_t value) {
    total += value;
    ++count;
  }
  Sum& operator+=(const Sum& other) {
    total += other.total;
    count += other.count;
    return *this;
  }
  bool operator==(const Sum&) const = default;
};

// Tallies of parts that lie under the same keys, or at the same places, add up.
template <class Map>
void add_each(Map& to, const Map& other) {
  for (const auto& [key, tally] : other) to[key] += tally;
}
template <class Tally>
void add_each(std::vector<Tally>& to, const std::vector<Tally>& other) {
  to.resize(std::max(to.size(), other.size()));
  for (std::size_t i = 0; i < other.size(); ++i) to[i] += other[i];
}

double rounded(__int128 numerator, __int128 denominator);  // denominator > 0

std::optional<double> percent(std::int64_t part, std::int64_t whole);  // nullopt: of nothing
std::optional<double> mean(const Sum& sum, std::int64_t unit);         // of values kept in 1/unit
std::optional<double> mean_money(std::int64_t minor, std::int64_t count, std::string_view currency);
double major_units(std::int64_t minor, std::string_view currency);

}  // namespace rb::analytics
