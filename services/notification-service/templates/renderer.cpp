#include "templates/renderer.hpp"

#include <fmt/format.h>

#include "base/strings.hpp"
#include "domain/wording/html.hpp"
#include "telegram/html.hpp"
#include "templates/catalog.hpp"
#include "templates/check.hpp"
#include "templates/engine.hpp"
#include "templates/variables.hpp"

namespace rb::notification {
namespace {

using By = TextEngine::By;

std::unexpected<Error> failed(const jinja::TemplateError& error) {
  return fail(Errc::invalid, jinja::explain(error, "en"));
}

// The languages in which a text is looked for: the reader's, then those that most texts are in.
std::vector<std::string> tongues(const std::string& own) {
  std::vector<std::string> out = {own};
  for (const auto* other : {"ru", "en"})
    if (own != other) out.emplace_back(other);
  return out;
}

class TextRenderer final : public Renderer {
 public:
  TextRenderer(std::string school_name, const Clock& clock, const StoredTexts& texts)
      : engine_(std::move(school_name), clock), texts_(texts) {}

  Result<Rendered> render(const Message& message, const Person& recipient, Channel channel,
                          const std::string& unsubscribe_url, Time now) const override {
    Work work{message, reader_of(message, recipient), channel, now, {}};
    work.context = engine_.context(message, work.reader, now);
    if (!unsubscribe_url.empty()) work.context["unsubscribe_url"] = unsubscribe_url;
    auto name = message.template_name.empty() ? message.type : message.template_name;
    std::string problem;
    auto out = by_name(name, work, problem);
    // A text with a name of its own that is gone or does not work: the caller's words still go out.
    if (!out && !message.template_name.empty() && message.context.contains("message")) {
      if (problem.empty()) problem = std::move(out.error().message);
      out = by_name("custom", work, problem);
    }
    if (!out) return out;
    out->problem = std::move(problem);
    return out;
  }

  Result<Rendered> render_source(const std::string& source, const Message& message, const Person& recipient,
                                 Channel channel, Time now) const override {
    auto reader = reader_of(message, recipient);
    auto compiled = engine_.compile(By::people, "template", source);
    if (!compiled) return failed(compiled.error());
    auto context = engine_.context(message, reader, now);
    templates::add_missing_objects(context, message.type);
    if (compiled->extends()) {
      auto out = engine_.forms(By::people, *compiled, context, reader, channel);
      if (!out) return failed(out.error());
      return std::move(*out);
    }
    auto html = engine_.run(By::people, *compiled, context, reader);
    if (!html) return failed(html.error());
    Rendered out;
    out.html = std::move(*html);
    out.plain = html_to_text(out.html);
    out.title = out.plain.substr(0, out.plain.find('\n'));
    return out;
  }

  TextCheck check(const TextDraft& draft, Time now) const override { return check_text(engine_, draft, now); }

 private:
  struct Work {
    const Message& message;
    Person reader;
    Channel channel;
    Time now;
    boost::json::object context;
  };

  // `problem` grows by what could not be used on the way.
  Result<Rendered> by_name(const std::string& name, const Work& work, std::string& problem) const {
    for (const auto& language : tongues(work.reader.language)) {
      TextKey key{wording_owner(work.message), name, work.message.audience, work.channel, language};
      for (const auto* text : texts_.candidates(key, work.now)) {
        auto out = written(*text, work);
        if (out) return out;
        if (!problem.empty()) problem += "; ";
        problem += out.error().message;
      }
      if (auto path = templates::find_in(name, to_string(work.message.audience), language))
        return built_in(*path, work);
    }
    return fail(Errc::invalid, problem.empty() ? "there is no template for " + name : problem);
  }

  Result<Rendered> built_in(const std::string& path, const Work& work) const {
    auto compiled = engine_.compile(By::program, path, *templates::file(path));
    if (!compiled) return failed(compiled.error());
    auto out = engine_.forms(By::program, *compiled, work.context, work.reader, work.channel);
    if (!out) return failed(out.error());
    out->text = "built-in";
    return std::move(*out);
  }

  Result<Rendered> written(const TextVersion& text, const Work& work) const {
    auto name = name_of(text.key);
    auto compiled = engine_.compile(By::people, name, text.source);
    if (!compiled) return failed(compiled.error());
    auto context = work.context;
    templates::add_missing_objects(context, text.key.name);
    auto out = engine_.forms(By::people, *compiled, context, work.reader, work.channel);
    if (!out) return failed(out.error());
    if (trim(out->title).empty()) return fail(Errc::invalid, name + ": the title is empty");
    if (work.channel == Channel::telegram)
      if (auto parsed = telegram::Html::parse(out->html); !parsed)
        return fail(Errc::invalid, name + ": " + parsed.error().message);
    out->text = fmt::format("{}, version {}", name, text.version);
    return std::move(*out);
  }

  TextEngine engine_;
  const StoredTexts& texts_;
};

}  // namespace

std::unique_ptr<Renderer> make_renderer(std::string school_name, const Clock& clock,
                                        const StoredTexts& texts) {
  return std::make_unique<TextRenderer>(std::move(school_name), clock, texts);
}

}  // namespace rb::notification
