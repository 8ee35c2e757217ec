#pragma once
// Layout templates: "plotly_white" and "plotly_dark" by name, or objects of the figure.
#include <boost/json.hpp>

#include "plot/node.hpp"

namespace rb::plot {

class Template {
 public:
  explicit Template(const Node& layout);  // reads layout.template

  const boost::json::value* layout() const;
  // Behind the `index`th trace of this type.
  const boost::json::value* trace(std::string_view type, std::size_t index) const;

 private:
  const boost::json::object* root_ = nullptr;
};

}  // namespace rb::plot
