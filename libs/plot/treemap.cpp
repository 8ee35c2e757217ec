#include <algorithm>
#include <cmath>
#include <optional>

#include "base/strings.hpp"
#include "plot/coloring.hpp"
#include "plot/hierarchy.hpp"
#include "plot/labels.hpp"
#include "plot/text.hpp"

namespace rb::plot {
namespace {

constexpr double kTextPad = 3;
constexpr int kAnyDepth = 1'000'000;

class Treemap : public Part {
 public:
  Treemap(const Figure& figure, const TraceInput& input)
      : figure_(figure), node_(input.node), marker_(node_.child("marker")), tree_(read_tree(node_)) {
    if (!tree_.reason.empty()) node_.warn("parents", "is not drawn: " + tree_.reason);
    if (tree_.nodes.empty()) return;
    font_ = node_.font("textfont", figure.style.font);
    font_ = node_.font("insidetextfont", font_);
    own_text_color_ = node_.child("textfont").has("color") || node_.child("insidetextfont").has("color");
    auto level = node_.text("level", "");
    if (auto found = tree_.find(level); !level.empty() && found < tree_.nodes.size()) entry_ = found;
    double depth = node_.number("maxdepth", -1);
    if (depth >= 0)
      most_depth_ = static_cast<int>(std::min(depth, 1e6)) + (tree_.has_added_root && entry_ == 0 ? 1 : 0);
    color_nodes();
  }

  void color_bars(std::vector<ColorBar>& bars) const override {
    if (bar_) bars.push_back(*bar_);
  }

  void paint(const Canvas& canvas) const override {
    if (tree_.nodes.empty()) return;
    auto area = domain_box(figure_, node_, canvas.area);
    auto tree = tree_;
    auto tiling = node_.child("tiling"), pad = marker_.child("pad");
    double header = font_.size * 2, side = header / 4;
    bool at_bottom = position_has("bottom");
    Paddings paddings{pad.number("t", at_bottom ? side : header, 0), pad.number("l", side, 0),
                      pad.number("r", side, 0), pad.number("b", at_bottom ? header : side, 0),
                      tiling.number("pad", 3, 0)};
    auto packing = tiling.choice(
        "packing", {"squarify", "binary", "dice", "slice", "slice-dice", "dice-slice"}, "squarify");
    tile(tree, entry_, area, paddings, packing, tiling.number("squarifyratio", 1, 1));
    for (const auto& node : tree.nodes) {
      bool is_seen =
          node.box.width > 0 && node.box.height > 0 && node.depth - tree.nodes[entry_].depth < most_depth_;
      if (!is_seen) continue;
      paint_box(canvas.scene, node);
      paint_text(canvas.scene, tree, node, paddings);
    }
    if (entry_ != 0 && node_.child("pathbar").flag("visible", true)) paint_path(canvas.scene, tree, area);
  }

 private:
  bool position_has(std::string_view side) const {
    return node_.text("textposition", "top left").contains(side);
  }

  void color_nodes() {
    const auto* colors = marker_.array("colors");
    bool numeric =
        colors != nullptr && std::ranges::any_of(*colors, [](const auto& v) { return v.is_number(); });
    bool scaled =
        numeric || marker_.has("colorscale") || marker_.has("cmin") || marker_.flag("showscale", false);
    scaled ? color_by_scale(colors) : color_by_way();
  }

  void color_by_scale(const boost::json::array* colors) {
    std::vector<double> values;
    for (const auto& node : tree_.nodes) {
      auto value = colors == nullptr ? std::optional(node.value) : std::nullopt;
      if (colors != nullptr && node.row && *node.row < colors->size())
        value = to_number((*colors)[*node.row]);
      values.push_back(value.value_or(std::nan("")));
    }
    auto scaled = scaled_colors(figure_, marker_, 'c', values, "", false);
    bar_ = scaled.bar;
    for (std::size_t i = 0; i < values.size(); ++i)
      if (std::isfinite(values[i])) tree_.nodes[i].color = scaled(values[i]), tree_.nodes[i].has_color = true;
  }

