#pragma once
// The text of a tick, as plotly.js writes it without a format and with one.
#include "plot/ticks.hpp"

namespace rb::plot {

class TickText {
 public:
  TickText(const Axis& axis, const Step& step, double start, const Locale& locale);

  // One after the other: the year stands at the first tick of a year only.
  std::string operator()(double linear, bool first, bool last);
  double font_part(double linear) const;

 private:
  std::string bare(double linear, bool first, bool last);
  std::string date(double moment);
  std::string log_number(double linear);
  std::string number(double value, const std::string& exponent_format);
  std::string number_on_its_own(double value);
  bool is_power(double linear) const;
  void find_precision(double step, double most);

  const Axis& axis_;
  Step step_;
  const Locale& locale_;
  std::string format_, exponent_format_, head_;
  enum class Part { year, month, day, minute, second, fraction } part_ = Part::day;
  int decimals_ = 0, exponent_ = 0;
};

}  // namespace rb::plot
