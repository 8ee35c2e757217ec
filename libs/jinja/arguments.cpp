#include "jinja/arguments.hpp"

#include <algorithm>
#include <string>

namespace rb::jinja {

Value Arguments::take(std::string_view name) {
  auto at = std::ranges::find_if(named, [&](const auto& pair) { return pair.first.text() == name; });
  if (at == named.end()) return Value::unset(Value::Type::missing);
  auto value = std::move(at->second);
  named.erase(at);
  return value;
}

void bind(std::string_view function, std::span<const std::string_view> names, std::size_t required,
          Arguments& arguments, std::span<Value> out) {
  auto complain = [&](const std::string& what) {
    raise(ErrorKind::type, std::string(function) + "() " + what);
  };
  auto count = arguments.positional.size();
  if (count > names.size())
    complain("takes at most " + std::to_string(names.size()) + " arguments but " + std::to_string(count) +
             " were given");
  for (std::size_t i = 0; i < names.size(); ++i)
    out[i] = i < count ? arguments.positional[i] : Value::unset(Value::Type::missing);
  for (auto& [name, value] : arguments.named) {
    auto at = std::ranges::find(names, name.text());
    if (at == names.end()) complain("got an unexpected keyword argument '" + std::string(name.text()) + "'");
    auto& place = out[static_cast<std::size_t>(at - names.begin())];
    if (place.is_given()) complain("got multiple values for argument '" + std::string(name.text()) + "'");
    place = value;
  }
  for (std::size_t i = 0; i < required; ++i)
    if (!out[i].is_given()) complain("missing required argument: '" + std::string(names[i]) + "'");
}

void expect_positional(std::string_view function, const Arguments& arguments, std::size_t least,
                       std::size_t most) {
  auto count = arguments.positional.size();
  if (!arguments.named.empty())
    raise(ErrorKind::type, std::string(function) + "() takes no keyword arguments");
  if (count >= least && count <= most) return;
  raise(ErrorKind::type, std::string(function) + "() takes " + std::to_string(least) +
                             (least == most ? "" : " to " + std::to_string(most)) + " arguments (" +
                             std::to_string(count) + " given)");
}

}  // namespace rb::jinja