  void color_by_way() {
    std::vector<Color> colorway = figure_.style.colorway;
    std::size_t next = 0;
    for (std::size_t i = 0; i < tree_.nodes.size(); ++i) {
      auto& node = tree_.nodes[i];
      if (node.row)
        if (const auto* value = value_at(marker_, "colors", *node.row);
            value != nullptr && value->is_string())
          if (auto color = parse_color(value->get_string())) node.color = *color, node.has_color = true;
    }
    // The tree is in the order of depth: the first level takes colours in the order of its values.
    if (!tree_.nodes[0].has_color) tree_.nodes[0].color = node_.child("root").color("color", invisible);
    for (auto child : tree_.nodes[0].children)
      if (auto& node = tree_.nodes[child]; !node.has_color) node.color = colorway[next++ % colorway.size()];
    for (auto& node : tree_.nodes)
      if (!node.has_color && node.depth > 1) node.color = tree_.nodes[node.parent].color;
    const auto* fading = marker_.find("depthfade");
    bool fades =
        fading == nullptr || !fading->is_bool() ? marker_.array("colors") == nullptr : fading->get_bool();
    fades_ = fades;
  }

  // Branches look paler the higher they are; with a limited depth those farther from it do.
  Color seen(const TreeNode& node) const {
    if (!fades_ || node.color.a <= 0) return node.color;
    int entry = tree_.nodes[entry_].depth, height = node.height + 1;
    if (most_depth_ < kAnyDepth)
      height = node.children.empty()
                   ? 0
                   : std::min(most_depth_, tree_.nodes[entry_].height + 1) - (node.depth - entry);
    auto color = node.color, pale = over(fade(figure_.style.paper, 0.75), color);
    for (int i = 0; i < height; ++i) color = over(fade(pale, 0.5 * i / height), color);
    return color;
  }

  void paint_box(Scene& scene, const TreeNode& node) const {
    auto line = marker_.child("line");
    Shape shape;
    shape.fill = fade(seen(node), node_.number("opacity", 1, 0, 1));
    shape.outline.rectangle(node.box);
    auto row = node.row.value_or(0);
    if (node.color.a > 0)
      shape.stroke = {.color = color_at(line, "color", row, figure_.style.paper),
                      .width = number_at(line, "width", row, 1)};
    scene.add(std::move(shape));
  }

  static std::string percent(double part, const Locale& locale) {
    auto text = number_text(part, ".0%", locale);
    return text == "0%" ? number_text(part * 100, "", locale, 3) + "%" : text;
  }

  std::string label_of(const Tree& tree, const TreeNode& node) const {
    auto locale = locale_for(figure_.style);
    const auto &root = tree.nodes[0], &parent = tree.nodes[node.parent], &entry = tree.nodes[entry_];
    auto own = node.row ? text_at(node_, "text", *node.row) : "";
    auto value = number_text(node.own_value.value_or(node.value), "", locale);
    if (auto pattern = node.row ? text_at(node_, "texttemplate", *node.row) : ""; !pattern.empty()) {
      auto share = [&](const TreeNode& of) {
        double part = of.value > 0 ? node.value / of.value : 0;
        return TemplateValue{part, percent(part, locale)};
      };
      auto lookup = [&](std::string_view name) -> std::optional<TemplateValue> {
        if (name == "label") return as_shown(node.label);
        if (name == "value") return TemplateValue{node.own_value.value_or(node.value), value};
        if (name == "percentRoot") return share(root);
        if (name == "percentEntry") return share(entry);
        if (name == "percentParent") return share(parent);
        if (name == "parent") return as_shown(parent.label);
        if (name == "root") return as_shown(root.label);
        if (name == "text") return as_shown(own);
        return std::nullopt;
      };
      return fill_template(pattern, lookup, locale);
    }
    std::string_view otherwise = has_array(node_, "text") ? "text+label" : "label";
    auto has = [&](std::string_view flag) {
      return node_.flagged(
          "textinfo", flag,
          {"label", "text", "value", "current path", "percent root", "percent entry", "percent parent"},
          {"none"}, otherwise);
    };
    std::vector<std::string> parts;
    if (has("label") && !node.label.empty()) parts.push_back(node.label);
    if (has("value") && node.own_value) parts.push_back(value);
    bool russian = figure_.style.language.starts_with("ru");
    bool several = has("percent parent") + has("percent entry") + has("percent root") > 1;
    auto add = [&](std::string_view flag, const TreeNode& of, std::string_view whole) {
      if (!has(flag) || of.value <= 0 || &node == &root) return;
      parts.push_back(percent(node.value / of.value, locale) + (several ? std::string(whole) : ""));
    };
    add("percent parent", parent, russian ? " от раздела" : " of parent");
    add("percent entry", entry, russian ? " от показанного" : " of entry");
    add("percent root", root, russian ? " от всего" : " of root");
    if (has("text") && !own.empty()) parts.push_back(own);
    return join(parts, "<br>");
  }

