#include "config/option.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/strings.hpp"
#include "config/server_url.hpp"

namespace rb::config {
namespace {

std::optional<double> to_number(std::string_view value) {
  double number = 0;
  auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc() || end != value.data() + value.size() || !std::isfinite(number))
    return std::nullopt;
  return number;
}

std::optional<std::string> number_problem(const Option& option, std::string_view value) {
  auto number = to_number(value);
  bool whole = option.kind != Kind::number;
  bool fits = number && (!whole || *number == std::floor(*number));
  double most = option.kind == Kind::port ? 65535 : option.most;
  double least = option.kind == Kind::port ? 1 : option.least;
  if (fits && *number >= least && *number <= most) return std::nullopt;
  std::string what = option.kind == Kind::port      ? "a port"
                     : option.kind == Kind::seconds ? "a whole number of seconds"
                     : whole                        ? "a whole number"
                                                    : "a number";
  return most < kUnbounded ? fmt::format("must be {} from {} to {}", what, least, most)
                           : fmt::format("must be {} of at least {}", what, least);
}

std::optional<std::string> url_problem(const Option& option, std::string_view value) {
  auto url = parse_server_url(value);
  if (url && std::ranges::find(option.choices, url->scheme) != option.choices.end()) return std::nullopt;
  return fmt::format("must be a URL that begins with {}:// and names a host",
                     fmt::join(option.choices, ":// or "));
}

}  // namespace

std::optional<std::string> problem_of(const Option& option, std::string_view value) {
  switch (option.kind) {
    case Kind::text:
    case Kind::list:
      return std::nullopt;
    case Kind::boolean:
      if (to_boolean(value)) return std::nullopt;
      return "must be true or false";
    case Kind::choice:
      if (std::ranges::find(option.choices, ascii_lower(value)) != option.choices.end()) return std::nullopt;
      return fmt::format("must be {}", fmt::join(option.choices, " or "));
    case Kind::url:
      return url_problem(option, value);
    case Kind::integer:
    case Kind::number:
    case Kind::port:
    case Kind::seconds:
      return number_problem(option, value);
  }
  return std::nullopt;
}

bool is_placeholder(const Option& option, std::string_view value) {
  return value.starts_with("your_") ||
         std::ranges::find(option.placeholders, value) != option.placeholders.end();
}

std::optional<bool> to_boolean(std::string_view value) {
  auto lower = ascii_lower(value);
  if (lower == "true" || lower == "1" || lower == "yes" || lower == "on") return true;
  if (lower == "false" || lower == "0" || lower == "no" || lower == "off") return false;
  return std::nullopt;
}

std::vector<std::string> to_list(std::string_view value) {
  std::vector<std::string> items;
  if (value == "none") return items;
  for (const auto& part : split(value, ','))
    if (auto item = trim(part); !item.empty()) items.emplace_back(item);
  return items;
}

}  // namespace rb::config
