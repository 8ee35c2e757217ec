#include <algorithm>
#include <cmath>
#include <map>

#include "plot/furniture.hpp"
#include "plot/text.hpp"

namespace rb::plot {
namespace {

constexpr double kEntryGap = 5;  // pixels between entries, and to the border

std::string anchor_for(const std::string& told, double at, const char* low, const char* middle,
                       const char* high) {
  if (told != "auto") return told;
  return at <= 1.0 / 3 ? low : at >= 2.0 / 3 ? high : middle;
}

}  // namespace

double share_before(const std::string& anchor) {
  if (anchor == "left" || anchor == "top") return 0;
  return anchor == "right" || anchor == "bottom" ? 1 : 0.5;
}

Legend::Legend(const Figure& figure, std::vector<LegendItem> items, bool shown_by_default, bool reversed)
    : figure_(figure), node_(figure.layout.child("legend")) {
  if (!figure.layout.flag("showlegend", shown_by_default) || !node_.flag("visible", true)) return;
  items_ = std::move(items);
  font_ = node_.font("font", figure.style.font);
  border_ = node_.number("borderwidth", 0, 0);
  text_at_ = 2 * kEntryGap + node_.number("itemwidth", 30, 30) + node_.number("indentation", 0, -15);
  auto title = node_.child("title");
  title_ = title.text("text", "");
  Font base = font_;
  base.size = std::round(1.2 * font_.size);
  title_font_ = title.font("font", base);
  bool groups = std::ranges::any_of(items_, [](const LegendItem& i) { return !i.group.empty(); });
  auto order =
      node_.text("traceorder", std::string(reversed ? "reversed" : "normal") + (groups ? "+grouped" : ""));
  sort_items(order);
}

void Legend::sort_items(const std::string& order) {
  grouped_ = order.find("grouped") != order.npos;
  std::map<std::string, std::size_t> groups;
  auto place = [&](const LegendItem& item, std::size_t i) {
    if (!grouped_ || item.group.empty()) return i;
    return groups.emplace(item.group, i).first->second;
  };
  std::vector<std::pair<std::tuple<double, std::size_t, std::size_t>, LegendItem>> keyed;
  for (std::size_t i = 0; i < items_.size(); ++i) {
    auto at = place(items_[i], i);
    keyed.push_back({{items_[i].rank, at, i}, items_[i]});
  }
  std::ranges::sort(keyed, {}, [](const auto& k) { return k.first; });
  items_.clear();
  for (auto& [key, item] : keyed) items_.push_back(std::move(item));
  if (order.find("reversed") == order.npos) return;
  if (!grouped_) {
    std::ranges::reverse(items_);
    return;
  }
  for (auto from = items_.begin(); from != items_.end();) {
    auto to = std::find_if(from, items_.end(),
                           [&](const LegendItem& i) { return i.group.empty() || i.group != from->group; });
    if (to == from) ++to;
    std::reverse(from, to);
    from = to;
  }
}

double Legend::group_gap_before(std::size_t i) const {
  if (!grouped_ || i == 0 || (items_[i].group == items_[i - 1].group && !items_[i].group.empty())) return 0;
  return node_.number("tracegroupgap", 10, 0);
}

void Legend::stack_rows() {
  auto title = title_.empty() ? TextSize{.width = 0, .height = 0, .lines = 0} : measure(title_, title_font_);
  double title_height = title.lines * line_spacing * title_font_.size,
         down = border_ + title_height + kEntryGap, widest = 0;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    down += group_gap_before(i);
    rows_[i].at = {border_, down + rows_[i].height / 2};
    down += rows_[i].height;
    widest = std::max(widest, rows_[i].width);
  }
  box_.width =
      std::ceil(std::max(widest + kEntryGap + text_at_ + 2 * border_, title.width + 2 * (border_ + 2)));
  box_.height = std::ceil(down + kEntryGap + border_);
}

void Legend::flow_rows(double most) {
  auto title = title_.empty() ? TextSize{.width = 0, .height = 0, .lines = 0} : measure(title_, title_font_);
  auto side =
      node_.child("title").choice("side", {"top", "left", "top left", "top center", "top right"}, "left");
  bool beside = side == "left";
  double right = title_.empty() || !beside ? 0 : title.width + 2 * kEntryGap;
  double above = beside ? 0 : title.lines * line_spacing * title_font_.size;
  double widest = 0, sum = 0;
  for (const auto& row : rows_) widest = std::max(widest, row.width + text_at_), sum += row.width + text_at_;
  bool one = sum + 2 * border_ + (static_cast<double>(rows_.size()) - 1) * kEntryGap < most;
  double across = 0, down = above, highest = 0, reached = beside ? 0 : title.width + 2 * kEntryGap;
  for (auto& row : rows_) {
    double own = row.width + text_at_, next = (one ? own : widest) + kEntryGap;
    if (across > 0 && next + border_ + across - kEntryGap >= most) across = 0, down += highest, highest = 0;
    row.at = {right + border_ + across, border_ + down + row.height / 2 + kEntryGap};
    reached = std::max(reached, across + own + kEntryGap);
    across += next;
    highest = std::max(highest, row.height);
  }
  box_.width = std::ceil(reached + 2 * border_ + right);
  box_.height = std::ceil(down + highest + 2 * (border_ + kEntryGap));
}

