#pragma once
// The arguments of one call, and matching them with a function's parameters.
#include <array>
#include <boost/container/small_vector.hpp>
#include <initializer_list>
#include <span>
#include <string_view>
#include <utility>

#include "jinja/objects.hpp"

namespace rb::jinja {

struct Arguments {
  boost::container::small_vector<Value, 4> positional;
  boost::container::small_vector<std::pair<Value, Value>, 2> named;  // name, value

  bool empty() const { return positional.empty() && named.empty(); }
  // Removes and returns a named argument; missing when it is absent.
  Value take(std::string_view name);
};

// Places arguments by position and name; what is absent stays `missing`. TypeError for too many, unknown or
// doubled ones and for an absent one of the first `required`.
void bind(std::string_view function, std::span<const std::string_view> names, std::size_t required,
          Arguments& arguments, std::span<Value> out);

template <std::size_t N>
std::array<Value, N> bind(std::string_view function, const std::string_view (&names)[N], std::size_t required,
                          Arguments& arguments) {
  std::array<Value, N> out;
  bind(function, std::span<const std::string_view>(names), required, arguments, std::span<Value>(out));
  return out;
}

// For functions that take at most `most` arguments, by position only.
void expect_positional(std::string_view function, const Arguments& arguments, std::size_t least,
                       std::size_t most);

inline Value given(const Value& v, const Value& otherwise) { return v.is_given() ? v : otherwise; }

}  // namespace rb::jinja
