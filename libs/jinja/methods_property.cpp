// Methods of texts that ask something about them.
#include <algorithm>

#include "jinja/compare.hpp"
#include "jinja/methods.hpp"
#include "jinja/operators.hpp"
#include "jinja/printing.hpp"
#include "jinja/text.hpp"
#include "jinja/unicode.hpp"

namespace rb::jinja {
namespace {

using Type = Value::Type;

template <bool (*property)(char32_t), bool empty_too = false>
Value every(Interpreter&, const Value& self, Arguments& arguments) {
  expect_positional("str method", arguments, 0, 0);
  auto text = self.text();
  charge_steps(text.size() / 32);
  for (std::size_t at = 0; at < text.size();)
    if (!property(next_point(text, at))) return Value(false);
  return Value(empty_too || !text.empty());
}

bool is_ascii(char32_t c) { return c < 0x80; }

template <bool upper_case>
Value in_case(Interpreter&, const Value& self, Arguments& arguments) {
  expect_positional("str method", arguments, 0, 0);
  charge_steps(self.text().size() / 32);
  return Value(all_in_case(self.text(), upper_case));
}

Value istitle(Interpreter&, const Value& self, Arguments& arguments) {
  expect_positional("istitle", arguments, 0, 0);
  charge_steps(self.text().size() / 32);
  bool any = false, after_cased = false;
  for (std::size_t at = 0; at < self.text().size();) {
    auto c = next_point(self.text(), at);
    if (is_upper(c) || is_title(c)) {
      if (after_cased) return Value(false);
      after_cased = any = true;
    } else if (is_lower(c)) {
      if (!after_cased) return Value(false);
      any = true;
    } else {
      after_cased = false;
    }
  }
  return Value(any);
}

Value isidentifier(Interpreter&, const Value& self, Arguments& arguments) {
  expect_positional("isidentifier", arguments, 0, 0);
  auto text = self.text();
  charge_steps(text.size() / 32);
  for (std::size_t at = 0; at < text.size();) {
    bool first = at == 0;
    auto c = next_point(text, at);
    if (first ? !is_identifier_start(c) : !is_identifier_part(c)) return Value(false);
  }
  return Value(!text.empty());
}

// The part of the text that start and end (code points, Python's rules) leave, and where it begins in bytes.
struct Window {
  std::string_view part;
  std::int64_t start = 0;
  bool possible = true;  // start lies within the text
};

Window window(const Value& self, const Arguments& arguments) {
  auto length = static_cast<std::int64_t>(self.str().length());
  auto bound = [&](std::size_t i, std::int64_t otherwise) {
    if (arguments.positional.size() <= i || arguments.positional[i].is(Type::none)) return otherwise;
    auto at = to_index(arguments.positional[i]);
    return at < 0 ? std::max<std::int64_t>(at + length, 0) : at;
  };
  auto start = bound(1, 0), stop = std::min(bound(2, length), length);
  if (start > length || stop < start) return {{}, start, false};
  auto text = self.text();
  auto from = offset_of(text, static_cast<std::size_t>(start));
  return {text.substr(from, offset_of(text.substr(from), static_cast<std::size_t>(stop - start))), start,
          true};
}

const Value& needle_of(const Arguments& arguments) {
  const auto& needle = arguments.positional[0];
  if (!needle.is_text()) raise(ErrorKind::type, "must be str, not " + std::string(type_name(needle)));
  return needle;
}

std::int64_t find_in(const Value& self, Arguments& arguments, bool from_right) {
  expect_positional("find", arguments, 1, 3);
  auto needle = needle_of(arguments).text();
  auto w = window(self, arguments);
  charge_steps(self.text().size() / 32);
  auto at = !w.possible  ? std::string_view::npos
            : from_right ? find_last_text(w.part, needle)
                         : find_text(w.part, needle);
  if (at == std::string_view::npos) return -1;
  return w.start + static_cast<std::int64_t>(to_points(w.part.substr(0, at)).size());
}

template <bool from_right>
Value find_method(Interpreter&, const Value& self, Arguments& arguments) {
  return Value(find_in(self, arguments, from_right));
}

template <bool from_right>
Value index_method(Interpreter&, const Value& self, Arguments& arguments) {
  auto at = find_in(self, arguments, from_right);
  if (at < 0) raise(ErrorKind::value, "substring not found");
  return Value(at);
}

Value count_method(Interpreter&, const Value& self, Arguments& arguments) {
  expect_positional("count", arguments, 1, 3);
  auto needle = needle_of(arguments).text();
  auto w = window(self, arguments);
  charge_steps(self.text().size() / 32);
  if (!w.possible) return Value(0);
  if (needle.empty()) return Value(static_cast<std::int64_t>(to_points(w.part).size()) + 1);
  std::int64_t n = 0;
  for (auto at = find_text(w.part, needle); at != std::string_view::npos;
       at = find_text(w.part, needle, at + needle.size()))
    ++n;
  return Value(n);
}

template <bool at_end>
Value affix(Interpreter&, const Value& self, Arguments& arguments) {
  expect_positional(at_end ? "endswith" : "startswith", arguments, 1, 3);
  auto w = window(self, arguments);
  auto matches = [&](const Value& v) {
    if (!v.is_text())
      raise(ErrorKind::type, "first arg must be str or a tuple of str, not " + std::string(type_name(v)));
    return w.possible && (at_end ? w.part.ends_with(v.text()) : w.part.starts_with(v.text()));
  };
  const auto& wanted = arguments.positional[0];
  if (!wanted.is(Type::tuple)) return Value(matches(wanted));
  const auto& options = wanted.items().items;
  return Value(std::ranges::any_of(options, matches));
}

constexpr Method kPropertyMethods[] = {
    {"isalpha", every<is_alpha>},
    {"isdigit", every<is_digit>},
    {"isdecimal", every<is_decimal>},
    {"isnumeric", every<is_numeric>},
    {"isalnum", every<is_alnum>},
    {"isspace", every<is_space>},
    {"isascii", every<is_ascii, true>},
    {"isprintable", every<is_printable, true>},
    {"isupper", in_case<true>},
    {"islower", in_case<false>},
    {"istitle", istitle},
    {"isidentifier", isidentifier},
    {"find", find_method<false>},
    {"rfind", find_method<true>},
    {"index", index_method<false>},
    {"rindex", index_method<true>},
    {"count", count_method},
    {"startswith", affix<false>},
    {"endswith", affix<true>},
};

}  // namespace

Methods text_property_methods() { return kPropertyMethods; }

}  // namespace rb::jinja
