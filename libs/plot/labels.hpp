#pragma once
// Texts on traces: numbers as plotly.js shows them without a format, and texttemplate ("%{label}:
// %{value:,.0f}"). Pure, thread-safe.
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "plot/context.hpp"
#include "plot/locale.hpp"

namespace rb::plot {

Locale locale_for(const Style& style);  // of its language, with the separators of the layout

// A number with a format; without one, or with one that is none, up to `digits` significant digits.
std::string number_text(double value, std::string_view format, const Locale& locale, int digits = 10);

// What a placeholder stands for; what is shown without a format may differ: `shown`.
struct TemplateValue {
  std::variant<double, std::string> value;
  std::string shown;
};
inline TemplateValue as_shown(const std::string& text) { return {text, text}; }
using TemplateLookup = std::function<std::optional<TemplateValue>(std::string_view name)>;

// %{name}, %{name:d3-format}, %{name|d3-time-format} (milliseconds or ISO text). Unknown names give
// `otherwise`.
std::string fill_template(std::string_view text, const TemplateLookup& lookup, const Locale& locale,
                          std::string_view otherwise = "-");

// The member `name` for point `index`: its element if it is an array (also of the template), else the value
// itself.
const boost::json::value* value_at(const Node& node, std::string_view name, std::size_t index);
std::string text_at(const Node& node, std::string_view name, std::size_t index);
Color color_at(const Node& node, std::string_view name, std::size_t index, Color otherwise);
double number_at(const Node& node, std::string_view name, std::size_t index, double otherwise);

// The title of a figure, an axis or a colour bar: {text: …}, or the text itself as plotly had it before.
std::string title_of(const Node& node);

// Whether `name` has an array, where one value would do, too.
bool has_array(const Node& node, std::string_view name);

// For attributes that may also be words ("auto") or moments: nullopt for those.
std::optional<double> number_if(const Node& node, std::string_view name);

}  // namespace rb::plot
