#include "template_tool.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/strings.hpp"
#include "domain/wording/functions.hpp"
#include "files.hpp"
#include "templates/catalog.hpp"

namespace rb::app {
namespace {

namespace fs = std::filesystem;

ToolOutput refuse(const std::string& file) { return {2, {}, unreadable(file) + "\n"}; }

// One template file and what it needs.
class Workbench {
 public:
  Workbench(std::string file, std::string source)
      : file_(std::move(file)),
        source_(std::move(source)),
        environment_({}, [this](std::string_view name) { return find(name); }) {
    notification::add_message_functions(environment_, clock_);
  }

  auto compile() const { return environment_.compile(file_, source_); }
  auto render(const jinja::Template& text, const jinja::Value& context) const {
    return environment_.render(text, context);
  }

  // Where and what in both languages, then the line itself.
  ToolOutput describe(const jinja::TemplateError& error) const {
    auto text = jinja::explain(error, "ru") + "\n" + jinja::explain(error, "en") + "\n";
    auto source = error.template_name == file_ ? source_ : find(error.template_name).value_or("");
    auto lines = split(source, '\n');
    auto number = static_cast<std::size_t>(std::max(error.line, 0));
    if (number > 0 && number <= lines.size()) text += fmt::format("{:>5} | {}\n", number, lines[number - 1]);
    return {1, {}, std::move(text)};
  }

 private:
  // A name cannot lead out of the file's folder.
  std::optional<std::string> find(std::string_view name) const {
    auto inside = fs::path(name).lexically_normal();
    if (inside.empty() || inside.is_absolute() || *inside.begin() == "..") return std::nullopt;
    if (auto beside = read_file(fs::path(file_).parent_path() / inside)) return beside;
    auto built_in = notification::templates::file(name);
    return built_in ? std::optional(std::string(*built_in)) : std::nullopt;
  }

  std::string file_, source_;
  SystemClock clock_;
  jinja::Environment environment_;
};

}  // namespace

ToolOutput check_template(const std::string& file) {
  auto source = read_file(file);
  if (!source) return refuse(file);
  Workbench bench(file, std::move(*source));
  auto compiled = bench.compile();
  if (!compiled) return bench.describe(compiled.error());
  auto variables = compiled->variables();
  auto out = file + ": в порядке · fine\n";
  if (!variables.empty()) out += fmt::format("переменные · variables: {}\n", fmt::join(variables, ", "));
  return {0, std::move(out), {}};
}

ToolOutput render_template(const std::string& file, const std::string& context) {
  auto source = read_file(file);
  if (!source) return refuse(file);
  auto json = read_file(context);
  if (!json) return refuse(context);
  auto values = jinja::Value::parse_json(*json);
  if (!values || !values->is(jinja::Value::Type::dict)) {
    auto reason = values ? "an object is expected: {…}" : values.error().message;
    return {2, {}, context + ": это не объект JSON · not a JSON object: " + reason + "\n"};
  }
  Workbench bench(file, std::move(*source));
  auto compiled = bench.compile();
  if (!compiled) return bench.describe(compiled.error());
  auto text = bench.render(*compiled, *values);
  if (!text) return bench.describe(text.error());
  return {0, std::move(*text), {}};
}

}  // namespace rb::app
