#include "domain/wording/functions.hpp"

#include <fmt/format.h>

#include "domain/wording/format.hpp"
#include "domain/wording/html.hpp"
#include "events/event.hpp"
#include "jinja/objects.hpp"

namespace rb::notification {
namespace {

using jinja::RenderOptions;
using jinja::Value;
using Arguments = std::vector<Value>;

bool is_number(const Value& value) { return value.is(Value::Type::integer) || value.is(Value::Type::real); }

double real(const Value& value) {
  return value.is(Value::Type::real) ? value.real() : static_cast<double>(value.integer());
}

Result<Value> finished(Result<std::string> text) {
  if (!text) return fail(std::move(text.error()));
  return Value(*text);
}

Result<Value> day(const Arguments& arguments, const RenderOptions& options, Time now) {
  if (arguments.size() != 1 || !arguments[0].is_text())
    return fail(Errc::invalid, "format_day() takes one moment, as ISO 8601 text");
  auto zone = Zone::find(options.timezone);
  if (!zone) return fail(std::move(zone.error()));
  return finished(format_day(arguments[0].text(), *zone, now, options.language));
}

Result<Value> money(const Arguments& arguments, const RenderOptions& options) {
  bool known = arguments.size() == 2 && arguments[1].is_text();
  if (!known || !(arguments[0].is_text() || is_number(arguments[0])))
    return fail(Errc::invalid, "format_money() takes an amount and a currency");
  auto currency = arguments[1].text();
  if (arguments[0].is_text()) return finished(format_money(arguments[0].text(), currency, options.language));
  auto decimal = fmt::format("{:.{}f}", real(arguments[0]), events::currency_digits(currency));
  return finished(format_money(decimal, currency, options.language));
}

Result<Value> number(const Arguments& arguments, const RenderOptions& options) {
  if (arguments.size() != 1 || !is_number(arguments[0]))
    return fail(Errc::invalid, "format_number() takes one number");
  return Value(format_number(real(arguments[0]), options.language));
}

Result<Value> text(const Arguments& arguments) {
  if (arguments.size() != 1 || !arguments[0].is_text()) return fail(Errc::invalid, "html_to_text takes HTML");
  return Value(html_to_text(arguments[0].text()));
}

Result<Value> markup(const Arguments& arguments) {
  if (arguments.size() != 1 || !arguments[0].is_text()) return fail(Errc::invalid, "safe_markup takes HTML");
  return Value::markup(safe_markup(arguments[0].text()));
}

}  // namespace

void add_message_functions(jinja::Environment& environment, const Clock& clock) {
  environment.add_function("format_day", [&clock](const Arguments& arguments, const RenderOptions& options) {
    return day(arguments, options, clock.now());
  });
  environment.add_function("format_money", money);
  environment.add_function("format_number", number);
  environment.add_filter("html_to_text",
                         [](const Arguments& arguments, const RenderOptions&) { return text(arguments); });
  environment.add_filter("safe_markup",
                         [](const Arguments& arguments, const RenderOptions&) { return markup(arguments); });
}

}  // namespace rb::notification
