#include "plot/axis_view.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/strings.hpp"
#include "plot/labels.hpp"
#include "plot/text.hpp"

namespace rb::plot {
namespace {

bool meet(const Box& a, const Box& b, double pad) {
  return a.x - pad < b.right() && b.x < a.right() + pad && a.y - pad < b.bottom() && b.y < a.bottom() + pad;
}

}  // namespace

std::vector<double> dashes(std::string_view name, double width) {
  double w = std::max(width, 3.0);
  if (name.empty() || name == "solid") return {};
  if (name == "dot") return {w, w};
  if (name == "dash") return {3 * w, 3 * w};
  if (name == "longdash") return {5 * w, 5 * w};
  if (name == "dashdot") return {3 * w, w, w, w};
  if (name == "longdashdot") return {5 * w, 2 * w, w, 2 * w};
  std::vector<double> lengths;
  for (const auto& part :
       split(replace_all(std::string(name), "px", ""), name.find(',') == name.npos ? ' ' : ','))
    if (auto length = to_number(boost::json::value(part)); length && *length > 0) lengths.push_back(*length);
  return lengths;
}

void add_dash(Stroke& stroke, const Node& line) {
  stroke.dash = dashes(line.text("dash", "solid"), stroke.width);
}

AxisView::AxisView(const Figure& figure, Axis& axis)
    : axis_(&axis), size_(figure.size), locale_(locale_for(figure.style)) {
  const auto& node = axis.node;

  color_ = node.color("color", default_line);
  Font base = figure.style.font;
  if (color_ != default_line) base.color = color_;
  font_ = node.font("tickfont", base);
  auto title = node.child("title");
  title_ = title_of(node);
  base.size = std::round(1.2 * figure.style.font.size);
  title_font_ = title.font("font", base);
  standoff_given_ = title.has("standoff");
  standoff_ = title.number("standoff", 0, 0);

  bool grid_told = node.has("gridcolor") || node.has("gridwidth") || node.has("griddash");
  grid_ = node.flag("showgrid", axis.grid_by_default || grid_told);
  grid_color_ = node.color("gridcolor", mix(color_, over(figure.style.plot, figure.style.paper), 10.0 / 11));
  grid_width_ = node.number("gridwidth", 1, 0);
  grid_dash_ = node.text("griddash", "solid");
  zero_ =
      node.flag("zeroline", axis.grid_by_default || node.has("zerolinecolor") || node.has("zerolinewidth"));
  zero_color_ = node.color("zerolinecolor", color_);
  zero_width_ = node.number("zerolinewidth", 1);
  line_shown_ = node.flag("showline", node.has("linecolor") || node.has("linewidth"));
  line_color_ = node.color("linecolor", color_);
  line_width_ = line_shown_ ? node.number("linewidth", 1, 0) : 0;
  mirror_ = node.has("mirror") && shown(*node.find("mirror")) != "false";
  bool ticks_told = axis.outer_ticks || node.has("ticklen") || node.has("tickwidth") || node.has("tickcolor");
  ticks_where_ = node.choice("ticks", {"outside", "inside", ""}, ticks_told ? "outside" : "");
  tick_length_ = ticks_where_.empty() ? 0 : node.number("ticklen", 5, 0);
  tick_width_ = node.number("tickwidth", 1, 0);
  tick_color_ = node.color("tickcolor", color_);
  centered_ticks_ = node.text("tickson", "labels") != "boundaries";
  labels_shown_ = node.flag("showticklabels", true);
  if (auto* angle = node.find("tickangle"); angle && shown(*angle) != "auto")
    given_angle_ = node.number("tickangle");
  if (axis.is_x()) {
    angles_ = node.numbers("autotickangles");
    if (angles_.empty()) angles_ = {0, 30, 90};
  }
}

void AxisView::lay_out(double line, const Box& area, MarginPushes& margins, const AxisView* main) {
  at_ = line;
  labels_.clear();
  title_text_.reset();
  bool follows = main && follows_main_axis(*axis_);
  if (follows) grid_ = false;
  ticks_ = follows ? ticks_beside(*axis_, *main->axis_, main->ticks_, font_.size, locale_)
                   : find_ticks(*axis_, font_.size, locale_);
  if (!axis_->visible) return;
  place_labels();
  place_title();
  push_margins(area, margins);
}

void AxisView::place_labels() {
  if (!labels_shown_) return;
  double angle = given_angle_.value_or(find_angle());
  bool keep_all = axis_->kind == AxisKind::category || axis_->node.text("ticklabeloverflow", "") == "allow";
  for (const auto& tick : ticks_.list) {
    if (tick.text.empty()) continue;
    auto text = label(tick, angle);
    text.box = text_box(text);
    bool outside = axis_->is_x() ? text.box.x < 0 || text.box.right() > size_.width
                                 : text.box.y + font_.size / 4 < 0 || text.box.bottom() > size_.height;
    if (keep_all || !outside) labels_.push_back(std::move(text));
  }
}

// The first of the angles at which neighbours do not overlap.
double AxisView::find_angle() const {
  const auto& list = ticks_.list;
  if (!axis_->is_x() || list.size() < 2) return 0;
  if (ticks_.step.unit == Step::Unit::all_digits || ticks_.step.unit == Step::Unit::few_digits) return 0;
  bool crowded = false;
  int lines = 1;
  double right = -HUGE_VAL;
  auto ordered = list;
  std::ranges::sort(ordered, {}, [&](const Tick& t) { return axis_->pixel(t.value); });
  for (const auto& tick : ordered) {
    if (tick.text.empty()) continue;
    auto size = measure(tick.text, font_);
    double x = axis_->pixel(tick.value);
    lines = std::max(lines, size.lines);
    crowded |= x - size.width / 2 < right;
    right = x + size.width / 2 + 2;
  }
  if (!crowded) return angles_[0];
  double apart = std::abs((list.back().value - list.front().value) * axis_->scale()) /
                 static_cast<double>(list.size() - 1);
  double most = apart / std::hypot(apart, font_.size * 1.25 * lines);
  auto narrowness = [](double degrees) { return std::abs(std::cos(degrees * std::numbers::pi / 180)); };
  for (double angle : angles_)
    if (narrowness(angle) <= most) return angle;
  return *std::ranges::min_element(angles_, {}, narrowness);
}

Text AxisView::label(const Tick& tick, double angle) const {
  Text text{.markup = tick.text, .font = font_};
  double size = text.font.size = font_.size * tick.font_part;
  bool outside = ticks_where_ == "outside" && centered_ticks_;
  double gap = (outside ? tick_length_ : 0) + (outside || line_shown_ ? 0.2 * font_.size : 0) +
               (line_width_ > 0 ? line_width_ : 1) / 2;
  double turn = angle * std::numbers::pi / 180, along = 0;
  if (outside && angle != 0) {
    gap += tick_length_ * std::cos(turn) + 1 - tick_length_;
    along = tick_length_ * std::sin(turn);
  }
  double more = (measure(tick.text, text.font).lines - 1) * line_spacing * size, shift = 0, x, y;
  if (axis_->is_x()) {
    bool bottom = axis_->side == "bottom";
    double sign = bottom ? 1 : -1, drop = bottom ? 1 : -0.2;
    x = axis_->pixel(tick.value) + along * sign;
    if (given_angle_ && std::abs(angle) == 90) {
      drop = angle == -90 && bottom ? capital_height : angle == 90 && !bottom ? capital_middle : 0.5;
      x += capital_middle / 2 * (angle / 90) * size;
    }
    y = at_ + gap * sign + size * drop;
    text.horizontal = angle == 0 || std::abs(angle) == 180 ? Text::Horizontal::middle
                      : angle * sign < 0                   ? Text::Horizontal::end
                                                           : Text::Horizontal::start;
    shift = std::abs(angle) > 60 ? -more / 2 : bottom ? 0 : -more;
  } else {
    bool left = axis_->side == "left";
    double sign = left ? 1 : -1, drop = 0;
    if (std::abs(angle) == 90) drop = (angle == -90) == left ? capital_height : 0.5;
    x = at_ - (gap + size * drop) * sign;
    y = axis_->pixel(tick.value) + along * sign + size * capital_middle;
    text.horizontal = std::abs(angle) == 90 ? Text::Horizontal::middle
                      : left                ? Text::Horizontal::end
                                            : Text::Horizontal::start;
    double signed_angle = left ? angle : -angle;
    shift = signed_angle < -30 ? -more : signed_angle < 30 ? -more / 2 : 0;
  }
  // Turned about a point half an em above the baseline.
  double down = size / 2 + shift;
  text.at = {x - std::sin(turn) * down, y - size / 2 + std::cos(turn) * down};
  if (angle == 0) text.at.y = std::floor(text.at.y + 0.5);  // browsers set text on whole pixels
  text.angle = angle;
  return text;
}

void AxisView::place_title() {
  if (title_.empty()) return;
  double size = title_font_.size;
  Text text{.markup = title_, .font = title_font_, .horizontal = Text::Horizontal::middle};
  bool x_axis = axis_->is_x(), before = axis_->side == "left" || axis_->side == "top";
  double extra_lines = measure(title_, title_font_).lines - 1;
  double away = 10 + 1.5 * size + (line_width_ > 0 ? line_width_ - 1 : 0);
  if (x_axis)
    away += size * (before ? (labels_shown_ ? 1 : 0) : (labels_shown_ ? 1.5 : 0.5));
  else
    away += size * (before ? (labels_shown_ ? 0.5 : 0) : (labels_shown_ ? 1 : 0.5));
  if (standoff_given_) {
    double depth = 0;
    for (const auto& l : labels_)
      depth = std::max(depth, x_axis ? (before ? at_ - l.box.y : l.box.bottom() - at_)
                                     : (before ? at_ - l.box.x : l.box.right() - at_));
    away = depth + standoff_ + size * (before ? capital_middle + extra_lines * line_spacing : capital_height);
  }
  double across = at_ + (before ? -away : away), middle = axis_->offset + axis_->length / 2;
  text.at = x_axis ? Point{middle, across} : Point{across, middle};
  text.angle = x_axis ? 0 : -90;
  text.box = text_box(text);
  // Away from the labels, but not off the picture.
  double shift = 0, pad = standoff_given_ ? 0 : 2;
  for (const auto& l : labels_)
    if (meet(text.box, l.box, pad)) {
      double overlap = x_axis ? (before ? text.box.bottom() - l.box.y : l.box.bottom() - text.box.y)
                              : (before ? text.box.right() - l.box.x : l.box.right() - text.box.x);
      shift = std::max(shift, overlap + pad);
    }
  double room = x_axis ? (before ? text.box.y : size_.height - text.box.bottom())
                       : (before ? text.box.x : size_.width - text.box.right());
  shift = std::min(shift, room);
  (x_axis ? text.at.y : text.at.x) += before ? -shift : shift;
  text.box = text_box(text);
  title_text_ = std::move(text);
}

double AxisView::title_depth() const {
  if (title_.empty()) return 0;
  double lines = measure(title_, title_font_).lines, size = title_font_.size;
  if (standoff_given_) return size * (capital_height + (lines - 1) * line_spacing) + standoff_;
  return lines > 1 ? size * lines * line_spacing : size;
}

// With `automargin`, and also without when a label would be cut off at the edge of the picture.
void AxisView::push_margins(const Box& area, MarginPushes& margins) const {
  auto* wish = axis_->node.find("automargin");
  bool asked = wish && shown(*wish) != "false", refused = wish && !asked;
  Box all{};
  bool any = false;
  for (const auto& l : labels_) {
    if (!any) all = l.box;
    double right = std::max(all.right(), l.box.right()), bottom = std::max(all.bottom(), l.box.bottom());
    all.x = std::min(all.x, l.box.x), all.y = std::min(all.y, l.box.y);
    all.width = right - all.x, all.height = bottom - all.y;
    any = true;
  }
  bool cut = any && (all.x < 0 || all.y < 0 || all.right() > size_.width || all.bottom() > size_.height);
  bool squeezed = any && title_text_ && std::ranges::any_of(labels_, [&](const Text& l) {
                    return meet(l.box, title_text_->box, 0);
                  });
  if (refused || !(asked || cut || squeezed)) return;
  bool x_axis = axis_->is_x(), before = axis_->side == "left" || axis_->side == "top";
  double outer = ticks_where_ == "outside" ? tick_length_ : 0, depth = outer;
  if (any)
    depth = std::max(depth, x_axis ? (before ? at_ - all.y : all.bottom() - at_)
                                   : (before ? at_ - all.x : all.right() - at_));
  depth += title_depth();
  MarginPush push;
  double fraction_y = 1 - (at_ - area.y) / area.height, fraction_x = (at_ - area.x) / area.width;
  if (x_axis) {
    (before ? push.top : push.bottom) = depth;
    push.y_bottom = push.y_top = fraction_y;
    if (any && all.right() > axis_->offset + axis_->length)
      push.right = all.right() - axis_->offset - axis_->length, push.x_right = 1;
    if (any && all.x < axis_->offset) push.left = axis_->offset - all.x, push.x_left = 0;
  } else {
    (before ? push.left : push.right) = depth;
    push.x_left = push.x_right = fraction_x;
    if (any && all.bottom() > axis_->offset + axis_->length)
      push.bottom = all.bottom() - axis_->offset - axis_->length, push.y_bottom = 0;
    if (any && all.y < axis_->offset) push.top = axis_->offset - all.y, push.y_top = 1;
  }
  margins.list.push_back(push);
}

}  // namespace rb::plot