  void paint_text(Scene& scene, const Tree& tree, const TreeNode& node, const Paddings& paddings) const {
    bool is_header = !node.children.empty() && node.depth - tree.nodes[entry_].depth < most_depth_ - 1;
    auto area = node.box;
    bool at_bottom = position_has("bottom"), at_top = position_has("top") || (is_header && !at_bottom);
    if (is_header) {
      double height = at_bottom ? paddings.bottom : paddings.top, left = paddings.left - kTextPad;
      if (height <= 0) return;
      area.x += left, area.width -= left + paddings.right - kTextPad;
      if (at_bottom) area.y = area.bottom() - std::min(height, area.height);
      area.height = std::min(height, area.height);
    }
    auto text = is_header ? node.label : label_of(tree, node);
    if (text.empty()) return;
    auto font = font_;
    if (!own_text_color_ && node.color.a > 0) font.color = contrast(node.color);
    auto size = measure(text, font);
    double pad = std::min(area.width, area.height) > 2 * kTextPad ? kTextPad : 0;
    double scale =
        std::min({1.0, (area.width - 2 * pad) / size.width, (area.height - 2 * pad) / size.height});
    font.size *= scale;
    if (!(font.size >= smallest_text)) return;
    Text out{.markup = text, .font = font, .at = area.center()};
    bool left = position_has("left"), right = position_has("right");
    out.horizontal = left    ? Text::Horizontal::start
                     : right ? Text::Horizontal::end
                             : Text::Horizontal::middle;
    out.vertical = at_top ? Text::Vertical::top : at_bottom ? Text::Vertical::bottom : Text::Vertical::middle;
    if (left) out.at.x = area.x + pad;
    if (right) out.at.x = area.right() - pad;
    if (at_top) out.at.y = area.y + pad;
    if (at_bottom) out.at.y = area.bottom() - pad;
    scene.add(std::move(out));
  }

  // What the entry is part of, from the root, above the boxes.
  void paint_path(Scene& scene, const Tree& tree, const Box& area) const {
    std::vector<const TreeNode*> path;
    for (std::size_t i = entry_; i != 0; i = tree.nodes[i].parent)
      path.insert(path.begin(), &tree.nodes[tree.nodes[i].parent]);
    auto bar = node_.child("pathbar");
    auto font = bar.font("textfont", figure_.style.font);
    double height = bar.number("thickness", font.size + 2 * kTextPad, 12), x = area.x, half = height / 2;
    double y =
        bar.choice("side", {"top", "bottom"}, "top") == "top" ? area.y - height - 2 : area.bottom() + 2;
    for (const auto* node : path) {
      auto label = plain_text(node->label);
      double width = measure(label, font).width + half + 2 * kTextPad;
      if (label.empty() || x + width + half > area.right()) continue;
      Shape arrow{.fill = node->color};
      arrow.outline.move_to({x, y}).line_to({x + width, y}).line_to({x + width + half, y + half});
      arrow.outline.line_to({x + width, y + height}).line_to({x, y + height});
      if (x > area.x) arrow.outline.line_to({x + half, y + half});
      arrow.outline.close();
      auto text = font;
      if (node->color.a > 0) text.color = contrast(node->color);
      scene.add(std::move(arrow));
      scene.add(Text{.markup = label,
                     .font = text,
                     .at = {x + kTextPad + (x > area.x ? half : 0), y + half},
                     .vertical = Text::Vertical::middle});
      x += width + 2;
    }
  }

  const Figure& figure_;
  Node node_, marker_;
  Tree tree_;
  std::size_t entry_ = 0;
  int most_depth_ = kAnyDepth;
  Font font_;
  bool own_text_color_ = false, fades_ = false;
  std::optional<ColorBar> bar_;
};

}  // namespace

Parts make_treemaps(const Figure& figure, std::span<const TraceInput> traces) {
  Parts out;
  for (const auto& trace : traces) out.push_back(std::make_unique<Treemap>(figure, trace));
  return out;
}

}  // namespace rb::plot
