#pragma once
// Texts as the API shows them. Pure.
#include "api/described.hpp"
#include "domain/stored_texts.hpp"
#include "http/message.hpp"
#include "json/json.hpp"

namespace rb::notification {

// One text: where it stands, whose it is, and what is planned for it.
struct TextView {
  std::optional<std::string> owner;  // a tutor's id; none: the school
  std::string name;
  Audience audience = Audience::any;
  std::string channel = "any";
  std::string language = "ru";
  std::string origin = "built_in";  // built_in, school, tutor
  bool edited = false;
  bool built_in_changed = false;  // since this was written: an upgrade brought another text
  std::int64_t version = 0;       // 0: built-in
  bool removed = false;           // this version gave the place back to the built-in text
  bool planned = false;           // comes at active_at
  bool withdrawn = false;         // was planned, and never comes
  std::optional<std::string> source;
  std::optional<json::object> variables;  // of a name of the school's own, with sample values
  std::optional<std::string> note;
  std::optional<std::string> author;
  std::optional<std::int64_t> restored_from;
  std::optional<Time> created_at, active_at;
};
BOOST_DESCRIBE_STRUCT(TextView, (),
                      (owner, name, audience, channel, language, origin, edited, built_in_changed, version,
                       removed, planned, withdrawn, source, variables, note, author, restored_from,
                       created_at, active_at))
json::Rules rules(const TextView*);

TextView view_of(const TextVersion& text, Time now, bool with_source);
TextView built_in_view(const TextKey& key, bool with_source);  // of a text that exists

// "any" is no channel in particular.
std::optional<Channel> channel_from(std::string_view text);
json::Rule channel_rule();
json::Rule language_rule();

// Whose texts a caller means: "" is the school's. A tutor means their own unless they say "school".
std::string owner_for(const http::Caller& who, const std::optional<std::string>& asked);

}  // namespace rb::notification
