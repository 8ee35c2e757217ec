#include "config/reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "base/strings.hpp"

namespace rb::config {

Reader::Reader(const Source& source, const std::vector<Group>& groups, bool production)
    : source_(source), groups_(groups), production_(production) {}

const Option& Reader::option(std::string_view name) const {
  for (const auto& group : groups_)
    for (const auto& option : group.options)
      if (option.name == name) return option;
  throw std::logic_error(fmt::format("no option table has {}", name));
}

std::optional<Source::Found> Reader::found(const Option& option) const {
  auto found = source_.find(option);
  bool unset = found && !production_ && !option.weak_in_development && is_placeholder(option, found->value);
  return unset ? std::nullopt : found;
}

bool Reader::is_set(std::string_view name) const { return found(option(name)).has_value(); }

std::string Reader::value(std::string_view name) {
  const auto& wanted = option(name);
  auto found = this->found(wanted);
  if (!found) return wanted.fallback;
  auto reason = problem_of(wanted, found->value);
  if (production_ && is_placeholder(wanted, found->value))
    problem(found->name, "is still a placeholder; production needs a value of your own");
  else if (reason && wanted.secret)
    problem(found->name, *reason);
  else if (reason)
    problem(found->name,
            fmt::format("{}, not \"{}\"{}", *reason, found->value, found->in_dotenv ? " (in .env)" : ""));
  else
    return std::move(found->value);
  return wanted.fallback;
}

void Reader::check_all() {
  for (const auto& group : groups_)
    for (const auto& option : group.options) value(option.name);
}

void Reader::problem(std::string_view name, std::string_view reason) {
  auto line = fmt::format("{}: {}", name, reason);
  if (std::ranges::find(problems_, line) == problems_.end()) problems_.push_back(std::move(line));
}

std::string Reader::text(std::string_view name) {
  auto text = value(name);
  return option(name).kind == Kind::choice ? ascii_lower(text) : text;
}

double Reader::number(std::string_view name) {
  auto text = value(name);
  double number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

std::int64_t Reader::integer(std::string_view name) { return static_cast<std::int64_t>(number(name)); }
bool Reader::boolean(std::string_view name) { return to_boolean(value(name)).value_or(false); }
std::uint16_t Reader::port(std::string_view name) { return static_cast<std::uint16_t>(integer(name)); }
std::chrono::seconds Reader::seconds(std::string_view name) { return std::chrono::seconds(integer(name)); }
std::vector<std::string> Reader::list(std::string_view name) { return to_list(value(name)); }

}  // namespace rb::config
