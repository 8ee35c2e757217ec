#pragma once
// What one picture may cost at most. A figure within these limits takes a few seconds and 400 MB in the worst
// case; anyone may send one, and pictures wait for each other.
#include <cstddef>

namespace rb::plot {

inline constexpr int kMaxSide = 5000;  // width, height before scale
inline constexpr double kMinScale = 0.1, kMaxScale = 10;
inline constexpr double kMinDpi = 10, kMaxDpi = 2400;
inline constexpr double kMaxPixels = 25e6;             // of the picture
inline constexpr std::size_t kMaxValues = 1'000'000;   // scalars in the figure's JSON
inline constexpr std::size_t kMaxTextBytes = 500'000;  // of all texts that are new to be measured
inline constexpr double kMaxPaintedPixels = 4e9;       // of all shapes together, before they hide each other
inline constexpr double kMaxSegments = 4e6;            // of all outlines and dashes
inline constexpr std::size_t kMaxTraces = 1000;
inline constexpr std::size_t kMaxAnnotations = 5000;  // and as many shapes
inline constexpr std::size_t kMaxProblems = 100;      // errors that are told, and warnings

}  // namespace rb::plot
