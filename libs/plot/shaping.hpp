#pragma once
// Texts shaped by Pango, ready to be painted. Each thread has its own font map and its own store of shaped
// texts, so that measuring and painting, and the same words in the next picture, cost one shaping. Sizes in
// pixels before scale.
#include <pango/pangocairo.h>

#include <memory>
#include <string_view>
#include <vector>

#include "plot/markup.hpp"
#include "plot/scene.hpp"
#include "plot/text.hpp"

namespace rb::plot {

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};

struct ShapedLine {
  std::unique_ptr<PangoLayout, Unref> layout;  // null for an empty line
  double width = 0;
  double baseline = 0;  // of Pango's layout, from its top
};

struct ShapedText {
  std::vector<Line> runs;
  std::vector<ShapedLine> lines;
  TextSize size;
  double line_height = 0;
};

// The colour of the font does not matter. Keep the handle only on this thread.
std::shared_ptr<const ShapedText> shape(std::string_view markup, const Font& font);

// While it lives, texts that this thread has not shaped before may have `bytes` bytes together; what is
// beyond is shaped as an empty text, and is_spent() says so. One at a time in a thread.
class TextBudget {
 public:
  explicit TextBudget(std::size_t bytes);
  ~TextBudget();
  TextBudget(const TextBudget&) = delete;
  TextBudget& operator=(const TextBudget&) = delete;
  bool is_spent() const;
};

// "Open Sans, verdana" without the quotes of CSS.
std::string plain_family(std::string_view family);

}  // namespace rb::plot
