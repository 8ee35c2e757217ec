#include "api/template_view.hpp"

#include "api/rights.hpp"
#include "templates/catalog.hpp"

namespace rb::notification {
namespace {

TextView view_at(const TextKey& key) {
  TextView out;
  if (!key.owner.empty()) out.owner = key.owner;
  out.name = key.name;
  out.audience = key.audience;
  if (key.channel) out.channel = to_string(*key.channel);
  out.language = key.language;
  return out;
}

}  // namespace

json::Rules rules(const TextView*) {
  json::Rules out = {json::rule("owner").omit_null().integer_or_text().doc("a tutor; none: the school"),
                     json::rule("origin").one_of({"built_in", "school", "tutor"}),
                     json::rule("built_in_changed").doc("an upgrade has brought another built-in text since"),
                     json::rule("author").omit_null().integer_or_text()};
  for (const auto* name : {"source", "variables", "note", "restored_from", "created_at", "active_at"})
    out.push_back(json::rule(name).omit_null());
  return out;
}

TextView view_of(const TextVersion& text, Time now, bool with_source) {
  auto out = view_at(text.key);
  out.origin = text.key.owner.empty() ? "school" : "tutor";
  out.edited = !text.removed;
  auto built_in = templates::digest(text.key.name, to_string(text.key.audience), text.key.language);
  out.built_in_changed = !text.removed && !text.built_in.empty() && text.built_in != built_in;
  out.version = text.version;
  out.removed = text.removed;
  out.planned = !text.withdrawn && text.active > now;
  out.withdrawn = text.withdrawn;
  if (with_source && !text.removed) out.source = text.source;
  if (!text.sample.empty()) out.variables = json::parse(text.sample)->as_object();
  if (!text.note.empty()) out.note = text.note;
  if (!text.author.empty()) out.author = text.author;
  if (text.restored != 0) out.restored_from = text.restored;
  out.created_at = text.created;
  out.active_at = text.active;
  return out;
}

TextView built_in_view(const TextKey& key, bool with_source) {
  auto out = view_at(key);
  auto path = templates::find_in(key.name, to_string(key.audience), key.language);
  if (with_source && path) out.source = std::string(*templates::file(*path));
  return out;
}

std::optional<Channel> channel_from(std::string_view text) { return parse_channel(text); }

json::Rule channel_rule() {
  auto names = channel_names();
  names.insert(names.begin(), "any");
  return json::rule("channel").one_of(std::move(names));
}

json::Rule language_rule() { return json::rule("language").defaulted().one_of({"ru", "en"}); }

std::string owner_for(const http::Caller& who, const std::optional<std::string>& asked) {
  if (asked) return *asked == "school" ? "" : *asked;
  return is_staff(who) ? "" : who.subject;
}

}  // namespace rb::notification
