#pragma once
// A value that belongs to a compiled template or an environment: immortal, so that many threads may read it.
#include "jinja/objects.hpp"

namespace rb::jinja {

class Constant {
 public:
  Constant() = default;
  explicit Constant(Value v);  // takes a copy of containers
  ~Constant();
  Constant(Constant&& other) noexcept : value_(std::move(other.value_)) {}
  Constant& operator=(Constant&& other) noexcept {
    value_.swap(other.value_);
    return *this;
  }
  const Value& value() const { return value_; }

 private:
  Value value_;
};

// A copy that shares no container with `v`; what occurs twice in `v` occurs twice in the copy as one object.
Value deep_copy(const Value& v);

}  // namespace rb::jinja
