// Tables: columns share the domain's width, long texts are wrapped, rows grow with them and end where the
// domain ends, as those that plotly.js would scroll to.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "plot/labels.hpp"
#include "plot/text.hpp"

namespace rb::plot {
namespace {

constexpr double kCellPad = 8;  // beside a cell's text
constexpr std::size_t kMostColumns = 500;
constexpr Color kGrey{128, 128, 128};

// An attribute of a cell: one for all, for each column, or for each cell of each column; the last one counts
// on.
const boost::json::value* pick(const boost::json::value* spec, std::size_t column, std::size_t row) {
  for (auto index : {column, row}) {
    if (spec == nullptr || !spec->is_array()) return spec;
    const auto& array = spec->get_array();
    if (array.empty()) return nullptr;
    spec = &array[std::min(index, array.size() - 1)];
  }
  return spec;
}

// Header or cells.
class Section {
 public:
  Section(const Figure& figure, Node node, double height)
      : figure_(figure),
        node_(std::move(node)),
        values_(node_.array("values")),
        height_(std::max(1.0, node_.number("height", height))) {}

  std::size_t columns() const { return values_ == nullptr ? 0 : values_->size(); }

  std::size_t rows() const {
    std::size_t out = 0;
    for (std::size_t i = 0; i < columns(); ++i) {
      const auto& column = (*values_)[i];
      out = std::max(out, column.is_array() ? column.get_array().size() : 1);
    }
    return out;
  }

  double height() const { return height_; }

  std::string text(std::size_t column, std::size_t row, const Locale& locale) const {
    if (column >= columns()) return {};
    const auto& values = (*values_)[column];
    const auto* value = values.is_array()
                            ? row < values.get_array().size() ? &values.get_array()[row] : nullptr
                        : row == 0 ? &values
                                   : nullptr;
    if (value == nullptr || value->is_null()) return {};
    auto out = shown(*value);
    auto format = word("format", column, row);
    if (auto number = to_number(*value); number && !format.empty())
      out = number_text(*number, format, locale);
    return word("prefix", column, row) + out + word("suffix", column, row);
  }

  Font font(std::size_t column, std::size_t row) const {
    auto font = node_.child("font");
    Font out = figure_.style.font;
    if (auto family = word_of(font, "family", column, row); !family.empty()) out.family = family;
    if (const auto* size = pick(font.find("size"), column, row))
      out.size = std::clamp(to_number(*size).value_or(out.size), 1.0, 500.0);
    out.color = color_of(font, column, row, out.color);
    out.weight = word_of(font, "weight", column, row) == "bold" ? 700 : out.weight;
    return out;
  }

  Color fill(std::size_t column, std::size_t row) const {
    return color_of(node_.child("fill"), column, row, {255, 255, 255});
  }

  Stroke line(std::size_t column, std::size_t row) const {
    auto line = node_.child("line");
    const auto* width = pick(line.find("width"), column, row);
    return {.color = color_of(line, column, row, kGrey),
            .width = width == nullptr ? 1 : to_number(*width).value_or(1)};
  }

  Text::Horizontal align(std::size_t column, std::size_t row) const {
    auto name = word("align", column, row);
    return name == "left"    ? Text::Horizontal::start
           : name == "right" ? Text::Horizontal::end
                             : Text::Horizontal::middle;
  }

 private:
  static std::string word_of(const Node& node, std::string_view name, std::size_t column, std::size_t row) {
    const auto* value = pick(node.find(name), column, row);
    return value == nullptr || value->is_null() ? "" : shown(*value);
  }

  std::string word(std::string_view name, std::size_t column, std::size_t row) const {
    return word_of(node_, name, column, row);
  }

  static Color color_of(const Node& node, std::size_t column, std::size_t row, Color otherwise) {
    const auto* value = pick(node.find("color"), column, row);
    if (value == nullptr || !value->is_string()) return otherwise;
    return parse_color(value->get_string()).value_or(otherwise);
  }

  const Figure& figure_;
  Node node_;
  const boost::json::array* values_;
  double height_;
};

class Table : public Part {
 public:
  Table(const Figure& figure, const TraceInput& input)
      : figure_(figure),
        node_(input.node),
        header_(figure, node_.child("header"), 28),
        cells_(figure, node_.child("cells"), 20),
        locale_(locale_for(figure.style)) {}

