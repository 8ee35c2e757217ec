// What a picture of a Plotly figure costs: plot_bench FIGURE.json... prints one JSON object a line for each
// figure and format: CPU milliseconds of this process until its first picture stood (only on the first line),
// the median of one picture once warm, and its bytes. One thread. bench/plot_ratio makes the figures and sets
// a browser beside it.
#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <iterator>

#include "json/json.hpp"
#include "plot/draw.hpp"
#include "usage.hpp"

namespace rb::plot {
namespace {

constexpr int kRounds = 60;

boost::json::object read(const char* file) {
  std::ifstream in(file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  auto figure = json::parse(text);
  if (!figure || !figure->is_object()) throw std::runtime_error(std::string(file) + " is no figure");
  return std::move(figure->get_object());
}

std::size_t draw_once(const boost::json::object& figure, Format format) {
  auto picture = draw(figure, {.format = format});
  if (!picture) throw std::runtime_error(picture.error().message);
  return picture->bytes.size();
}

void measure_file(const char* file, bool is_first) {
  constexpr std::array<std::pair<std::string_view, Format>, 4> formats{
      {{"png", Format::png}, {"svg", Format::svg}, {"jpeg", Format::jpeg}, {"pdf", Format::pdf}}};
  auto figure = read(file);
  for (auto [name, format] : formats) {
    auto bytes = draw_once(figure, format);
    double first = is_first ? bench::own_cpu_seconds() * 1000 : 0;
    std::vector<double> times;
    for (int i = 0; i < kRounds; ++i) {
      double start = bench::own_cpu_seconds();
      draw_once(figure, format);
      times.push_back((bench::own_cpu_seconds() - start) * 1000);
    }
    fmt::print(R"({{"figure": "{}", "format": "{}", "first_ms": {:.1f}, "ms": {:.3f}, "bytes": {}}})"
               "\n",
               file, name, first, bench::percentile(times, 0.5), bytes);
    is_first = false;
  }
}

}  // namespace
}  // namespace rb::plot

int main(int argc, char** argv) try {
  for (int i = 1; i < argc; ++i) rb::plot::measure_file(argv[i], i == 1);
} catch (const std::exception& e) {
  std::fprintf(stderr, "%s\n", e.what());
  return 1;
}