void Legend::lay_out(const Box& area, MarginPushes& margins) {
  if (items_.empty()) return;
  rows_.clear();
  for (const auto& item : items_) {
    auto size = measure(item.name, font_);
    rows_.push_back({size.width, std::max(size.lines * line_spacing * font_.size, 16.0) + 3});
  }
  bool flat = node_.choice("orientation", {"v", "h"}, "v") == "h";
  bool paper_x = node_.choice("xref", {"container", "paper"}, "paper") == "paper";
  bool paper_y = node_.choice("yref", {"container", "paper"}, "paper") == "paper";
  double x = node_.number("x",
                          flat      ? 0
                          : paper_x ? 1.02
                                    : 1,
                          -2, 3),
         y = node_.number("y", flat ? (paper_y ? -0.1 : 0) : 1, -2, 3);
  auto xanchor = anchor_for(
      node_.choice("xanchor", {"auto", "left", "center", "right"}, !flat && !paper_x ? "right" : "left"), x,
      "left", "center", "right");
  auto yanchor = anchor_for(node_.choice("yanchor", {"auto", "top", "middle", "bottom"},
                                         flat ? (paper_y ? "top" : "bottom") : "auto"),
                            y, "bottom", "middle", "top");
  bool outside = y < 0 || (y == 0 && yanchor == "top") || y > 1 || (y == 1 && yanchor == "bottom");
  double half = figure_.size.width / 2, most = area.width;
  if (x < 0 || (x == 0 && xanchor == "right")) most = outside && xanchor == "left" ? area.right() : half;
  if (x > 1 || (x == 1 && xanchor == "left"))
    most = outside && xanchor == "right" ? figure_.size.width - area.x : half;
  flat ? flow_rows(std::max(most, 2 * text_at_)) : stack_rows();
  double left = share_before(xanchor), top = share_before(yanchor);
  box_.x = (paper_x ? area.x + area.width * x : figure_.size.width * x) - left * box_.width;
  box_.y = (paper_y ? area.y + area.height * (1 - y) : figure_.size.height * (1 - y)) - top * box_.height;
  if (paper_x && paper_y) {
    double height = std::min(box_.height, flat || outside ? figure_.size.height / 2 : area.height);
    margins.list.push_back(
        {x, x, y, y, box_.width * left, box_.width * (1 - left), height * (1 - top), height * top});
  }
  if (figure_.layout.child("margin").flag("autoexpand", true)) {
    box_.x = std::clamp(box_.x, 0.0, std::max(0.0, figure_.size.width - box_.width));
    box_.y = std::clamp(box_.y, 0.0, std::max(0.0, figure_.size.height - box_.height));
  }
}

void Legend::paint(Scene& scene) const {
  if (items_.empty()) return;
  Shape back{.fill = node_.color("bgcolor", figure_.style.paper),
             .stroke = {node_.color("bordercolor", default_line), border_},
             .crisp = true};
  back.outline.rectangle(
      {box_.x + border_ / 2, box_.y + border_ / 2, box_.width - border_, box_.height - border_});
  scene.add(std::move(back));
  if (!title_.empty())
    scene.add(Text{.markup = title_,
                   .font = title_font_,
                   .at = {box_.x + border_ + 2, box_.y + border_ + line_spacing * title_font_.size}});
  for (std::size_t i = 0; i < items_.size(); ++i) {
    Point at{box_.x + rows_[i].at.x, box_.y + rows_[i].at.y};
    if (at.y + rows_[i].height / 2 > scene.size.height + 1) break;
    if (items_[i].dimmed) scene.open({{}, {}, scene.size.width, scene.size.height}, 0.5);
    if (items_[i].symbol) items_[i].symbol(scene, {at.x + kEntryGap + (text_at_ - 2 * kEntryGap) / 2, at.y});
    double line = line_spacing * font_.size, lines = measure(items_[i].name, font_).lines;
    scene.add(Text{.markup = items_[i].name,
                   .font = font_,
                   .at = {at.x + text_at_, at.y - line * ((lines - 1) / 2 - 0.3)}});
    if (items_[i].dimmed) scene.close();
  }
}

}  // namespace rb::plot
