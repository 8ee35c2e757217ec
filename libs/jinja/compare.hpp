#pragma once
// Python's truth, equality, order, hashing and membership.
#include <cstdint>

#include "jinja/objects.hpp"

namespace rb::jinja {

bool truth(const Value& v);
bool equals(const Value& a, const Value& b);
bool identical(const Value& a, const Value& b);  // Python's `is`

enum class Order : std::uint8_t { less, less_equal, greater, greater_equal };
bool ordered(Order order, const Value& a, const Value& b);  // TypeError when the types have no order
inline bool less(const Value& a, const Value& b) { return ordered(Order::less, a, b); }

std::uint32_t hash_of(const Value& v);  // TypeError when unhashable
bool same_key(const Value& a, const Value& b);

bool contains(const Value& container, const Value& needle);
bool contains_by_iteration(Thing& container, const Value& needle);

}  // namespace rb::jinja
