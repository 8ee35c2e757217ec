#include "plot/tick_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/strings.hpp"
#include "plot/date.hpp"
#include "plot/number_format.hpp"
#include "plot/time_format.hpp"

namespace rb::plot {
namespace {

using Unit = Step::Unit;
constexpr std::string_view kMinus = "−";
constexpr std::array<std::string_view, 11> kAxisPrefixes{"f", "p", "n", "μ", "m", "", "k", "M", "G", "T", ""};

bool shortens(const std::string& format) {
  return format == "SI" || format == "B" || format == "SI extended";
}

bool shows(const std::string& which, bool first, bool last) {
  return which == "all" || (which == "first" && first) || (which == "last" && last);
}

// The power of ten a number begins with; 0 for what has none.
int power_of(double value) {
  double power = value > 0 ? std::floor(std::log10(value) + 0.01) : 0;
  return std::isfinite(power) ? static_cast<int>(power) : 0;
}

}  // namespace

TickText::TickText(const Axis& axis, const Step& step, double start, const Locale& locale)
    : axis_(axis), step_(step), locale_(locale), format_(axis.node.text("tickformat", "")) {
  exponent_format_ =
      axis.node.choice("exponentformat", {"none", "e", "E", "power", "SI", "B", "SI extended"}, "B");
  if (axis.kind == AxisKind::date) {
    bool odd_start = std::fmod(start, kDay) != 0;
    if (step.unit == Unit::months)
      part_ = std::fmod(step.size, 12) == 0 ? Part::year : Part::month;
    else if ((step.size >= kDay && !odd_start) || step.size >= 15 * kDay)
      part_ = Part::day;
    else
      part_ = step.size >= kMinute ? Part::minute : step.size >= kSecond ? Part::second : Part::fraction;
    if (step.unit == Unit::months && start != kYear2000) part_ = Part::day;
  } else if (axis.is_number() && (step.unit == Unit::plain || step.unit == Unit::numbers)) {
    find_precision(step.size,
                   std::max(std::abs(axis.unlinear(axis.range[0])), std::abs(axis.unlinear(axis.range[1]))));
  }
}

void TickText::find_precision(double step, double most) {
  decimals_ = 2 - power_of(step);
  int size = power_of(most);
  exponent_ = 0;
  if (std::abs(size) <= axis_.node.number("minexponent", 3, 0)) return;
  bool prefixed = shortens(exponent_format_) && size <= 14 && size >= -15;
  exponent_ = prefixed ? 3 * static_cast<int>(std::floor((size - 1) / 3.0 + 0.5)) : size;
}

std::string TickText::operator()(double linear, bool first, bool last) {
  auto text = bare(linear, first, last);
  if (text.empty() || (axis_.kind == AxisKind::log && font_part(linear) < 1)) return text;
  auto prefix = axis_.node.text("tickprefix", ""), suffix = axis_.node.text("ticksuffix", "");
  auto shown_at = [&](std::string_view name) {
    return shows(axis_.node.choice(name, {"all", "first", "last", "none"}, "all"), first, last);
  };
  if (!prefix.empty() && shown_at("showtickprefix")) text = prefix + text;
  if (!suffix.empty() && shown_at("showticksuffix")) text += suffix;
  return text;
}

std::string TickText::bare(double linear, bool first, bool last) {
  switch (axis_.kind) {
    case AxisKind::category: {
      auto place = std::lround(linear);
      bool known = place >= 0 && static_cast<std::size_t>(place) < axis_.categories.size();
      return known ? axis_.categories[static_cast<std::size_t>(place)] : "";
    }
    case AxisKind::date:
      return date(linear);
    case AxisKind::log:
      return log_number(linear);
    default: {
      auto exponents = axis_.node.choice("showexponent", {"all", "first", "last", "none"}, "all");
      bool hide =
          !shows(exponents, first, last) || (exponents == "all" && std::abs(linear / step_.size) < 1e-6);
      return number(linear, hide ? "hide" : exponent_format_);
    }
  }
}

std::string TickText::date(double moment) {
  if (!format_.empty()) {
    auto text = format_time(moment, format_, locale_);
    auto split = text.find('\n');
    if (split == text.npos) return text;
    auto head = text.substr(split + 1);
    text.resize(split);
    if (head == head_) return text;
    head_ = head;
    return text + "<br>" + head;
  }
  std::string text, head;
  switch (part_) {
    case Part::year:
      return format_time(moment, locale_.year, locale_);
    case Part::month:
      return format_time(moment, locale_.month, locale_);
    case Part::day:
      text = format_time(moment, locale_.day_month, locale_),
      head = format_time(moment, locale_.year, locale_);
      break;
    case Part::minute:
      text = format_time(moment, "%H:%M", locale_),
      head = format_time(moment, locale_.day_month_year, locale_);
      break;
    default:
      text = format_time(moment, "%H:%M:%S", locale_),
      head = format_time(moment, locale_.day_month_year, locale_);
      if (double rest = std::fmod(std::fmod(moment, kSecond) + kSecond, kSecond);
          part_ == Part::fraction && rest > 0)
        text += without_trailing_zeros(fixed(rest / kSecond, 4)).substr(1);
  }
  if (head == head_) return text;
  head_ = head;
  return text + "<br>" + head;
}

bool TickText::is_power(double linear) const {
  double shifted = linear + 0.01;
  return shifted - std::floor(shifted) < 0.1;
}

double TickText::font_part(double linear) const {
  if (axis_.kind != AxisKind::log || !format_.empty()) return 1;
  bool digits = step_.unit == Unit::all_digits || step_.unit == Unit::few_digits;
  return digits && !is_power(linear) ? 0.75 : 1;
}

std::string TickText::log_number(double linear) {
  if (!format_.empty() || step_.unit == Unit::numbers) return number(std::pow(10, linear), exponent_format_);
  if (step_.unit != Unit::plain && !is_power(linear))
    return fmt::format("{}", std::lround(std::pow(10, linear - std::floor(linear))));
  int power = static_cast<int>(std::lround(linear));
  if (exponent_format_ == "power" || (shortens(exponent_format_) && (power > 14 || power < -15)))
    return power == 0   ? "1"
           : power == 1 ? "10"
                        : fmt::format("10<sup>{}{}</sup>", power < 0 ? kMinus : "", std::abs(power));
  if ((exponent_format_ == "e" || exponent_format_ == "E") && std::abs(power) > 2)
    return fmt::format("1{}{}{}", exponent_format_, power < 0 ? kMinus : "+", std::abs(power));
  return number_on_its_own(std::pow(10, linear));
}

std::string TickText::number_on_its_own(double value) {
  auto text = *this;
  text.find_precision(std::abs(value), std::abs(value));
  text.decimals_ += 4;
  return text.number(value, exponent_format_);
}

std::string TickText::number(double value, const std::string& exponent_format) {
  if (!format_.empty())
    if (auto format = NumberFormat::parse(format_)) return (*format)(value, locale_, kMinus);
  int exponent = exponent_format_ == "none" ? 0 : exponent_, decimals = decimals_;
  bool negative = value < 0;
  value = std::abs(value);
  std::string text = "0";
  if (value < std::pow(10, -decimals) / 2) {
    negative = false;
  } else {
    value *= std::pow(10, -exponent);
    decimals += exponent;
    if (decimals > 0) {
      text = without_trailing_zeros(fixed(value, std::min(20, decimals)));
    } else {
      double unit = std::pow(10, -decimals);
      text = fixed(std::round(value / unit) * unit, 0);
    }
    text = localized(text, locale_, axis_.node.flag("separatethousands", false));
  }
  if (exponent != 0 && exponent_format != "hide") {
    auto signed_exponent = fmt::format("{}{}",
                                       exponent < 0                 ? kMinus
                                       : exponent_format == "power" ? ""
                                                                    : "+",
                                       std::abs(exponent));
    bool far = exponent > 14 || exponent < -15;
    if (exponent_format == "e" || exponent_format == "E")
      text += exponent_format + signed_exponent;
    else if (exponent_format == "power" || far)
      text += fmt::format("×10<sup>{}{}</sup>", exponent < 0 ? kMinus : "", std::abs(exponent));
    else if (exponent_format == "B" && exponent == 9)
      text += "B";
    else
      text += kAxisPrefixes[static_cast<std::size_t>(exponent / 3 + 5)];
  }
  return negative ? std::string(kMinus) + text : text;
}

}  // namespace rb::plot
