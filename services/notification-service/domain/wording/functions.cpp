#include "domain/wording/functions.hpp"

#include "domain/wording/format.hpp"
#include "domain/wording/html.hpp"
#include "jinja/objects.hpp"

namespace rb::notification {
namespace {

using jinja::RenderOptions;
using jinja::Value;
using Arguments = std::vector<Value>;

Result<Value> day(const Arguments& arguments, const RenderOptions& options, Time now) {
  if (arguments.size() != 1 || !arguments[0].is_text())
    return fail(Errc::invalid, "format_day() takes one moment, as ISO 8601 text");
  auto zone = Zone::find(options.timezone);
  if (!zone) return fail(zone.error());
  auto out = format_day({options.language != "en", *zone, now}, arguments[0].text());
  if (!out) return fail(out.error());
  return Value(*out);
}

Result<Value> number(const Arguments& arguments, const RenderOptions& options) {
  auto wrong = [] { return fail(Errc::invalid, "format_number() takes one number"); };
  if (arguments.size() != 1) return wrong();
  const Value& value = arguments[0];
  bool whole = value.is(Value::Type::integer);
  if (!whole && !value.is(Value::Type::real)) return wrong();
  return Value(format_number(options.language != "en", whole ? static_cast<double>(value.integer()) : value.real()));
}

Result<Value> text(const Arguments& arguments) {
  if (arguments.size() != 1 || !arguments[0].is_text()) return fail(Errc::invalid, "html_to_text takes HTML");
  return Value(html_to_text(arguments[0].text()));
}

}  // namespace

void add_message_functions(jinja::Environment& environment, const Clock& clock) {
  environment.add_function("format_day", [&clock](const Arguments& arguments, const RenderOptions& options) {
    return day(arguments, options, clock.now());
  });
  environment.add_function("format_number", number);
  environment.add_filter("html_to_text", [](const Arguments& arguments, const RenderOptions&) { return text(arguments); });
}

}  // namespace rb::notification
