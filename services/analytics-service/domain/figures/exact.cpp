#include "domain/figures/exact.hpp"

#include "events/event.hpp"

namespace rb::analytics {
namespace {

std::int64_t minor_in_major(std::string_view currency) {
  std::int64_t units = 1;
  for (int i = 0; i < events::currency_digits(currency); ++i) units *= 10;
  return units;
}

}  // namespace

double rounded(__int128 numerator, __int128 denominator) {
  bool negative = numerator < 0;
  auto size = negative ? -numerator : numerator;
  auto hundredths = (200 * size + denominator) / (2 * denominator);
  auto value = static_cast<double>(static_cast<std::int64_t>(hundredths)) / 100;
  return negative && hundredths != 0 ? -value : value;
}

std::optional<double> percent(std::int64_t part, std::int64_t whole) {
  if (whole == 0) return std::nullopt;
  return rounded(static_cast<__int128>(100) * part, whole);
}

std::optional<double> mean(const Sum& sum, std::int64_t unit) {
  if (sum.count == 0) return std::nullopt;
  return rounded(sum.total, static_cast<__int128>(sum.count) * unit);
}

std::optional<double> mean_money(std::int64_t minor, std::int64_t count, std::string_view currency) {
  return mean({minor, count}, minor_in_major(currency));
}

double major_units(std::int64_t minor, std::string_view currency) {
  return static_cast<double>(minor) / static_cast<double>(minor_in_major(currency));
}

}  // namespace rb::analytics
