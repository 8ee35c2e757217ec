#include <cstdio>

#include "commands/commands.hpp"
#include "template_tool.hpp"

namespace rb::app {
namespace {

int print(const ToolOutput& output) {
  std::fwrite(output.out.data(), 1, output.out.size(), stdout);
  std::fwrite(output.err.data(), 1, output.err.size(), stderr);
  return output.code;
}

}  // namespace

void add_template(Program& program) {
  auto group = program.line.group("template", "Шаблоны Jinja2 · Jinja2 templates");
  auto file = std::make_shared<std::string>(), context = std::make_shared<std::string>();
  auto check = group.add(
      "check", "Проверить шаблон и перечислить его переменные · check a template, list its variables");
  check.option("file", *file, "Шаблон · the template", Command::required);
  check.when_given([&program, file] { program.chosen = [file] { return print(check_template(*file)); }; });
  auto render = group.add("render", "Показать, что получится · show what comes out");
  render.option("file", *file, "Шаблон · the template", Command::required);
  render.option("--context", *context, "Данные: файл с объектом JSON · the data, a JSON object in a file",
                Command::required);
  render.when_given([&program, file, context] {
    program.chosen = [file, context] { return print(render_template(*file, *context)); };
  });
}

}  // namespace rb::app
