#include "plot/check/check.hpp"

#include <gtest/gtest.h>

namespace rb::plot {
namespace {

std::string codes(const char* figure) {
  std::string out;
  for (const auto& one : check(boost::json::parse(figure).as_object()))
    out += one.code + " " + one.container + " " + one.path + "; ";
  return out;
}

TEST(Check, names_the_path_of_a_wrong_value) {
  EXPECT_EQ(codes(R"({"data":[{"type":"pie","values":[1],"hole":"big"}]})"), "value data hole; ");
  EXPECT_EQ(codes(R"({"data":[{"x":[1],"mode":"linez","yaxis":"second","line":{"color":"синий"}}]})"),
            "value data mode; value data yaxis; value data line.color; ");
  EXPECT_EQ(
      codes(
          R"({"layout":{"title":"text","barmode":"stack","legend":{"orientation":"horizontal"}}, "data":[{"type":"bar","y":[1]}]})"),
      "object layout title; value layout legend.orientation; ");
  EXPECT_EQ(codes(R"({"data":[{"type":"heatmapgl","z":[[1]]}]})"),
            "value data type; schema data z; invisible data ; ");
  EXPECT_EQ(codes(R"({"data":[{"type":"heatmapgl","x":[1],"y":[1]}, null]})"),
            "value data type; object data ; ");
}

TEST(Check, looks_into_colour_scales) {
  auto codes_of = [](const std::string& scale) {
    return codes((R"({"data":[{"type":"heatmap","z":[[1]],"colorscale":)" + scale + "}]}").c_str());
  };
  for (const auto* right :
       {R"("Viridis")", R"([[0,"red"],[1,"blue"]])", R"([["0","red"],[0.5,"#fff"],["1","blue"]])"})
    EXPECT_EQ(codes_of(right), "") << right;
  for (const auto* wrong :
       {R"("viridis")", "7", "[]", R"([[0,"red"]])", R"([[0,"red"],[0.9,"blue"]])",
        R"([[0.1,"red"],[1,"blue"]])", R"([[0,"red"],[0.9,"blue"],[0.5,"red"],[1,"red"]])",
        R"([[0,"red"],[1,"blau"]])", R"([[0,"red",1],[1,"blue"]])", R"(["red","blue"])"})
    EXPECT_EQ(codes_of(wrong), "value data colorscale; ") << wrong;
}

TEST(Check, looks_into_lists_of_any_length_and_lists_of_lists) {
  EXPECT_EQ(
      codes(R"({"layout":{"grid":{"xaxes":["x","x2"],"yaxes":["y","q"],"subplots":[["xy","xz"],"xy"]}}})"),
      "value layout grid.yaxes[1]; value layout grid.subplots[0][1]; array layout grid.subplots[1]; ");
}

TEST(Check, tells_what_draws_nothing_apart_from_what_is_wrong) {
  EXPECT_EQ(codes(R"({"data":[{"x":[1],"y":"abc"}],"layout":{"tytle":1,"yaxis2":{"range":[0,1,2]}}})"),
            "unused data y; schema layout tytle; unused layout yaxis2.range[2]; ");
}

TEST(Check, tells_which_traces_have_nothing_to_show) {
  EXPECT_EQ(codes(R"({"data":[{"x":[],"y":[]},{"y":[1]},{"type":"pie","values":[]},{"type":"indicator"},
                              {"type":"box"},{"type":"bar","visible":"legendonly"}]})"),
            "invisible data ; invisible data ; invisible data ; ");
}

TEST(Check, finds_nothing_in_a_right_figure) {
  EXPECT_EQ(codes(R"({"data":[{"type":"bar","x":["а"],"y":[1],"marker":{"color":"#1f77b4"},"xaxis":"x2"}],
                      "layout":{"title":{"text":"Занятия"},"xaxis2":{"anchor":"y","type":"category"}}})"),
            "");
}

}  // namespace
}  // namespace rb::plot
