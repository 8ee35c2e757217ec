#include <algorithm>
#include <array>
#include <cmath>

#include "plot/angular_label.hpp"
#include "plot/labels.hpp"
#include "plot/nice.hpp"
#include "plot/polar.hpp"

namespace rb::plot {
namespace {

constexpr double kDegreesInRadian = 57.29577951308232;

// The given ticks, else `automatic` ones.
template <class Tick, class Automatic>
std::vector<Tick> given_ticks(const Node& axis, Automatic automatic) {
  const auto* values = axis.array("tickvals");
  if (values == nullptr || axis.text("tickmode", "array") != "array") return automatic();
  std::vector<Tick> out;
  for (std::size_t i = 0; i < values->size(); ++i) {
    auto value = to_number((*values)[i]);
    auto text = text_at(axis, "ticktext", i);
    if (value) out.push_back({*value, text.empty() ? shown((*values)[i]) : text});
  }
  return out;
}

// Steps that divide a circle well.
double angular_step(double range) {
  constexpr std::array<double, 4> steps{15, 30, 45, 90};
  auto found = std::ranges::upper_bound(steps, range / 10);
  return found == steps.end() ? 180 : *found;
}

Stroke line_of(const Node& axis, std::string_view prefix, Color color) {
  return {.color = axis.color(std::string(prefix) + "color", color),
          .width = axis.number(std::string(prefix) + "width", 1, 0)};
}

bool is_numeric(const boost::json::array& values) {
  return std::ranges::all_of(values, [](const auto& v) { return v.is_null() || to_number(v).has_value(); });
}

// Beside the axis in direction `away`, turned by `turned`: below its middle, or with its end to the axis.
Text radial_label(const std::string& markup, const Font& font, Point foot, double away, double turned,
                  const TickMarks& marks) {
  double standoff = std::max(0.0, marks.length) + 0.2 * font.size + 0.5;
  auto seen = on_rim({}, 1, away - turned);  // the direction as the turned text sees it
  Text out{.markup = markup,
           .font = font,
           .horizontal = Text::Horizontal::middle,
           .vertical = Text::Vertical::middle,
           .angle = turned};
  if (std::abs(seen.x) > 0.5) {
    out.horizontal = seen.x > 0 ? Text::Horizontal::start : Text::Horizontal::end;
    out.at = on_rim(foot, standoff, away);
  } else {
    out.at = on_rim(foot, standoff + font.size * 0.65, away);
  }
  return out;
}

}  // namespace

PolarAxes::PolarAxes(const Figure& figure, Node node, std::span<const TraceInput> traces)
    : figure_(figure),
      node_(std::move(node)),
      radial_(node_.child("radialaxis")),
      angular_(node_.child("angularaxis")) {
  auto type = angular_.choice("type", {"-", "linear", "category"}, "-");
  is_category_ = type == "category";
  for (const auto& trace : traces) {
    const auto* values = trace.node.array("theta");
    if (type == "-" && values != nullptr && !values->empty())
      is_category_ = is_category_ || !is_numeric(*values);
  }
  auto add = [&](const boost::json::value& value) {
    auto text = shown(value);
    if (positions_.try_emplace(text, categories_.size()).second) categories_.push_back(text);
  };
  if (is_category_) {
    if (const auto* order = angular_.array("categoryarray")) std::ranges::for_each(*order, add);
    for (const auto& trace : traces)
      if (const auto* values = trace.node.array("theta")) std::ranges::for_each(*values, add);
  }
  period_ = std::max({1.0, static_cast<double>(categories_.size()), angular_.number("period", 0)});
  bool clockwise =
      angular_.choice("direction", {"counterclockwise", "clockwise"}, "counterclockwise") == "clockwise";
  direction_ = clockwise ? 1 : -1;
  rotation_ = -angular_.number("rotation", clockwise ? 90 : 0);
  radians_ = angular_.choice("thetaunit", {"degrees", "radians"}, "degrees") == "radians";
  hole_ = node_.number("hole", 0, 0, 1);
  straight_ = is_category_ && node_.choice("gridshape", {"circular", "linear"}, "circular") == "linear";
  if (auto sector = node_.numbers("sector"); sector.size() == 2 && sector[1] > sector[0])
    sector_from_ = sector[0], sector_to_ = std::min(sector[1], sector[0] + 360);
}

std::vector<double> PolarAxes::thetas(const Node& trace, std::size_t count) const {
  std::vector<double> out(count);
  double factor = trace.choice("thetaunit", {"degrees", "radians", "gradians"}, "degrees") == "radians"
                      ? kDegreesInRadian
                      : 1;
  const auto* values = trace.array("theta");
  double step = trace.number(
      "dtheta", count == 0 ? 0 : (is_category_ ? period_ : 360 / factor) / static_cast<double>(count));
  for (std::size_t i = 0; i < count; ++i) {
    if (values == nullptr) {
      out[i] = (trace.number("theta0", 0) + static_cast<double>(i) * step) * (is_category_ ? 1 : factor);
    } else if (is_category_) {
      out[i] = static_cast<double>(positions_.at(shown((*values)[i])));
    } else {
      out[i] = to_number((*values)[i]).value_or(std::nan("")) * factor;
    }
  }
  return out;
}

void PolarAxes::lay_out(const Box& domain, const Reach& reach) {
  // What of the unit circle the sector covers, y upwards.
  double left = hole_ > 0 && is_full() ? -1 : 0, right = 0, bottom = 0, top = 0;
  for (double angle = sector_from_;; angle = std::min(sector_to_, (std::floor(angle / 90) + 1) * 90)) {
    auto p = on_rim({}, 1, -angle);
    left = std::min(left, p.x), right = std::max(right, p.x);
    bottom = std::min(bottom, -p.y), top = std::max(top, -p.y);
    if (angle >= sector_to_) break;
  }
  radius_ = std::max(1.0, std::min(domain.width / (right - left), domain.height / (top - bottom)));
  inner_ = hole_ * radius_;
  center_ = {domain.center().x - radius_ * (left + right) / 2,
             domain.center().y + radius_ * (top + bottom) / 2};

  auto range = radial_.numbers("range");
  if (range.size() == 2) {
    low_ = range[0], high_ = range[1];
    return;
  }
  bool from_zero = radial_.choice("rangemode", {"tozero", "nonnegative", "normal"}, "tozero") != "normal";
  low_ = from_zero ? std::min(0.0, reach.least) : reach.least;
  high_ = std::max(reach.most, from_zero ? 0 : reach.least);
  if (high_ <= low_) high_ = low_ + 1;
  double length = radius_ - inner_, kept = length * (1 - reach.part) - reach.padding;
  if (kept > 0) high_ = low_ + (high_ - low_) * length / kept;
  const auto* autorange = radial_.find("autorange");
  if (autorange != nullptr && *autorange == "reversed") std::swap(low_, high_);
}

double PolarAxes::angle_of(double theta) const { return rotation_ + direction_ * theta * unit(); }

double PolarAxes::radius_of(double r) const {
  if (high_ == low_) return inner_;
  return inner_ + std::max(0.0, (r - low_) / (high_ - low_)) * (radius_ - inner_);
}

Point PolarAxes::at(double theta, double r) const { return on_rim(center_, radius_of(r), angle_of(theta)); }

bool PolarAxes::shows(double r) const {
  double part = (r - low_) / (high_ - low_);
  return part >= -1e-6 && part <= 1 + 1e-6;
}

bool PolarAxes::in_sector(double angle) const {
  if (is_full()) return true;
  double from_start = std::fmod(-angle - sector_from_ + 7200, 360);
  return from_start <= sector_to_ - sector_from_ + 1e-6 || from_start > 360 - 1e-6;
}

std::vector<PolarAxes::Tick> PolarAxes::angular_ticks() const {
  if (!is_category_) {
    auto suffix = angular_.text("ticksuffix", radians_ ? "" : "°"), prefix = angular_.text("tickprefix", "");
    auto locale = locale_for(figure_.style);
    auto format = angular_.text("tickformat", "");
    return given_ticks<Tick>(angular_, [&] {
      std::vector<Tick> out;
      double step = number_if(angular_, "dtick").value_or(angular_step(sector_to_ - sector_from_));
      for (double value : ticks_within(0, 360, step))
        if (value < 360)
          out.push_back(
              {value, prefix + number_text(radians_ ? value / kDegreesInRadian : value, format, locale, 5) +
                          suffix});
      return out;
    });
  }
  return given_ticks<Tick>(angular_, [&] {
    std::vector<Tick> out;
    for (std::size_t i = 0; i < categories_.size(); ++i)
      out.push_back({static_cast<double>(i), categories_[i]});
    return out;
  });
}

std::vector<PolarAxes::Tick> PolarAxes::radial_ticks() const {
  auto locale = locale_for(figure_.style);
  return given_ticks<Tick>(radial_, [&] {
    double parts = radial_.number("nticks", 0, 0);
    if (parts == 0) parts = 2 * parts_of(radius_ - inner_);
    double step = number_if(radial_, "dtick").value_or(nice_step(high_ - low_, parts)),
           largest = std::max(std::abs(low_), std::abs(high_));
    std::vector<Tick> out;
    for (double value : ticks_within(low_, high_, step))
      out.push_back({value, tick_text(radial_, value, step, largest, locale)});
    return out;
  });
}

Outline PolarAxes::ring(double radius) const {
  Outline out;
  if (!is_full()) return out.arc(center_, radius, -sector_from_, -sector_to_);
  if (!straight_) return out.circle(center_, radius);
  for (std::size_t i = 0; i < categories_.size(); ++i) {
    auto corner = on_rim(center_, radius, angle_of(static_cast<double>(i)));
    i == 0 ? out.move_to(corner) : out.line_to(corner);
  }
  return out.close();
}

Outline PolarAxes::edge() const {
  auto out = ring(radius_);
  if (!is_full())
    return inner_ > 0 ? out.arc(center_, inner_, -sector_to_, -sector_from_).close()
                      : out.line_to(center_).close();
  if (inner_ <= 0) return out;
  return out.append(ring(inner_));
}

void PolarAxes::paint_below(Scene& scene) const {
  Shape ground{.outline = edge(), .fill = node_.color("bgcolor", figure_.style.plot), .even_odd = true};
  auto paper = over(ground.fill, figure_.style.paper);
  scene.add(std::move(ground));
  auto grid = mix(default_line, paper, 0.6);
  if (angular_.flag("visible", true) && angular_.flag("showgrid", true))
    for (const auto& tick : angular_ticks()) {
      if (!in_sector(angle_of(tick.value))) continue;
      Shape ray{.stroke = line_of(angular_, "grid", grid)};
      ray.outline.move_to(on_rim(center_, inner_, angle_of(tick.value)));
      ray.outline.line_to(on_rim(center_, radius_, angle_of(tick.value)));
      scene.add(std::move(ray));
    }
  if (!radial_.flag("visible", true) || !radial_.flag("showgrid", true)) return;
  for (const auto& tick : radial_ticks()) {
    if (scene.is_full()) return;
    double radius = radius_of(tick.value);
    if (radius > inner_ + 0.5 && radius < radius_ - 0.5)
      scene.add(Shape{.outline = ring(radius), .stroke = line_of(radial_, "grid", grid)});
  }
}

void PolarAxes::paint_above(Scene& scene) const {
  if (angular_.flag("visible", true)) {
    if (angular_.flag("showline", true))
      scene.add(Shape{.outline = edge(), .stroke = line_of(angular_, "line", default_line)});
    paint_angular_labels(scene);
  }
  if (radial_.flag("visible", true)) paint_radial_axis(scene);
}

void PolarAxes::paint_angular_labels(Scene& scene) const {
  auto marks = tick_marks(angular_);
  auto font = angular_.font("tickfont", figure_.style.font);
  bool labelled = angular_.flag("showticklabels", true);
  for (const auto& tick : angular_ticks()) {
    double angle = angle_of(tick.value);
    if (!in_sector(angle)) continue;
    paint_rim_tick(scene, center_, radius_, angle, marks);
    if (labelled && !tick.text.empty()) scene.add(rim_label(tick.text, font, center_, radius_, angle, marks));
  }
}

void PolarAxes::paint_radial_axis(Scene& scene) const {
  double angle = -radial_.number("angle", sector_from_);
  auto marks = tick_marks(radial_);
  auto font = radial_.font("tickfont", figure_.style.font);
  if (radial_.flag("showline", true)) {
    Shape line{.stroke = line_of(radial_, "line", default_line)};
    line.outline.move_to(on_rim(center_, inner_, angle)).line_to(on_rim(center_, radius_, angle));
    scene.add(std::move(line));
  }
  // Labels stand beside the axis, on its clockwise side, and turn with it.
  double side =
      radial_.choice("side", {"clockwise", "counterclockwise"}, "clockwise") == "clockwise" ? 90 : -90;
  double turned = std::remainder(angle + number_if(radial_, "tickangle").value_or(0), 360);
  if (std::abs(turned) > 90) turned += 180;
  bool labelled = radial_.flag("showticklabels", true);
  for (const auto& tick : radial_ticks()) {
    auto foot = on_rim(center_, radius_of(tick.value), angle);
    Shape mark{.stroke = {.color = marks.color, .width = marks.width}};
    mark.outline.move_to(foot).line_to(on_rim(foot, marks.length, angle + side));
    if (marks.length != 0) scene.add(std::move(mark));
    if (!labelled || tick.text.empty()) continue;
    scene.add(radial_label(tick.text, font, foot, angle + side, turned, marks));
  }
}

}  // namespace rb::plot
