#include "events/fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <charconv>
#include <cmath>

#include "base/strings.hpp"
#include "events/event.hpp"
#include "time/iso.hpp"

namespace rb::events {

namespace bj = boost::json;

namespace {

constexpr std::size_t kLongestId = 64;
constexpr std::size_t kLongestText = 10'000;

std::unexpected<Error> wrong(std::string reason) { return fail(Errc::invalid, std::move(reason)); }

std::optional<double> as_number(const bj::value& value) {
  if (value.is_number()) return value.to_number<double>();
  if (!value.is_string()) return std::nullopt;
  auto text = value.get_string();
  double number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number)) return std::nullopt;
  return number;
}

Result<bj::value> normal_text(const bj::value& value) {
  if (value.is_string()) {
    if (utf8_length(value.get_string()) > kLongestText) return wrong("is longer than 10000 characters");
    if (!is_storable(value.get_string())) return wrong("must not contain a NUL character");
    return value;
  }
  if (value.is_number()) return bj::string(bj::serialize(value));
  return wrong("must be a string");
}

Result<bj::value> normal_moment(const bj::value& value, const Zone& zone) {
  if (!value.is_string()) return wrong("must be an ISO 8601 time");
  auto moment = parse_iso(std::string_view(value.get_string()), zone);
  if (!moment) return fail(moment.error());
  return bj::string(format_iso(*moment));
}

Result<bj::value> normal_money(const bj::value& value) {
  // Decimals are checked against the currency by the envelope, which knows it; here: a number within reason.
  auto number = as_number(value);
  if (!number) return wrong("must be a number or a decimal string");
  if (*number < 0 || *number > 1e9) return wrong("must be between 0 and 1000000000");
  if (value.is_string()) return value;
  if (!value.is_double()) return bj::string(bj::serialize(value));
  return bj::string(fmt::format("{}", value.get_double()));
}

std::string range(const FieldRule& rule) {
  return fmt::format("must be between {} and {}", rule.least, rule.most);
}

Result<bj::value> normal_number(const FieldRule& rule, const bj::value& value) {
  auto number = as_number(value);
  if (!number) return wrong("must be a number");
  bool whole = rule.kind == Kind::integer;
  if (whole && *number != std::floor(*number)) return wrong("must be a whole number");
  if (*number < rule.least || *number > rule.most) return wrong(range(rule));
  if (whole) return bj::value(static_cast<std::int64_t>(*number));
  return bj::value(*number);
}

Result<bj::value> normal_flag(const bj::value& value) {
  if (value.is_bool()) return value;
  if (value.is_string() && (value.get_string() == "true" || value.get_string() == "false"))
    return bj::value(value.get_string() == "true");
  return wrong("must be true or false");
}

Result<bj::value> normal_choice(const FieldRule& rule, const bj::value& value) {
  auto words = split(rule.words, ' ');
  auto word = value.is_string() ? utf8_lower(std::string_view(value.get_string())) : std::string();
  if (std::ranges::find(words, word) == words.end()) return wrong("must be one of: " + join(words, ", "));
  return bj::string(word);
}

template <class Each>
Result<bj::value> normal_list(const bj::value& value, Each each) {
  bj::array out;
  auto add = [&](const bj::value& item) -> std::optional<Error> {
    Result<bj::value> normal = each(item);
    if (!normal) return normal.error();
    if (std::ranges::find(out, *normal) == out.end()) out.push_back(std::move(*normal));
    return std::nullopt;
  };
  if (!value.is_array()) {
    if (auto error = add(value)) return fail(*error);
    return out;
  }
  for (const auto& item : value.get_array())
    if (auto error = add(item)) return fail(*error);
  return out;
}

Result<bj::value> normal_id_value(const bj::value& value) {
  auto id = normal_id(value);
  if (!id) return wrong("must be an id: text of 1 to 64 characters or a whole number");
  return bj::string(*id);
}

Result<bj::value> normal_currency(const bj::value& value) {
  if (value.is_string() && value.get_string().size() == 3) {
    std::string code(value.get_string());
    std::ranges::transform(code, code.begin(), [](unsigned char c) { return std::toupper(c); });
    if (std::ranges::all_of(code, [](char c) { return c >= 'A' && c <= 'Z'; })) return bj::string(code);
  }
  return wrong("must be an ISO 4217 code such as RUB");
}

}  // namespace

std::optional<std::string> normal_id(const bj::value& value) {
  if (value.is_int64() || value.is_uint64()) return bj::serialize(value);
  if (!value.is_string()) return std::nullopt;
  auto text = trim(value.get_string());
  if (text.empty() || utf8_length(text) > kLongestId || !is_storable(text)) return std::nullopt;
  return std::string(text);
}

Result<bj::value> normal_value(const FieldRule& rule, const bj::value& value, const Zone& zone) {
  switch (rule.kind) {
    case Kind::id:
      return normal_id_value(value);
    case Kind::ids:
      return normal_list(value, normal_id_value);
    case Kind::text:
      return normal_text(value);
    case Kind::moment:
      return normal_moment(value, zone);
    case Kind::day_or_moment:
      if (value.is_string() && value.get_string().size() == 10) {
        auto day = parse_iso(std::string_view(value.get_string()), zone);
        if (!day) return fail(day.error());
        return value;
      }
      return normal_moment(value, zone);
    case Kind::money:
      return normal_money(value);
    case Kind::integer:
    case Kind::number:
      return normal_number(rule, value);
    case Kind::flag:
      return normal_flag(value);
    case Kind::choice:
      return normal_choice(rule, value);
    case Kind::choices:
      return normal_list(value, [&](const bj::value& item) { return normal_choice(rule, item); });
    case Kind::currency:
      return normal_currency(value);
    case Kind::objects:
      if (!value.is_array()) return wrong("must be a list");
      return value;
  }
  return wrong("is of an unknown kind");
}

}  // namespace rb::events
