#include "domain/cells/cell.hpp"

#include <algorithm>
#include <array>

namespace rb::analytics {
namespace {

constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr unsigned kMore = 32;  // more digits follow
constexpr std::uint8_t kNone = 64;

constexpr auto kValues = [] {
  std::array<std::uint8_t, 256> out{};
  out.fill(kNone);
  for (std::size_t i = 0; i < kDigits.size(); ++i)
    out[static_cast<std::uint8_t>(kDigits[i])] = static_cast<std::uint8_t>(i);
  return out;
}();

void append(std::string& out, std::uint64_t number) {
  for (; number >= kMore; number >>= 5) out += kDigits[(number & 31) | kMore];
  out += kDigits[number];
}

// The sign stands in the last bit.
void append_signed(std::string& out, std::int64_t number) {
  auto bits = static_cast<std::uint64_t>(number);
  append(out, number < 0 ? ((~bits + 1) << 1) | 1 : bits << 1);
}

bool take(std::string_view& text, std::uint64_t& number) {
  number = 0;
  std::size_t at = 0;
  for (unsigned shift = 0; at < text.size() && shift < 64; shift += 5) {
    auto digit = kValues[static_cast<std::uint8_t>(text[at++])];
    if (digit == kNone) return false;
    number |= std::uint64_t{digit & 31U} << shift;
    if ((digit & kMore) != 0) continue;
    text.remove_prefix(at);
    return true;
  }
  return false;
}

// Keys keep 63 bits free of the mark.
std::uint64_t packed(std::uint64_t step) {
  constexpr auto kRest = (std::uint64_t{1} << kKeyStepBits) - 1;
  return (step & kRest) == 0 ? (step >> kKeyStepBits) << 1 : (step << 1) | 1;
}
std::uint64_t unpacked(std::uint64_t bits) {
  return (bits & 1) != 0 ? bits >> 1 : (bits >> 1) << kKeyStepBits;
}

std::int64_t signed_of(std::uint64_t bits) {
  auto size = static_cast<std::int64_t>(bits >> 1);
  return (bits & 1) != 0 ? -size : size;
}

}  // namespace

Cell::Cell(std::vector<Counter> counters) : counters_(std::move(counters)) {
  std::ranges::sort(counters_, {}, &Counter::key);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < counters_.size();) {
    auto sum = counters_[i];
    for (++i; i < counters_.size() && counters_[i].key == sum.key; ++i) sum.value += counters_[i].value;
    if (sum.value != 0) counters_[kept++] = sum;
  }
  counters_.resize(kept);
}

std::optional<Cell> Cell::from_text(std::string_view text) {
  Cell out;
  out.counters_.reserve(text.size() / 3);
  std::uint64_t key = 0, step = 0, value = 0;
  while (!text.empty()) {
    if (!take(text, step) || !take(text, value)) return std::nullopt;
    key += unpacked(step);
    out.counters_.push_back({key, signed_of(value)});
  }
  return out;
}

std::string Cell::text() const {
  std::string out;
  out.reserve(counters_.size() * 3);
  std::uint64_t key = 0;
  for (const auto& counter : counters_) {
    append(out, packed(counter.key - key));
    append_signed(out, counter.value);
    key = counter.key;
  }
  return out;
}

void Cell::add(std::span<const Counter> others, std::int64_t times) {
  std::vector<Counter> sum;
  sum.reserve(counters_.size() + others.size());
  auto mine = counters_.begin();
  for (const auto& theirs : others) {
    while (mine != counters_.end() && mine->key < theirs.key) sum.push_back(*mine++);
    auto value = theirs.value * times;
    if (mine != counters_.end() && mine->key == theirs.key) value += (mine++)->value;
    if (value != 0) sum.push_back({theirs.key, value});
  }
  sum.insert(sum.end(), mine, counters_.end());
  counters_ = std::move(sum);
}

}  // namespace rb::analytics
