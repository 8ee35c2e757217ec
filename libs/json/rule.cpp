#include "json/rule.hpp"

namespace rb::json {

Rule rule(std::string member) {
  Rule out;
  out.name = std::move(member);
  return out;
}

Rule& Rule::alias(std::string old_name) {
  aliases.push_back(std::move(old_name));
  return *this;
}

Rule& Rule::defaulted() {
  has_default = true;
  return *this;
}

Rule& Rule::range(double least, double most) {
  minimum = least;
  maximum = most;
  return *this;
}

Rule& Rule::at_least(double least) {
  minimum = least;
  return *this;
}

Rule& Rule::length(std::size_t least, std::size_t most) {
  min_length = least;
  max_length = most;
  return *this;
}

Rule& Rule::is(Format f) {
  format = f;
  return *this;
}

Rule& Rule::one_of(std::vector<std::string> allowed) {
  values = std::move(allowed);
  return *this;
}

Rule& Rule::integer_or_text() {
  id = true;
  return *this;
}

Rule& Rule::omit_null() {
  omit = true;
  return *this;
}

Rule& Rule::doc(std::string text) {
  description = std::move(text);
  return *this;
}

Rule& Rule::example(boost::json::value value) {
  sample = std::move(value);
  return *this;
}

}  // namespace rb::json