  void paint(const Canvas& canvas) const override {
    auto domain = domain_box(figure_, node_, canvas.area);
    auto columns = lay_out_columns(domain);
    if (columns.empty()) return;
    canvas.scene.open({domain.x - 1, domain.y - 1, domain.width + 2, domain.height + 2});
    double y = paint_rows(canvas.scene, header_, columns, domain.y, domain.bottom());
    paint_rows(canvas.scene, cells_, columns, y, domain.bottom());
    canvas.scene.close();
  }

 private:
  struct Column {
    double x, width;
  };

  std::vector<Column> lay_out_columns(const Box& domain) const {
    auto count = std::max(header_.columns(), cells_.columns());
    if (count > kMostColumns) {
      node_.wrong("cells", fmt::format("must have at most {} columns", kMostColumns));
      return {};
    }
    std::vector<double> widths(count, 1), places(count);
    for (std::size_t i = 0; i < count; ++i) {
      if (const auto* width = pick(node_.find("columnwidth"), i, 0))
        widths[i] = std::max(0.0, to_number(*width).value_or(1));
      const auto* place = value_at(node_, "columnorder", i);
      places[i] = place == nullptr || node_.array("columnorder") == nullptr
                      ? static_cast<double>(i)
                      : to_number(*place).value_or(static_cast<double>(i));
    }
    double total = 0;
    for (auto width : widths) total += width;
    if (!(total > 0)) return {};
    std::multimap<double, std::size_t> order;
    for (std::size_t i = 0; i < count; ++i) order.emplace(places[i], i);
    std::vector<Column> out(count);
    double x = domain.x;
    for (auto [place, i] : order) {
      out[i] = {x, domain.width * widths[i] / total};
      x += out[i].width;
    }
    return out;
  }

  struct Cell {
    std::string text;
    Font font;
    bool is_wrapped = false;
  };

  // Returns where the last row ends.
  double paint_rows(Scene& scene, const Section& section, const std::vector<Column>& columns, double y,
                    double end) const {
    for (std::size_t row = 0; row < section.rows() && y < end; ++row) {
      std::vector<Cell> cells;
      double height = section.height();
      for (std::size_t i = 0; i < columns.size(); ++i) {
        auto font = section.font(i, row);
        auto whole = section.text(i, row, locale_), text = wrap(whole, font, columns[i].width - 2 * kCellPad);
        auto size = measure(text, font);
        if (double shrink = (columns[i].width - 2 * kCellPad) / size.width;
            shrink < 1) {  // a single long word
          font.size *= std::max(shrink, 0.1);
          size = measure(text, font);
        }
        bool is_wrapped = text != whole;
        height = std::max(height, size.lines > 1 ? size.height + (is_wrapped ? 2 * kCellPad : 0) : 0);
        cells.push_back({std::move(text), font, is_wrapped});
      }
      if (y + height > end + 1) return end;  // no half rows: their text would be cut
      for (std::size_t i = 0; i < columns.size(); ++i)
        paint_cell(scene, section, {columns[i].x, y, columns[i].width, height}, i, row, std::move(cells[i]));
      y += height;
    }
    return y;
  }

  static void paint_cell(Scene& scene, const Section& section, const Box& box, std::size_t column,
                         std::size_t row, Cell cell) {
    Shape ground{.fill = section.fill(column, row), .stroke = section.line(column, row), .crisp = true};
    ground.outline.rectangle(box);
    scene.add(std::move(ground));
    if (cell.text.empty()) return;
    Text text{.markup = std::move(cell.text), .font = cell.font, .at = box.center()};
    text.at.y = box.y + (cell.is_wrapped ? kCellPad : kCellPad / 2);
    text.vertical = Text::Vertical::top;
    text.horizontal = section.align(column, row);
    if (text.horizontal == Text::Horizontal::start) text.at.x = box.x + kCellPad;
    if (text.horizontal == Text::Horizontal::end) text.at.x = box.right() - kCellPad;
    scene.add(std::move(text));
  }

  const Figure& figure_;
  Node node_;
  Section header_, cells_;
  Locale locale_;
};

}  // namespace

Parts make_tables(const Figure& figure, std::span<const TraceInput> traces) {
  Parts out;
  for (const auto& trace : traces) out.push_back(std::make_unique<Table>(figure, trace));
  return out;
}

}  // namespace rb::plot
