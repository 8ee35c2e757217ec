#pragma once
// Writing texts: a new version, back to an older one, back to the built-in text.
#include "api/templates.hpp"

namespace rb::notification {

// Which text is meant.
struct TextPlace {
  std::string name;
  std::optional<std::string> owner;
  Audience audience = Audience::any;
  std::string channel = "any";
  std::string language = "ru";
  std::string note;
};
BOOST_DESCRIBE_STRUCT(TextPlace, (), (name, owner, audience, channel, language, note))

struct TextChange : TextPlace {
  std::optional<std::string> source;       // the whole text
  std::optional<std::string> title, body;  // or these parts of it
  std::optional<json::value> variables;    // of a name of the school's own
  std::optional<Time> activate_at;
};
BOOST_DESCRIBE_STRUCT(TextChange, (TextPlace), (source, title, body, variables, activate_at))
json::Rules rules(const TextChange*);

struct ProblemText {
  std::string ru, en;
};
BOOST_DESCRIBE_STRUCT(ProblemText, (), (ru, en))

struct TextProblemView {
  std::optional<int> line;
  std::string field;  // source, title or body
  ProblemText message;
};
BOOST_DESCRIBE_STRUCT(TextProblemView, (), (line, field, message))

struct SavedText {
  bool success = true;
  TextView text;
  std::vector<TextProblemView> warnings;
};
BOOST_DESCRIBE_STRUCT(SavedText, (), (success, text, warnings))

// A text that does not stand yet; Errc::conflict when it does.
Task<Result<SavedText>> create_template(App& app, const http::Request& request, TextChange in);
Task<Result<SavedText>> put_template(App& app, const http::Request& request, TextChange in);

// All texts of the name that fit; the built-in ones are in force again.
Task<Result<void>> delete_template(App& app, const http::Request& request, TemplateRequest in);

struct Rollback : TextPlace {
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(Rollback, (TextPlace), (version))
json::Rules rules(const Rollback*);

// A new version that repeats the old one and says so.
Task<Result<SavedText>> roll_back_template(App& app, const http::Request& request, Rollback in);

// The text of a change, put together, and what is wrong with it.
struct Drafted {
  TextDraft draft;
  TextCheck check;
  std::vector<TextProblemView> errors, warnings;
};
Result<Drafted> drafted(App& app, const TextChange& in, std::string owner);

}  // namespace rb::notification
