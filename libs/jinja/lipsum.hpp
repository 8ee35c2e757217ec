#pragma once
// Dummy text for layouts.
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace rb::jinja {

// `count` paragraphs of `low` to `high` - 1 words; `low` is less than `high`. Charges the meter.
std::vector<std::string> lorem_ipsum(std::int64_t count, std::int64_t low, std::int64_t high,
                                     const std::function<std::uint64_t()>& random);

}  // namespace rb::jinja
