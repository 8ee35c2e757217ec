#include <fmt/format.h>

#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>

#include "commands/commands.hpp"
#include "files.hpp"
#include "json/json.hpp"
#include "plot/draw.hpp"

namespace rb::app {
namespace {

struct ChartJob {
  std::string figure, output, scale = "1", language = "ru";
  int width = 0, height = 0;
};

int refuse(int code, const std::string& what) {
  fmt::print(stderr, "{}\n", what);
  return code;
}

std::optional<plot::Format> format_of(const std::string& file) {
  constexpr std::array<std::pair<std::string_view, plot::Format>, 5> formats{{{".png", plot::Format::png},
                                                                              {".jpeg", plot::Format::jpeg},
                                                                              {".jpg", plot::Format::jpeg},
                                                                              {".svg", plot::Format::svg},
                                                                              {".pdf", plot::Format::pdf}}};
  auto extension = std::filesystem::path(file).extension().string();
  for (auto [name, format] : formats)
    if (name == extension) return format;
  return std::nullopt;
}

// 1: the figure is wrong, each wrong value on a line; 2: a file or an option is.
int render(const ChartJob& job) {
  auto format = format_of(job.output);
  if (!format) return refuse(2, "-o: .png, .jpeg, .svg, .pdf");
  plot::DrawOptions options{
      .format = *format, .width = job.width, .height = job.height, .language = job.language};
  auto [end, error] = std::from_chars(job.scale.data(), job.scale.data() + job.scale.size(), options.scale);
  if (error != std::errc{} || *end != '\0') return refuse(2, "--scale: 2, 1.5…");
  auto text = read_file(job.figure);
  if (!text) return refuse(2, unreadable(job.figure));
  auto figure = json::parse(*text);
  if (!figure || !figure->is_object())
    return refuse(1, job.figure + ": " + (figure ? "must be an object" : figure.error().message));
  auto picture = plot::draw(figure->get_object(), options);
  if (!picture) {
    for (const auto& wrong : picture.error().fields)
      fmt::print(stderr, "{}: {}\n", wrong.field, wrong.reason);
    return picture.error().fields.empty() ? refuse(1, picture.error().message) : 1;
  }
  for (const auto& warning : picture->warnings) fmt::print(stderr, "{}: {}\n", warning.path, warning.message);
  std::ofstream out(job.output, std::ios::binary);
  if (!(out << picture->bytes).flush())
    return refuse(2, "файл не записывается · cannot be written: " + job.output);
  return 0;
}

}  // namespace

void add_chart(Program& program) {
  auto group = program.line.group("chart", "Диаграммы · charts");
  auto command = group.add("render", "Нарисовать фигуру Plotly · draw a Plotly figure");
  auto job = std::make_shared<ChartJob>();
  command.option("figure", job->figure, "Фигура: файл JSON · the figure, a JSON file", Command::required);
  command.option("-o,--output", job->output, "Картинка · the picture: .png, .jpeg, .svg, .pdf",
                 Command::required);
  command.option("--width", job->width, "Ширина, пиксели · width, pixels", 1, 5000);
  command.option("--height", job->height, "Высота, пиксели · height, pixels", 1, 5000);
  command.option("--scale", job->scale, "Увеличение · pixels of the picture for one of the figure");
  command.option("--language", job->language, "Язык чисел и дат · language of numbers and dates: ru, en");
  command.when_given([&program, job] { program.chosen = [job] { return render(*job); }; });
}

}  // namespace rb::app
