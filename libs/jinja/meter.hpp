#pragma once
// What the present render may still consume. One render runs on one thread, so the meter is thread-local:
// every operation on values can charge it without a parameter. Outside a render nothing is limited.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <new>

namespace rb::jinja {

inline constexpr std::uint64_t kStepsBetweenLooksAtClock = 4096;
inline constexpr std::size_t kUnthinkable = std::size_t{1}
                                            << 40;  // bytes: above any limit, far below overflow

struct Meter {
  std::int64_t memory = 0;  // bytes held by values of this thread
  std::int64_t memory_limit = std::numeric_limits<std::int64_t>::max();
  std::uint64_t steps = 0;
  std::uint64_t step_stop =
      std::numeric_limits<std::uint64_t>::max();  // where to look at clock and limit again
  std::uint64_t step_limit = std::numeric_limits<std::uint64_t>::max();
  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
  int depth = 0;
  int depth_limit = std::numeric_limits<int>::max();
  bool rendering = false;
};

extern constinit thread_local Meter meter;

[[noreturn]] void memory_exceeded(std::size_t bytes);
[[noreturn]] void depth_exceeded();
void check_steps();

inline void charge_memory(std::size_t bytes) {
  meter.memory += static_cast<std::int64_t>(bytes);
  if (meter.memory > meter.memory_limit) [[unlikely]]
    memory_exceeded(bytes);
}
inline void release_memory(std::size_t bytes) { meter.memory -= static_cast<std::int64_t>(bytes); }

// Work that grows with its input is charged in steps: one loop turn, one call, some dozens of bytes looked
// at.
inline void charge_steps(std::uint64_t count = 1) {
  meter.steps += count;
  if (meter.steps > meter.step_stop) [[unlikely]]
    check_steps();
}

// Refuses `count` times `bytes` that could never fit, before anything of that size is built in a temporary.
void check_size(std::size_t bytes, std::size_t count = 1);

// The same for a temporary that grows part by part, to be asked after each.
inline void check_growth(std::size_t bytes) {
  if (bytes > kUnthinkable || meter.memory + static_cast<std::int64_t>(bytes) > meter.memory_limit)
      [[unlikely]]
    memory_exceeded(0);
}

// One level of nesting: calls, includes, nested containers.
class Deeper {
 public:
  Deeper() {
    if (++meter.depth > meter.depth_limit) [[unlikely]] {
      --meter.depth;
      depth_exceeded();
    }
  }
  ~Deeper() { --meter.depth; }
  Deeper(const Deeper&) = delete;
  Deeper& operator=(const Deeper&) = delete;
};

template <class T>
struct Metered {
  using value_type = T;
  Metered() = default;
  template <class U>
  Metered(const Metered<U>&) {}
  T* allocate(std::size_t n) {
    charge_memory(n * sizeof(T));
    return static_cast<T*>(::operator new(n * sizeof(T)));
  }
  void deallocate(T* p, std::size_t n) {
    release_memory(n * sizeof(T));
    ::operator delete(p);
  }
  bool operator==(const Metered&) const { return true; }
};

}  // namespace rb::jinja
