// escape, safe, striptags, urlize, urlencode, xmlattr, tojson
#include <algorithm>

#include "base/strings.hpp"
#include "jinja/compare.hpp"
#include "jinja/interpreter.hpp"
#include "jinja/iterate.hpp"
#include "jinja/json_write.hpp"
#include "jinja/operators.hpp"
#include "jinja/printing.hpp"
#include "jinja/text.hpp"
#include "jinja/urlize.hpp"
#include "jinja/views.hpp"

namespace rb::jinja {
namespace {

using Type = Value::Type;

Value escape_filter(Interpreter&, const Value& input, Arguments& arguments) {
  expect_positional("escape", arguments, 0, 0);
  return escape(input);
}

Value forceescape(Interpreter&, const Value& input, Arguments& arguments) {
  expect_positional("do_forceescape", arguments, 0, 0);
  return escape(Value(str(input)));
}

Value safe(Interpreter&, const Value& input, Arguments& arguments) {
  expect_positional("do_mark_safe", arguments, 0, 0);
  if (input.is(Type::markup)) return input;
  if (input.is(Type::string)) return Value::adopt(Type::markup, Str::make(input.text()));
  return Value::markup(str(input));
}

Value striptags(Interpreter&, const Value& input, Arguments& arguments) {
  expect_positional("do_striptags", arguments, 0, 0);
  return Value(strip_tags(str(input)));
}

std::string quoted(const Value& v, bool form) {
  auto out = percent_encode(str(v));
  return form ? replace_all(std::move(out), "%20", "+") : replace_all(std::move(out), "%2F", "/");
}

Value urlencode(Interpreter&, const Value& input, Arguments& arguments) {
  expect_positional("do_urlencode", arguments, 0, 0);
  if (input.is_text() || !iterable(input)) return Value(quoted(input, false));
  std::string out;
  auto put = [&](const Value& key, const Value& value) {
    out += (out.empty() ? "" : "&") + quoted(key, true) + "=" + quoted(value, true);
  };
  Cursor cursor(input.is(Type::dict) ? make_thing<DictView>(input, DictView::What::items) : input);
  for (Value item; cursor.next(item);) {
    auto pair = to_values(item);
    if (pair.size() != 2)
      raise(ErrorKind::value, pair.size() < 2 ? "not enough values to unpack (expected 2, got " +
                                                    std::to_string(pair.size()) + ")"
                                              : "too many values to unpack (expected 2)");
    put(pair[0], pair[1]);
  }
  return Value(out);
}

Value xmlattr(Interpreter& in, const Value& input, Arguments& arguments) {
  auto [space] = bind("do_xmlattr", {"autospace"}, 0, arguments);
  if (input.is(Type::undefined)) input.undefined().fail();
  if (!input.is(Type::dict))
    raise(ErrorKind::attribute, "'" + std::string(type_name(input)) + "' object has no attribute 'items'");
  std::string out;
  Cursor entries(make_thing<DictView>(input, DictView::What::items));
  for (Value entry; entries.next(entry);) {
    const auto &key = entry.items().items[0], &value = entry.items().items[1];
    if (value.is(Type::none) || value.is(Type::undefined)) continue;
    if (!key.is_text())
      raise(ErrorKind::type,
            "expected string or bytes-like object, got '" + std::string(type_name(key)) + "'");
    if (key.text().find_first_of(" \t\n\r\f\v/>=") != std::string_view::npos)
      raise(ErrorKind::value, "Invalid character in attribute name: " + repr(key));
    if (!out.empty()) out += ' ';
    append_output(out, key, true);
    out += "=\"";
    append_output(out, value, true);
    out += '"';
  }
  if (!out.empty() && (!space.is_given() || truth(space))) out.insert(0, 1, ' ');
  return in.autoescape() ? Value::markup(out) : Value(out);
}

Value urlize_filter(Interpreter& in, const Value& input, Arguments& arguments) {
  auto [limit, nofollow, target, rel, schemes] =
      bind("do_urlize", {"trim_url_limit", "nofollow", "target", "rel", "extra_schemes"}, 0, arguments);
  UrlizeOptions options;
  if (limit.is_given() && !limit.is(Type::none)) options.trim = to_amount(limit);
  if (rel.is_given() && truth(rel)) options.rel = str(rel);
  if (nofollow.is_given() && truth(nofollow)) options.rel += " nofollow";
  if (target.is_given() && truth(target)) options.target = str(target);
  if (schemes.is_given() && !schemes.is(Type::none))
    for (const auto& scheme : to_values(schemes)) {
      if (!is_scheme(str(scheme)))
        raise(ErrorKind::filter_argument, repr(scheme) + " is not a valid URI scheme prefix.");
      options.extra_schemes.push_back(str(scheme));
    }
  auto out = urlize(escape(input).text(), options);
  return in.autoescape() ? Value::markup(out) : Value(out);
}

Value tojson(Interpreter&, const Value& input, Arguments& arguments) {
  auto [indent] = bind("do_tojson", {"indent"}, 0, arguments);
  return Value::markup(html_json(input, given(indent, Value())));
}

}  // namespace

void add_html_filters(Filters& filters) {
  filters["escape"] = filters["e"] = {escape_filter};
  filters["forceescape"] = {forceescape};
  filters["safe"] = {safe};
  filters["striptags"] = {striptags};
  filters["urlencode"] = {urlencode};
  filters["xmlattr"] = {xmlattr};
  filters["urlize"] = {urlize_filter};
  filters["tojson"] = {tojson};
}

}  // namespace rb::jinja
