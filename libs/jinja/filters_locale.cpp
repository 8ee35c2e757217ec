// The project's own filters: dates, money, plural forms and line breaks in the reader's language and zone.
#include <algorithm>
#include <cmath>

#include "base/strings.hpp"
#include "jinja/format.hpp"
#include "jinja/interpreter.hpp"
#include "jinja/moments.hpp"
#include "jinja/numbers.hpp"
#include "jinja/operators.hpp"
#include "jinja/printing.hpp"

namespace rb::jinja {
namespace {

using Type = Value::Type;

Zone zone_of(Interpreter& in) {
  auto zone = Zone::find(in.render_options().timezone);
  if (!zone) raise(ErrorKind::value, "unknown time zone " + repr_text(in.render_options().timezone));
  return *zone;
}

bool russian(Interpreter& in) { return in.render_options().language != "en"; }

// Nothing for nothing: a lesson without an end, a payment without a date.
bool absent(const Value& v) { return v.is(Type::none) || (v.is(Type::undefined) && !v.undefined().strict); }

Value format_with(std::string_view name, Interpreter& in, const Value& input, Arguments& arguments,
                  const char* otherwise) {
  auto [format] = bind(name, {"format"}, 0, arguments);
  if (absent(input)) return Value("");
  auto pattern = given(format, Value(otherwise));
  if (!pattern.is_text()) raise(ErrorKind::type, "a date format is a text like '%d.%m.%Y'");
  auto zone = zone_of(in);
  return Value(format_moment(to_moment(input, zone), zone, pattern.text(), in.render_options().language));
}

Value format_date(Interpreter& in, const Value& input, Arguments& arguments) {
  return format_with("format_date", in, input, arguments, russian(in) ? "%d.%m.%Y" : "%-d %b %Y");
}

Value format_time(Interpreter& in, const Value& input, Arguments& arguments) {
  return format_with("format_time", in, input, arguments, "%H:%M");
}

// Bot API: r, or a week day, a date (d short, D long) and a time (t short, T with seconds).
bool is_tg_format(std::string_view text) {
  if (text == "r") return true;
  for (std::string_view letters : {"w", "dD", "tT"})
    if (!text.empty() && letters.find(text[0]) != std::string_view::npos) text.remove_prefix(1);
  return text.empty();
}

std::string fallback_format(std::string_view tg_format) {
  std::string out;
  auto add = [&](const char* part) { out += (out.empty() ? "" : " ") + std::string(part); };
  for (char c : tg_format == "r" ? std::string_view("Dt") : tg_format) {
    if (c == 'w') add("%a");
    if (c == 'd') add("%d.%m.%Y");
    if (c == 'D') add("%-d %B");
    if (c == 't') add("%H:%M");
    if (c == 'T') add("%H:%M:%S");
  }
  return out;
}

// Telegram shows the moment in each reader's own zone; old clients show the text inside, which names ours.
Value tg_time(Interpreter& in, const Value& input, Arguments& arguments) {
  auto [format] = bind("tg_time", {"format"}, 0, arguments);
  if (absent(input)) return Value("");
  auto style = str(given(format, Value("wDt")));
  if (style.empty() || !is_tg_format(style))
    raise(ErrorKind::value, "a Telegram time format is 'r' or like 'wDt', not " + repr_text(style));
  auto zone = zone_of(in);
  auto moment = to_moment(input, zone);
  auto seconds = std::chrono::floor<std::chrono::seconds>(moment).time_since_epoch().count();
  return Value::markup("<tg-time unix=\"" + std::to_string(seconds) + "\" format=\"" + style + "\">" +
                       format_moment(moment, zone, fallback_format(style), in.render_options().language) +
                       "</tg-time>");
}

// Two decimals; nothing but a plain 0 for zero.
Value format_currency(Interpreter& in, const Value& input, Arguments& arguments) {
  constexpr std::string_view kNoBreakSpace = "\u00A0";
  auto [symbol] = bind("format_currency", {"symbol"}, 0, arguments);
  if (absent(input)) return Value("");
  if (input.is(Type::undefined)) input.undefined().fail();
  Value amount = input;
  if (input.is_text()) {
    auto read = parse_real(input.text());
    if (!read) raise(ErrorKind::value, repr(input) + " is not an amount");
    amount = Value(*read);
  }
  if (!amount.is_number())
    raise(ErrorKind::type, "an amount is a number, not " + std::string(type_name(input)));
  auto digits = amount.is(Type::real) ? format_real(std::abs(amount.real()), 'f', 2, false)
                                      : str(absolute(amount)) + ".00";
  bool zero = digits == "0.00";
  bool minus = !zero && (amount.is(Type::real) ? amount.real() < 0 : big_negative(amount));
  if (zero) digits = "0";
  digits = group_digits(digits, russian(in) ? kNoBreakSpace : ",");
  if (russian(in)) std::ranges::replace(digits, '.', ',');
  return Value((minus ? "-" : "") + digits + std::string(kNoBreakSpace) + str(given(symbol, Value("₽"))));
}

// 1, 21 урок; 2..4, 22 and fractions урока; 0, 5..20 уроков.
std::size_t russian_form(const Value& n) {
  if (n.is(Type::real) && std::trunc(n.real()) != n.real()) return 1;
  auto rest = arithmetic(Arithmetic::modulo, absolute(n), Value(100));
  auto last_two = static_cast<int>(to_real(rest)), last = last_two % 10;
  if (last_two >= 11 && last_two <= 14) return 2;
  return last == 1 ? 0 : last >= 2 && last <= 4 ? 1 : 2;
}

Value plural(Interpreter&, const Value& input, Arguments& arguments) {
  auto [one, few, many] = bind("plural", {"one", "few", "many"}, 2, arguments);
  if (absent(input)) return Value("");
  if (input.is(Type::undefined)) input.undefined().fail();
  if (!input.is_number())
    raise(ErrorKind::type, "plural wants a number, not " + std::string(type_name(input)));
  if (!many.is_given()) return to_real(absolute(input)) == 1 ? one : few;
  auto form = russian_form(input);
  return form == 0 ? one : form == 1 ? few : many;
}

Value nl2br(Interpreter&, const Value& input, Arguments& arguments) {
  expect_positional("nl2br", arguments, 0, 0);
  if (absent(input)) return Value("");
  auto safe = escape(input);
  return Value::markup(replace_all(std::string(safe.text()), "\n", "<br>\n"));
}

using Plain = Value (*)(Interpreter&, const Value&, Arguments&);

// The same as a function: the first argument is the input.
Value as_function(std::string_view name, Plain filter) {
  return make_callable(name, [name, filter](Interpreter& in, Arguments& arguments) {
    if (arguments.positional.empty()) raise(ErrorKind::type, std::string(name) + "() wants a value");
    auto input = std::move(arguments.positional.front());
    arguments.positional.erase(arguments.positional.begin());
    return filter(in, input, arguments);
  });
}

}  // namespace

void add_locale_filters(Filters& filters, Dict& globals) {
  constexpr std::pair<const char*, Plain> both[] = {{"format_date", format_date},
                                                    {"format_time", format_time},
                                                    {"format_currency", format_currency},
                                                    {"plural", plural},
                                                    {"tg_time", tg_time}};
  for (auto [name, function] : both) {
    filters[name] = {function};
    globals.set(name, as_function(name, function));
  }
  filters["nl2br"] = {nl2br};
}

}  // namespace rb::jinja
