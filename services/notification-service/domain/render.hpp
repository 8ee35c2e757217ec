#pragma once
// A message's text in the form of its channel. Pure.
#include <string>

#include "base/error.hpp"
#include "domain/message.hpp"

namespace rb::notification {

struct Rendered {
  std::string title;  // plain text: mail subject, history
  std::string html;   // Telegram's HTML, or the mail's
  std::string plain;  // without markup
};

// What every text may refer to, beside the message itself.
struct RenderSettings {
  std::string school_name;
  std::string settings_url;
};

class Renderer {
 public:
  virtual ~Renderer() = default;
  // Errc::invalid says in one sentence what is wrong with the template or its data.
  virtual Result<Rendered> render(const Message& message, const Person& recipient, Channel channel,
                                  const std::string& unsubscribe_url, Time now) const = 0;

  // The same for a text that is not among the templates (a preview). One that extends no layout is taken as
  // the body, its first line as the title.
  virtual Result<Rendered> render_source(const std::string& source, const Message& message,
                                         const Person& recipient, Channel channel, Time now) const = 0;
};

}  // namespace rb::notification
