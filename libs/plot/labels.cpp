#include "plot/labels.hpp"

#include "base/strings.hpp"
#include "plot/number_format.hpp"
#include "plot/time_format.hpp"
#include "time/iso.hpp"

namespace rb::plot {
namespace {

std::optional<double> milliseconds_of(const TemplateValue& from) {
  if (const auto* number = std::get_if<double>(&from.value)) return *number;
  auto moment = parse_iso(std::get<std::string>(from.value), Zone::utc());
  if (!moment) return std::nullopt;
  return static_cast<double>(moment->time_since_epoch().count()) / 1000;
}

std::string formatted(const TemplateValue& from, char kind, std::string_view format, const Locale& locale) {
  if (kind == '|') {
    if (auto moment = milliseconds_of(from)) return format_time(*moment, format, locale);
  } else if (const auto* number = std::get_if<double>(&from.value); number != nullptr && kind == ':') {
    return number_text(*number, format, locale);
  }
  return from.shown;
}

}  // namespace

Locale locale_for(const Style& style) { return with_separators(locale_of(style.language), style.separators); }

std::string number_text(double value, std::string_view format, const Locale& locale, int digits) {
  if (!format.empty())
    if (auto parsed = NumberFormat::parse(format)) return (*parsed)(value, locale, "−");
  auto text = localized(precise(value, digits), locale);
  return text.starts_with('-') ? "−" + text.substr(1) : text;
}

std::string fill_template(std::string_view text, const TemplateLookup& lookup, const Locale& locale,
                          std::string_view otherwise) {
  std::string out;
  for (;;) {
    auto open = text.find("%{");
    auto close = open == std::string_view::npos ? open : text.find('}', open);
    if (close == std::string_view::npos) return out.append(text);
    out += text.substr(0, open);
    auto inner = text.substr(open + 2, close - open - 2);
    auto end = inner.find_first_of(":|");
    auto value = lookup(inner.substr(0, end));
    if (!value)
      out += otherwise;
    else if (end == std::string_view::npos)
      out += value->shown;
    else
      out += formatted(*value, inner[end], inner.substr(end + 1), locale);
    text.remove_prefix(close + 1);
  }
}

const boost::json::value* value_at(const Node& node, std::string_view name, std::size_t index) {
  const auto* found = node.find(name);
  if (found == nullptr || !found->is_array()) return found;
  const auto& array = found->get_array();
  return index < array.size() ? &array[index] : nullptr;
}

std::string text_at(const Node& node, std::string_view name, std::size_t index) {
  const auto* value = value_at(node, name, index);
  return value == nullptr ? std::string() : shown(*value);
}

bool has_array(const Node& node, std::string_view name) {
  const auto* value = node.find(name);
  return value != nullptr && value->is_array();
}

Color color_at(const Node& node, std::string_view name, std::size_t index, Color otherwise) {
  if (!has_array(node, name)) return node.color(name, otherwise);
  const auto* value = value_at(node, name, index);
  if (value == nullptr || !value->is_string()) return otherwise;
  return parse_color(value->get_string()).value_or(otherwise);
}

double number_at(const Node& node, std::string_view name, std::size_t index, double otherwise) {
  const auto* value = value_at(node, name, index);
  return value == nullptr ? otherwise : to_number(*value).value_or(otherwise);
}

std::string title_of(const Node& node) {
  const auto* own = node.find("title");
  return own != nullptr && own->is_string() ? node.text("title", "") : node.child("title").text("text", "");
}

std::optional<double> number_if(const Node& node, std::string_view name) {
  const auto* value = node.find(name);
  return value == nullptr ? std::nullopt : to_number(*value);
}

}  // namespace rb::plot
