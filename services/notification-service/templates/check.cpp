#include "templates/check.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "base/strings.hpp"
#include "domain/catalog.hpp"
#include "telegram/html.hpp"
#include "templates/catalog.hpp"
#include "templates/samples.hpp"
#include "templates/variables.hpp"

namespace rb::notification {

namespace bj = boost::json;

namespace {

using By = TextEngine::By;

constexpr std::size_t kTitleLimit = 255;

void add_paths(const bj::object& sample, const std::string& prefix, std::vector<std::string>& out) {
  for (const auto& [key, value] : sample) {
    auto path = prefix + std::string(key);
    if (value.is_object() && !value.get_object().empty())
      add_paths(value.get_object(), path + ".", out);
    else
      out.push_back(path);
  }
}

class Checker {
 public:
  Checker(const TextEngine& engine, const TextDraft& draft, Time now)
      : engine_(engine), draft_(draft), type_(find_notification_type(draft.key.name)), now_(now) {}

  TextCheck run() {
    auto compiled = engine_.compile(By::people, name_of(draft_.key), draft_.source);
    if (!compiled) {
      error(compiled.error());
      return std::move(out_);
    }
    check_variables(*compiled);
    if (!compiled->extends())
      error(0, "текст должен начинаться с {% extends layout %}, за ним блоки title и body",
            "the text must begin with {% extends layout %}, then come the blocks title and body");
    if (out_.errors.empty())
      for (auto audience : audiences()) check_forms(*compiled, audience);
    if (out_.errors.empty()) look_for_holes();
    return std::move(out_);
  }

 private:
  void error(int line, std::string ru, std::string en) {
    if (line > 0) {
      ru = fmt::format("строка {}: {}", line, ru);
      en = fmt::format("line {}: {}", line, en);
    }
    bool known = std::ranges::any_of(out_.errors, [&](const TextProblem& p) { return p.en == en; });
    if (!known) out_.errors.push_back({line, std::move(ru), std::move(en)});
  }

  // The line is the text's own: what happens in an included file has none.
  TextProblem problem_of(jinja::TemplateError error) const {
    int line = error.template_name == name_of(draft_.key) ? error.line : 0;
    if (line > 0) error.template_name.clear();
    auto ru = jinja::explain(error, "ru"), en = jinja::explain(error, "en");
    if (line > 0) {
      ru = ru.substr(ru.find("строка"));
      en = en.substr(en.find("line "));
    }
    return {line, std::move(ru), std::move(en)};
  }

  void error(const jinja::TemplateError& what) {
    auto problem = problem_of(what);
    bool known = std::ranges::any_of(out_.errors, [&](const TextProblem& p) { return p.en == problem.en; });
    if (!known) out_.errors.push_back(std::move(problem));
  }

  void check_variables(const jinja::Template& text) {
    auto declared = templates::variables_of(draft_.key.name);
    std::vector<std::string> own;
    if (type_ == nullptr) add_paths(draft_.sample, "", own);
    for (const auto& path : own) declared.push_back({path, "", "", ""});
    std::set<std::string> mentioned;
    for (const auto& reference : text.references()) {
      if (reference.path == "layout") continue;
      mentioned.insert(reference.path);
      if (templates::is_declared(reference.path, declared)) continue;
      auto near = neighbours(reference.path, declared);
      error(reference.line, fmt::format("переменной {} здесь нет; есть {}", reference.path, near),
            fmt::format("there is no variable {} here; there are {}", reference.path, near));
    }
    out_.variables.assign(mentioned.begin(), mentioned.end());
  }

  // The variables below the same word; when there is no such word, all the words.
  static std::string neighbours(const std::string& path, const std::vector<templates::Variable>& declared) {
    auto root = path.substr(0, path.find('.'));
    std::vector<std::string> near, roots;
    for (const auto& variable : declared) {
      auto own = std::string(variable.path.substr(0, variable.path.find('.')));
      if (own == root) near.emplace_back(variable.path);
      if (std::ranges::find(roots, own) == roots.end()) roots.push_back(own);
    }
    return fmt::format("{}", fmt::join(near.empty() ? roots : near, ", "));
  }

  std::vector<Audience> audiences() const {
    if (draft_.key.audience != Audience::any || type_ == nullptr) return {draft_.key.audience};
    std::vector<Audience> out;
    for (const auto& name : split(type_->audiences, ' ')) out.push_back(*parse_audience(name));
    return out;
  }

