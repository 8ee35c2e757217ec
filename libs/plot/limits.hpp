#pragma once
// What one picture may cost at most. A figure within these limits takes less than about two seconds and 300
// MB.
#include <cstddef>

namespace rb::plot {

inline constexpr int kMaxSide = 5000;  // width, height before scale
inline constexpr double kMaxScale = 10;
inline constexpr double kMaxPixels = 25e6;             // of the picture
inline constexpr std::size_t kMaxValues = 1'000'000;   // scalars in the figure's JSON
inline constexpr std::size_t kMaxTextBytes = 300'000;  // of all distinct texts that are measured
inline constexpr double kMaxPaintedPixels = 3e9;       // of all shapes together, before they hide each other
inline constexpr double kMaxSegments = 3e6;            // of all outlines and dashes

}  // namespace rb::plot
