#pragma once
// Whole numbers until a figure is put out: then two decimals, half away from zero. A double here is always
// the one nearest to a decimal number, so that JSON shows exactly that number. Pure.
#include <cstdint>
#include <optional>
#include <string_view>

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

double rounded(__int128 numerator, __int128 denominator);  // denominator > 0

std::optional<double> percent(std::int64_t part, std::int64_t whole);  // nullopt: of nothing
std::optional<double> mean(const Sum& sum, std::int64_t unit);         // of values kept in 1/unit
std::optional<double> mean_money(std::int64_t minor, std::int64_t count, std::string_view currency);
double major_units(std::int64_t minor, std::string_view currency);

}  // namespace rb::analytics
