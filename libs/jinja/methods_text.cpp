// Methods of texts that give a text. Those of a safe text escape their arguments and give a safe text.
#include <algorithm>

#include "jinja/bytes.hpp"
#include "jinja/format.hpp"
#include "jinja/iterate.hpp"
#include "jinja/methods.hpp"
#include "jinja/operators.hpp"
#include "jinja/printing.hpp"
#include "jinja/text.hpp"
#include "jinja/unicode.hpp"

namespace rb::jinja {
namespace {

using Type = Value::Type;

// An argument that must be a text; escaped when `self` is safe.
Value text_argument(const Value& self, const Value& v, std::string_view what) {
  if (self.is(Type::markup) && v.is_text()) return escape(v);
  if (!v.is_text())
    raise(ErrorKind::type, std::string(what) + " argument must be str, not " + std::string(type_name(v)));
  return v;
}

template <Value (*map)(const Value& text)>
Value mapped_method(Interpreter&, const Value& self, Arguments& arguments) {
  expect_positional("str method", arguments, 0, 0);
  charge_steps(self.str().size / 32);
  return map(self);
}

// This and removeprefix, removesuffix are not among the methods a safe text overrides: they give a plain one.
Value casefold_method(Interpreter&, const Value& self, Arguments& arguments) {
  expect_positional("casefold", arguments, 0, 0);
  return Value(casefold(self.text()));
}

Value strip_with(const Value& self, Arguments& arguments, bool left, bool right) {
  expect_positional("strip", arguments, 0, 1);
  if (arguments.positional.empty() || arguments.positional[0].is(Type::none))
    return like(self, strip(self.text(), left, right));
  auto chars = text_argument(self, arguments.positional[0], "strip");
  return like(self, strip_points(self.text(), chars.text(), left, right));
}

template <bool left, bool right>
Value strip_method(Interpreter&, const Value& self, Arguments& arguments) {
  return strip_with(self, arguments, left, right);
}

Value replace_method(Interpreter&, const Value& self, Arguments& arguments) {
  expect_positional("replace", arguments, 2, 3);
  auto from = text_argument(self, arguments.positional[0], "replace() 1");
  auto to = text_argument(self, arguments.positional[1], "replace() 2");
  auto count = arguments.positional.size() > 2 ? to_index(arguments.positional[2]) : -1;
  return like(self, replace_text(self.text(), from.text(), to.text(), count));
}

// center, ljust, rjust: `before` says how much of the padding goes to the left.
template <std::size_t (*before)(std::size_t padding, std::size_t width)>
Value justify(Interpreter&, const Value& self, Arguments& arguments) {
  expect_positional("justify", arguments, 1, 2);
  auto width = to_index(arguments.positional[0]);
  Value fill = arguments.positional.size() > 1
                   ? text_argument(self, arguments.positional[1], "fill character")
                   : Value(" ");
  if (fill.str().length() != 1)
    raise(ErrorKind::type, "The fill character must be exactly one character long");
  auto length = static_cast<std::int64_t>(self.str().length());
  if (width <= length) return self;
  auto padding = static_cast<std::size_t>(width - length);
  auto left = before(padding, static_cast<std::size_t>(width));
  return like(self, pad(self.text(), fill.text(), left, padding - left));
}

std::size_t none_before(std::size_t, std::size_t) { return 0; }
std::size_t all_before(std::size_t padding, std::size_t) { return padding; }
std::size_t half_before(std::size_t padding, std::size_t width) {
  return padding / 2 + (padding & width & 1);
}

Value zfill(Interpreter&, const Value& self, Arguments& arguments) {
  expect_positional("zfill", arguments, 1, 1);
  auto width = to_index(arguments.positional[0]);
  auto length = static_cast<std::int64_t>(self.str().length());
  if (width <= length) return self;
  auto text = self.text();
  std::string sign;
  if (text.starts_with('+') || text.starts_with('-')) {
    sign = text[0];
    text.remove_prefix(1);
  }
  return like(self, sign + pad(text, "0", static_cast<std::size_t>(width - length), 0));
}

Value expandtabs(Interpreter&, const Value& self, Arguments& arguments) {
  auto [size] = bind("expandtabs", {"tabsize"}, 0, arguments);
  auto width = size.is_given() ? to_index(size) : 8;
  std::string out;
  std::int64_t column = 0;
  for (std::size_t at = 0; at < self.text().size();) {
    auto from = at;
    auto point = next_point(self.text(), at);
    if (point == '\t') {
      auto blanks = width > 0 ? width - column % width : 0;
      check_growth(out.size() + static_cast<std::size_t>(blanks));
      out.append(static_cast<std::size_t>(blanks), ' ');
      column += blanks;
    } else {
      out += self.text().substr(from, at - from);
      column = point == '\n' || point == '\r' ? 0 : column + 1;
    }
  }
  return like(self, out);
}

Value removeprefix(Interpreter&, const Value& self, Arguments& arguments) {
  expect_positional("removeprefix", arguments, 1, 1);
  auto prefix = text_argument(Value(""), arguments.positional[0], "removeprefix()");
  auto text = self.text();
  return Value(text.starts_with(prefix.text()) ? text.substr(prefix.text().size()) : text);
}

Value removesuffix(Interpreter&, const Value& self, Arguments& arguments) {
  expect_positional("removesuffix", arguments, 1, 1);
  auto suffix = text_argument(Value(""), arguments.positional[0], "removesuffix()");
  auto text = self.text();
  return Value(text.ends_with(suffix.text()) ? text.substr(0, text.size() - suffix.text().size()) : text);
}

Value join_method(Interpreter&, const Value& self, Arguments& arguments) {
  expect_positional("join", arguments, 1, 1);
  if (!iterable(arguments.positional[0])) raise(ErrorKind::type, "can only join an iterable");
  std::string out;
  std::size_t index = 0;
  Cursor cursor(arguments.positional[0]);
  for (Value item; cursor.next(item); ++index) {
    if (index) out += self.text();
    if (self.is(Type::markup))
      append_output(out, item, true);
    else if (item.is_text())
      out += item.text();
    else
      raise(ErrorKind::type, "sequence item " + std::to_string(index) + ": expected str instance, " +
                                 std::string(type_name(item)) + " found");
    check_growth(out.size());
  }
  return like(self, out);
}

Value format_method(Interpreter& in, const Value& self, Arguments& arguments) {
  return format_text(in, self, arguments);
}

Value format_map(Interpreter& in, const Value& self, Arguments& arguments) {
  expect_positional("format_map", arguments, 1, 1);
  if (!arguments.positional[0].is(Type::dict)) raise(ErrorKind::type, "format_map() wants a mapping");
  Arguments named;
  for (const auto& entry : arguments.positional[0].dict().entries)
    if (entry.key.is_text()) named.named.emplace_back(entry.key, entry.value);
  return format_text(in, self, named);
}

char32_t code_point(const Value& v) {
  if (v.integer() < 0 || v.integer() > 0x10FFFF)
    raise(ErrorKind::value, "character mapping must be in range(0x110000)");
  return static_cast<char32_t>(v.integer());
}

// A table for translate(): of a dict, or of two texts of one length and a third one of what goes.
Value maketrans(Interpreter&, const Value&, Arguments& arguments) {
  expect_positional("maketrans", arguments, 1, 3);
  const auto& given = arguments.positional;
  auto out = make_dict();
  auto point = [](const Value& text, std::size_t& at) {
    return Value(static_cast<std::int64_t>(next_point(text.text(), at)));
  };
  if (given.size() == 1) {
    if (!given[0].is(Type::dict))
      raise(ErrorKind::type, "if you give only one argument to maketrans it must be a dict");
    for (const auto& [key, value, hash] : given[0].dict().entries) {
      if (key.is_text() && key.str().length() != 1)
        raise(ErrorKind::value, "string keys in translate table must be of length 1");
      if (!key.is_text() && !key.is(Type::integer) && !key.is(Type::boolean))
        raise(ErrorKind::type, "keys in translate table must be strings or integers");
      std::size_t at = 0;
      out.dict().set(key.is_text() ? point(key, at) : key, value);
    }
    return out;
  }
  for (const auto& text : given)
    if (!text.is_text())
      raise(ErrorKind::type, "maketrans() argument must be str, not " + std::string(type_name(text)));
  if (given[0].str().length() != given[1].str().length())
    raise(ErrorKind::value, "the first two maketrans arguments must have equal length");
  for (std::size_t from = 0, to = 0; from < given[0].text().size();)
    out.dict().set(point(given[0], from), point(given[1], to));
  for (std::size_t at = 0; given.size() > 2 && at < given[2].text().size();)
    out.dict().set(point(given[2], at), Value());
  return out;
}

Value translate(Interpreter&, const Value& self, Arguments& arguments) {
  expect_positional("translate", arguments, 1, 1);
  const auto& table = arguments.positional[0];
  if (!table.is(Type::dict)) raise(ErrorKind::type, "translate() wants a mapping");
  std::string out;
  for (std::size_t at = 0; at < self.text().size();) {
    auto point = next_point(self.text(), at);
    const auto* to = table.dict().find(Value(static_cast<std::int64_t>(point)));
    if (!to)
      append_utf8(out, point);
    else if (to->is(Type::integer))
      append_utf8(out, code_point(*to));
    else if (!to->is(Type::none))
      append_str(out, Value(*to));
    check_growth(out.size());
  }
  return like(self, out);
}

Value encode_method(Interpreter&, const Value& self, Arguments& arguments) {
  auto [encoding, errors] = bind("encode", {"encoding", "errors"}, 0, arguments);
  return encode(self, given(encoding, Value("utf-8")));
}

constexpr Method kTextMethods[] = {
    {"upper", mapped_method<upper_text>},
    {"lower", mapped_method<lower_text>},
    {"title", mapped_method<same_kind<title>>},
    {"capitalize", mapped_method<same_kind<capitalize>>},
    {"swapcase", mapped_method<same_kind<swapcase>>},
    {"casefold", casefold_method},
    {"strip", strip_method<true, true>},
    {"lstrip", strip_method<true, false>},
    {"rstrip", strip_method<false, true>},
    {"replace", replace_method},
    {"center", justify<half_before>},
    {"ljust", justify<none_before>},
    {"rjust", justify<all_before>},
    {"zfill", zfill},
    {"expandtabs", expandtabs},
    {"removeprefix", removeprefix},
    {"removesuffix", removesuffix},
    {"join", join_method},
    {"format", format_method},
    {"format_map", format_map},
    {"translate", translate},
    {"maketrans", maketrans},
    {"encode", encode_method},
};

Value unescape_method(Interpreter&, const Value& self, Arguments& arguments) {
  expect_positional("unescape", arguments, 0, 0);
  return Value(unescape_html(self.text()));
}

Value striptags_method(Interpreter&, const Value& self, Arguments& arguments) {
  expect_positional("striptags", arguments, 0, 0);
  return Value(strip_tags(self.text()));
}

Value escape_method(Interpreter&, const Value&, Arguments& arguments) {
  expect_positional("escape", arguments, 1, 1);
  return escape(arguments.positional[0]);
}

constexpr Method kMarkup[] = {
    {"unescape", unescape_method}, {"striptags", striptags_method}, {"escape", escape_method}};

}  // namespace

Methods text_methods() { return kTextMethods; }
Methods markup_methods() { return kMarkup; }

}  // namespace rb::jinja
