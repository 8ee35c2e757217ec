// What a picture of a Plotly figure costs: plot_bench FIGURE.json... prints one JSON object a line for each
// figure and format: CPU milliseconds of this process until its first picture stood (only on the first line),
// the median of one picture once warm, and its bytes. One thread. bench/plot_ratio makes the figures and sets
// a browser beside it. The last line is a month of lessons made into a figure and its JSON by the builder.
#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <iterator>

#include "json/json.hpp"
#include "plot/draw.hpp"
#include "plot/figure.hpp"
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

// CPU milliseconds of one call.
template <class Work>
double median_of(Work work) {
  std::vector<double> times;
  for (int i = 0; i < kRounds; ++i) {
    double start = bench::own_cpu_seconds();
    work();
    times.push_back((bench::own_cpu_seconds() - start) * 1000);
  }
  return bench::percentile(times, 0.5);
}

std::string month_of_lessons() {
  build::Figure figure("Занятия по дням", "ru");
  build::Texts days;
  build::Numbers counts;
  for (int day = 1; day <= 30; ++day) {
    days.push_back(fmt::format("2026-09-{:02}", day));
    counts.emplace_back(day % 7);
  }
  figure.add(build::Trace::lines(days, counts).name("Проведено").color(0));
  figure.x_axis({.tick_format = "%d.%m"}).y_axis({.title = "Занятия", .from_zero = true}).legend_below();
  return json::to_text(std::move(figure).json());
}

void measure_builder() {
  auto bytes = month_of_lessons().size();
  fmt::print(R"({{"figure": "line, 30 days", "format": "json", "ms": {:.3f}, "bytes": {}}})"
             "\n",
             median_of([] { month_of_lessons(); }), bytes);
}

void measure_file(const char* file, bool is_first) {
  constexpr std::array<std::pair<std::string_view, Format>, 4> formats{
      {{"png", Format::png}, {"svg", Format::svg}, {"jpeg", Format::jpeg}, {"pdf", Format::pdf}}};
  auto figure = read(file);
  for (auto [name, format] : formats) {
    auto bytes = draw_once(figure, format);
    double first = is_first ? bench::own_cpu_seconds() * 1000 : 0;
    auto each = median_of([&] { draw_once(figure, format); });
    fmt::print(R"({{"figure": "{}", "format": "{}", "first_ms": {:.1f}, "ms": {:.3f}, "bytes": {}}})"
               "\n",
               file, name, first, each, bytes);
    is_first = false;
  }
}

}  // namespace
}  // namespace rb::plot

int main(int argc, char** argv) try {
  for (int i = 1; i < argc; ++i) rb::plot::measure_file(argv[i], i == 1);
  rb::plot::measure_builder();
} catch (const std::exception& e) {
  std::fprintf(stderr, "%s\n", e.what());
  return 1;
}
