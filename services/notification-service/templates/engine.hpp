#pragma once
// The Jinja2 environments of messages. Texts of the program are strict about missing variables and trusted
// with time; texts that people have written print nothing for what is missing and have narrow limits.
#include "domain/render.hpp"
#include "jinja/jinja.hpp"

namespace rb::notification {

class TextEngine {
 public:
  enum class By { program, people };
  template <class T>
  using Outcome = std::expected<T, jinja::TemplateError>;

  TextEngine(std::string school_name, const Clock& clock);  // "": none

  // What every text may refer to beside the data of the message. `reader` as of reader_of().
  boost::json::object context(const Message& message, const Person& reader, Time now) const;

  Outcome<jinja::Template> compile(By by, const std::string& name, std::string_view source) const;
  Outcome<std::string> run(By by, const jinja::Template& text, const boost::json::object& context,
                           const Person& reader) const;
  // The text in one layout, or in all those of its channel.
  Outcome<std::string> form(By by, const jinja::Template& text, boost::json::object context,
                            const Person& reader, const char* layout) const;
  Outcome<Rendered> forms(By by, const jinja::Template& text, const boost::json::object& context,
                          const Person& reader, Channel channel) const;

 private:
  const jinja::Environment& environment(By by) const { return by == By::program ? program_ : people_; }

  std::string school_name_;
  jinja::Environment program_, people_;
};

// A caller may ask for one message in another language.
Person reader_of(const Message& message, Person person);

// "lesson.cancelled (parent, ru)", "… of tutor 7": how errors name a text that somebody has written.
std::string name_of(const TextKey& key);

}  // namespace rb::notification
