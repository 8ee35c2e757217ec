#pragma once
// What stands around and upon the plots: title, legend, colour bars, annotations and shapes.
#include <optional>
#include <vector>

#include "plot/cartesian.hpp"
#include "plot/context.hpp"
#include "plot/margins.hpp"

namespace rb::plot {

// The share of a thing that lies before ("left", "top": nothing) its anchor.
double share_before(const std::string& anchor);

class Title {
 public:
  explicit Title(const Figure& figure);
  void lay_out(const Box& area, MarginPushes& margins);
  void paint(Scene& scene) const;
  std::string text() const { return markup_; }

 private:
  const Figure& figure_;
  Node node_;
  std::string markup_, subtitle_;
  Font font_, subtitle_font_;
  std::vector<Text> texts_;
};

class Legend {
 public:
  Legend(const Figure& figure, std::vector<LegendItem> items, bool shown_by_default, bool reversed);
  void lay_out(const Box& area, MarginPushes& margins);
  void paint(Scene& scene) const;

 private:
  struct Row {
    double width = 0, height = 0;
    Point at{};  // of the middle of its left side, within the legend
  };
  void sort_items(const std::string& order);
  void stack_rows();
  void flow_rows(double most);
  double group_gap_before(std::size_t i) const;

  const Figure& figure_;
  Node node_;
  std::vector<LegendItem> items_;
  std::vector<Row> rows_;
  Font font_, title_font_;
  std::string title_;
  bool grouped_ = false;
  double border_ = 0, text_at_ = 40;
  Box box_{};
};

class ColorBarView {
 public:
  ColorBarView(const Figure& figure, ColorBar bar);
  void lay_out(const Box& area, MarginPushes& margins);
  void paint(Scene& scene) const;

 private:
  struct Place {
    double x, y;  // parts of the plot
    Point at;
    double thick, length;
    double reach;  // the length as a part of the plot's height
    Point pad;
    double left, top;  // the part that lies before `at`
  };
  void stand(const Place& place, MarginPushes& margins);
  void lie(const Place& place, MarginPushes& margins);
  void place_labels(double from, double length);

  const Figure& figure_;
  ColorBar bar_;
  Font font_, title_font_;
  std::string title_;
  bool upright_;
  Box box_{};
  std::vector<Text> texts_;
};

// Positions that name what they refer to: "paper", "x2", "x domain".
struct Refs {
  const Cartesian& cartesian;
  Box area;
  // NaN: nothing there. `logarithms`: values on a log axis are given as such.
  double pixel(const std::string& ref, const boost::json::value& value, bool x, bool logarithms) const;
};

void make_room_for_annotations(const Figure& figure, Cartesian& cartesian);
void paint_annotations(const Figure& figure, const Refs& refs, Scene& scene);

void make_room_for_shapes(const Figure& figure, Cartesian& cartesian);
void paint_shapes(const Figure& figure, const Refs& refs, Scene& scene, bool below);

}  // namespace rb::plot
