#include <CLI/CLI.hpp>
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
  auto* group = program.line.add_subcommand("template", "Шаблоны Jinja2 · Jinja2 templates");
  group->require_subcommand(1);
  auto file = std::make_shared<std::string>(), context = std::make_shared<std::string>();
  auto* check = group->add_subcommand(
      "check", "Проверить шаблон и перечислить его переменные · check a template, list its variables");
  check->add_option("file", *file, "Шаблон · the template")->required();
  check->callback([&program, file] { program.chosen = [file] { return print(check_template(*file)); }; });
  auto* render = group->add_subcommand("render", "Показать, что получится · show what comes out");
  render->add_option("file", *file, "Шаблон · the template")->required();
  render
      ->add_option("--context", *context, "Данные: файл с объектом JSON · the data, a JSON object in a file")
      ->required();
  render->callback([&program, file, context] {
    program.chosen = [file, context] { return print(render_template(*file, *context)); };
  });
}

}  // namespace rb::app
