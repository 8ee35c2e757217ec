#pragma once
// A message's text in the form of its channel; and checking a text before it is kept. Pure.
#include <string>
#include <vector>

#include "base/error.hpp"
#include "domain/message.hpp"
#include "domain/stored_texts.hpp"

namespace rb::notification {

struct Rendered {
  std::string title;         // plain text: mail subject, history
  std::string html;          // Telegram's HTML, or the mail's
  std::string plain;         // without markup
  std::string text = {};     // which text it is: "built-in", "lesson.cancelled (parent, ru), version 3"
  std::string problem = {};  // why a text that was written for it could not be used; "": nothing was wrong
};

struct TextDraft {
  TextKey key;
  std::string source;
  boost::json::object sample;  // of a name that is no notification type
};

struct TextProblem {
  int line = 0;  // 1-based; 0: of the text as a whole
  std::string ru, en;
};

struct TextCheck {
  std::vector<std::string> variables;  // it mentions, sorted
  std::vector<TextProblem> errors;     // it cannot be kept
  std::vector<TextProblem> warnings;   // it can, but somebody should look at it
};

class Renderer {
 public:
  virtual ~Renderer() = default;
  // By the best text there is for the message; one that fails gives way to the next, the built-in one last.
  // Errc::invalid says in one sentence what is wrong with the template or its data.
  virtual Result<Rendered> render(const Message& message, const Person& recipient, Channel channel,
                                  const std::string& unsubscribe_url, Time now) const = 0;

  // The same for a text that is not among the templates (a preview). One that extends no layout is taken as
  // the body, its first line as the title.
  virtual Result<Rendered> render_source(const std::string& source, const Message& message,
                                         const Person& recipient, Channel channel, Time now) const = 0;

  // Syntax, variables, and every form it takes with sample data.
  virtual TextCheck check(const TextDraft& draft, Time now) const = 0;
};

// The tutor whose own wording a message takes: the one it is about. "" when it is about none.
std::string wording_owner(const Message& message);

}  // namespace rb::notification
