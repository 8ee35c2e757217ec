#pragma once
// Filters that take an attribute: "name", "owner.name", 0, "rows.0.name".
#include <boost/container/small_vector.hpp>

#include "jinja/objects.hpp"

namespace rb::jinja {

// Texts compare in lower case unless the author wants otherwise.
Value ignore_case(const Value& v);

class Getter {
 public:
  Getter(Interpreter& in, const Value& attribute, Value otherwise = {});  // none: the item itself
  Value operator()(const Value& item) const;

 private:
  Interpreter& in_;
  boost::container::small_vector<Value, 2> parts_;
  Value otherwise_;  // instead of an undefined one, unless none
};

}  // namespace rb::jinja
