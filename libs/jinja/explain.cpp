// What a template error means to the person who wrote the template.
#include <fmt/format.h>

#include "jinja/error.hpp"

namespace rb::jinja {
namespace {

struct Advice {
  ErrorKind kind;
  std::string_view ru, en;
};

constexpr Advice kAdvice[] = {
    {ErrorKind::template_syntax, "запись не читается; проверьте скобки и закрывающие теги",
     "this cannot be read; check brackets and closing tags"},
    {ErrorKind::template_assertion, "такого фильтра, теста или блока нет; проверьте название",
     "there is no such filter, test or block; check its name"},
    {ErrorKind::template_not_found, "такого шаблона нет; проверьте название",
     "there is no such template; check its name"},
    {ErrorKind::templates_not_found, "ни одного из этих шаблонов нет; проверьте названия",
     "there is none of these templates; check their names"},
    {ErrorKind::undefined,
     "этой переменной здесь нет; проверьте название или закройте место условием {% if %}",
     "this variable is not there; check its name or guard it with {% if %}"},
    {ErrorKind::security, "шаблону это не разрешено", "a template may not do this"},
    {ErrorKind::zero_division, "деление на ноль", "division by zero"},
    {ErrorKind::output_limit, "результат слишком длинный", "the result is too long"},
    {ErrorKind::step_limit, "шаблон делает слишком много шагов; проверьте циклы",
     "the template takes too many steps; check its loops"},
    {ErrorKind::memory_limit, "шаблону нужно слишком много памяти", "the template needs too much memory"},
    {ErrorKind::depth_limit, "слишком глубокая вложенность", "it is nested too deeply"},
    {ErrorKind::time_limit, "шаблон работает слишком долго; проверьте циклы",
     "the template takes too long; check its loops"},
    {ErrorKind::template_limit, "шаблон слишком большой", "the template is too large"},
};

std::string_view advice(ErrorKind kind, bool russian) {
  for (const auto& entry : kAdvice)
    if (entry.kind == kind) return russian ? entry.ru : entry.en;
  return russian ? "с этим значением так нельзя" : "this does not work with such a value";
}

}  // namespace

std::string explain(const TemplateError& error, std::string_view language) {
  bool russian = language == "ru";
  auto where =
      error.template_name.empty() ? std::string(russian ? "шаблон" : "template") : error.template_name;
  if (error.line > 0) where += (russian ? ", строка " : ", line ") + std::to_string(error.line);
  return fmt::format("{}: {} ({})", where, advice(error.kind, russian), error.message);
}

}  // namespace rb::jinja
