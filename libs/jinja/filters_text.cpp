// upper, lower, title, trim, truncate, wordwrap...
#include <algorithm>

#include "jinja/compare.hpp"
#include "jinja/interpreter.hpp"
#include "jinja/iterate.hpp"
#include "jinja/operators.hpp"
#include "jinja/percent_format.hpp"
#include "jinja/pretty.hpp"
#include "jinja/printing.hpp"
#include "jinja/split.hpp"
#include "jinja/text.hpp"
#include "jinja/unicode.hpp"
#include "jinja/wrap.hpp"

namespace rb::jinja {
namespace {

using Type = Value::Type;

// str(v), but safe text stays safe.
template <Value (*map)(const Value& text)>
Value mapped_filter(Interpreter&, const Value& input, Arguments& arguments) {
  expect_positional("text filter", arguments, 0, 0);
  auto text = to_text(input);
  charge_steps(text.str().size / 32);
  return map(text);
}

// Words begin after blanks, hyphens and opening brackets.
std::string title_words(std::string_view text) {
  std::string out, word;
  auto flush = [&] {
    if (word.empty()) return;
    auto first = offset_of(word, 1);
    out += upper(std::string_view(word).substr(0, first)) + lower(std::string_view(word).substr(first));
    word.clear();
  };
  for (std::size_t at = 0; at < text.size();) {
    auto from = at;
    auto c = next_point(text, at);
    if (is_space(c) || c == '-' || c == '(' || c == '{' || c == '[' || c == '<') {
      flush();
      out += text.substr(from, at - from);
    } else {
      word += text.substr(from, at - from);
    }
  }
  flush();
  return out;
}

Value title_filter(Interpreter&, const Value& input, Arguments& arguments) {
  expect_positional("do_title", arguments, 0, 0);
  return Value(title_words(str(input)));
}

Value trim(Interpreter&, const Value& input, Arguments& arguments) {
  auto [chars] = bind("do_trim", {"chars"}, 0, arguments);
  auto text = to_text(input);
  if (!chars.is_given() || chars.is(Type::none)) return like(text, strip(text.text(), true, true));
  if (!chars.is_text()) raise(ErrorKind::type, "strip arg must be None or str");
  auto among = text.is(Type::markup) ? escape(chars) : chars;
  return like(text, strip_points(text.text(), among.text(), true, true));
}

Value center_filter(Interpreter&, const Value& input, Arguments& arguments) {
  auto [width] = bind("do_center", {"width"}, 0, arguments);
  auto text = to_text(input);
  return like(text, center(text.text(), to_index(given(width, Value(80)))));
}

Value to_string(Interpreter&, const Value& input, Arguments& arguments) {
  expect_positional("soft_str", arguments, 0, 0);
  return to_text(input);
}

Value replace(Interpreter& in, const Value& input, Arguments& arguments) {
  auto [from, to, count] = bind("do_replace", {"old", "new", "count"}, 2, arguments);
  auto limit = !count.is_given() || count.is(Type::none) ? -1 : to_index(count);
  if (!in.autoescape()) return Value(replace_text(str(input), str(from), str(to), limit));
  bool safe = from.is(Type::markup) || (to.is(Type::markup) && !input.is(Type::markup));
  auto text = safe ? escape(input) : to_text(input);
  auto old_text = to_text(from), new_text = to_text(to);
  if (text.is(Type::markup)) old_text = escape(old_text), new_text = escape(new_text);
  return like(text, replace_text(text.text(), old_text.text(), new_text.text(), limit));
}

Value truncate(Interpreter&, const Value& input, Arguments& arguments) {
  auto [length, killwords, end, leeway] =
      bind("do_truncate", {"length", "killwords", "end", "leeway"}, 0, arguments);
  auto most = to_amount(given(length, Value(255)));
  auto mark = given(end, Value("..."));
  auto slack = !leeway.is_given() || leeway.is(Type::none) ? 5 : to_amount(leeway);
  auto mark_length = static_cast<std::int64_t>(length_of(mark));
  if (most < mark_length)
    raise(ErrorKind::assertion,
          "expected length >= " + std::to_string(mark_length) + ", got " + std::to_string(most));
  if (slack < 0) raise(ErrorKind::assertion, "expected leeway >= 0, got " + std::to_string(slack));
  if (static_cast<std::int64_t>(length_of(input)) <= most + slack) return input;
  auto kept = slice(input, Value(), Value(most - mark_length), Value());
  if (!kept.is_text()) return arithmetic(Arithmetic::add, kept, mark);
  if (!killwords.is_given() || !truth(killwords)) kept = like(kept, split_right(kept.text(), " ", 1)[0]);
  return arithmetic(Arithmetic::add, kept, mark);
}

Value wordcount(Interpreter&, const Value& input, Arguments& arguments) {
  expect_positional("do_wordcount", arguments, 0, 0);
  auto text = str(input);
  charge_steps(text.size() / 32);
  std::int64_t words = 0;
  bool inside = false;
  for (std::size_t at = 0; at < text.size();) {
    bool word = is_word(next_point(text, at));
    words += word && !inside;
    inside = word;
  }
  return Value(words);
}

Value wordwrap(Interpreter&, const Value& input, Arguments& arguments) {
  auto [width, break_long, mark, hyphens] =
      bind("do_wordwrap", {"width", "break_long_words", "wrapstring", "break_on_hyphens"}, 0, arguments);
  if (input.is(Type::undefined)) input.undefined().fail();
  if (!input.is_text())
    raise(ErrorKind::attribute,
          "'" + std::string(type_name(input)) + "' object has no attribute 'splitlines'");
  WrapOptions options;
  options.width = to_amount(given(width, Value(79)));
  options.break_long_words = !break_long.is_given() || truth(break_long);
  options.break_on_hyphens = !hyphens.is_given() || truth(hyphens);
  auto joiner = !mark.is_given() || mark.is(Type::none) ? Value("\n") : mark;
  if (!joiner.is_text()) raise(ErrorKind::attribute, "the mark between lines is a text");
  std::string out;
  bool first_line = true;
  for (auto line : split_lines(input.text())) {
    if (!first_line) out += joiner.text();
    first_line = false;
    check_growth(out.size());
    bool first_part = true;
    for (const auto& part : wrap(line, options)) {
      if (!first_part) out += joiner.text();
      first_part = false;
      check_growth(out.size());
      append_output(out, joiner.is(Type::markup) ? Value(part) : Value::markup(part), true);
    }
  }
  return like(joiner, out);
}

Value indent(Interpreter&, const Value& input, Arguments& arguments) {
  auto [width, first, blank] = bind("do_indent", {"width", "first", "blank"}, 0, arguments);
  std::string by;
  if (width.is_given() && width.is_text())
    by = input.is(Type::markup) && width.is(Type::string) ? std::string(escape(width).text())
                                                          : std::string(width.text());
  else
    by = repeat_text(Value(" "), std::max<std::int64_t>(to_amount(given(width, Value(4))), 0)).text();
  if (input.is(Type::undefined)) input.undefined().fail();
  if (!input.is_text())
    raise(input.is(Type::list) ? ErrorKind::attribute : ErrorKind::type,
          "indent wants a text, not " + std::string(type_name(input)));
  bool blank_lines = blank.is_given() && truth(blank);
  std::string out = first.is_given() && truth(first) ? by : "";
  auto text = std::string(input.text()) + "\n";
  bool begun = false;
  for (auto line : split_lines(text)) {
    if (begun) out += "\n";
    if (begun && (blank_lines || !line.empty())) out += by;
    out += line;
    begun = true;
    check_growth(out.size());
  }
  return like(input, out);
}

Value format_filter(Interpreter&, const Value& input, Arguments& arguments) {
  if (!arguments.positional.empty() && !arguments.named.empty())
    raise(ErrorKind::filter_argument, "can't handle positional and keyword arguments at the same time");
  auto text = to_text(input);
  if (arguments.named.empty()) return percent_format(text, arguments.positional, nullptr);
  auto named = make_dict();
  for (auto& [key, value] : arguments.named) named.dict().set(key, value);
  return percent_format(text, named);
}

Value pprint(Interpreter&, const Value& input, Arguments& arguments) {
  expect_positional("do_pprint", arguments, 0, 0);
  return Value(pretty(input));
}

}  // namespace

void add_text_filters(Filters& filters) {
  filters["upper"] = {mapped_filter<upper_text>};
  filters["lower"] = {mapped_filter<lower_text>};
  filters["capitalize"] = {mapped_filter<same_kind<capitalize>>};
  filters["title"] = {title_filter};
  filters["trim"] = {trim};
  filters["center"] = {center_filter};
  filters["string"] = {to_string};
  filters["replace"] = {replace};
  filters["truncate"] = {truncate};
  filters["wordcount"] = {wordcount};
  filters["wordwrap"] = {wordwrap};
  filters["indent"] = {indent};
  filters["format"] = {format_filter};
  filters["pprint"] = {pprint};
}

}  // namespace rb::jinja