  bj::object context(Audience audience, bool full) const {
    Message message;
    message.type = draft_.key.name;
    message.audience = audience;
    message.context = type_ == nullptr ? draft_.sample
                      : full           ? templates::sample_context(draft_.key.language, message.type)
                                       : templates::least_context(message.type);
    auto reader = templates::sample_reader(draft_.key.language, audience);
    auto out = engine_.context(message, reader, now_);
    templates::add_missing_objects(out, message.type);
    if (draft_.key.channel != Channel::telegram)
      out["unsubscribe_url"] = "https://school.example/unsubscribe";
    return out;
  }

  void check_forms(const jinja::Template& text, Audience audience) {
    auto reader = templates::sample_reader(draft_.key.language, audience);
    for (bool full : {true, false}) {
      auto data = context(audience, full);
      auto form = [&](const char* layout) -> std::optional<std::string> {
        auto out = engine_.form(By::people, text, data, reader, layout);
        if (out) return std::move(*out);
        error(out.error());
        return std::nullopt;
      };
      auto title = form("layout/subject.txt");
      if (title) check_title(*title, full);
      auto telegram = title ? form("layout/telegram.html") : std::nullopt;
      if (telegram) check_telegram(*telegram);
      if (telegram && full && draft_.key.channel != Channel::telegram) form("layout/email.html");
      if (!out_.errors.empty()) return;
    }
  }

  void check_title(const std::string& title, bool full) {
    if (trim(title).empty() && full)
      error(0, "заголовок пуст: заполните блок title", "the title is empty: fill in the block title");
    if (trim(title).empty() && !full)
      error(0, "заголовок пуст, когда известно только обязательное: добавьте слова, которые есть всегда",
            "the title is empty when only what is required is known: add words that are always there");
    if (title.find('\n') != std::string::npos)
      error(0, "заголовок должен помещаться в одну строку", "the title must be one line");
    if (utf8_length(title) > kTitleLimit)
      error(0, "заголовок длиннее 255 знаков", "the title is longer than 255 characters");
  }

  void check_telegram(const std::string& html) {
    auto parsed = telegram::Html::parse(html);
    if (!parsed)
      return error(
          0, "такая разметка не подойдёт, годятся b, i, u, s, a, code, blockquote: " + parsed.error().message,
          "this markup does not do, b, i, u, s, a, code, blockquote do: " + parsed.error().message);
    if (parsed->length() > telegram::kTextLimit)
      error(0, "с примерами данных текст длиннее 4096 знаков",
            "with sample data the text is longer than 4096 characters");
  }

  // Places where nothing would be printed: a variable that is not there with all data, or with the least.
  void look_for_holes() {
    auto strict = engine_.compile(By::program, name_of(draft_.key), draft_.source);
    if (!strict) return;
    for (auto audience : audiences()) {
      auto reader = templates::sample_reader(draft_.key.language, audience);
      for (bool full : {true, false}) {
        auto out =
            engine_.form(By::program, *strict, context(audience, full), reader, "layout/telegram.html");
        if (out || out.error().kind != jinja::ErrorKind::undefined) continue;
        auto problem = problem_of(out.error());
        auto known = [&](const TextProblem& p) { return p.line == problem.line; };
        if (std::ranges::none_of(out_.warnings, known)) out_.warnings.push_back(std::move(problem));
      }
    }
  }

  const TextEngine& engine_;
  const TextDraft& draft_;
  const TypeInfo* type_;
  Time now_;
  TextCheck out_;
};

// What the text stands on: the built-in one, or the layout.
std::string beginning(const TextKey& key) {
  if (auto path = templates::find_in(key.name, to_string(key.audience), key.language))
    return fmt::format("{{% extends '{}' %}}", *path);
  if (key.audience == Audience::any && find_notification_type(key.name) != nullptr)
    return fmt::format("{{% extends '{}/{}.' ~ audience ~ '.html' %}}", key.language, key.name);
  return "{% extends layout %}{% set icon = '💬' %}";
}

}  // namespace

TextCheck check_text(const TextEngine& engine, const TextDraft& draft, Time now) {
  return Checker(engine, draft, now).run();
}

std::string source_of(const TextKey& key, const std::string& title, const std::string& body) {
  auto out = beginning(key);
  if (!title.empty()) out += "{% block title %}" + title + "{% endblock %}";
  if (!body.empty()) out += "{% block body %}\n" + body + "\n{% endblock %}";
  return out + "\n";
}

}  // namespace rb::notification
