#include "api/template_changes.hpp"

#include <algorithm>

#include "api/paging.hpp"
#include "api/rights.hpp"
#include "base/strings.hpp"
#include "log/log.hpp"
#include "store/templates.hpp"
#include "templates/catalog.hpp"
#include "templates/check.hpp"

namespace rb::notification {
namespace {

constexpr std::size_t kLongest = 20'000;
constexpr std::size_t kMostOfTutor = 200;  // texts in force or planned: every instance holds them in memory

json::Rules place_rules() {
  using json::rule;
  return {rule("name").alias("template_name").length(1, 64),
          rule("owner").integer_or_text().length(1, 64).doc("a tutor, or school; a tutor's are their own"),
          rule("audience").defaulted(),
          channel_rule().defaulted(),
          language_rule(),
          rule("note").alias("description").defaulted().length(0, 500)};
}

Result<std::string> owner_to_write(const http::Request& request, const std::optional<std::string>& asked) {
  const auto& who = request.who();
  auto owner = owner_for(who, asked);
  if (who.has_role("admin") || owner == who.subject) return owner;
  return fail(Errc::forbidden, "a tutor writes texts of their own only");
}

Result<void> check_name(const std::string& name) {
  if (find_notification_type(name) != nullptr) return {};
  bool fine = name.size() >= 2 && name[0] >= 'a' && name[0] <= 'z' && std::ranges::all_of(name, [](char c) {
                return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
              });
  if (fine) return {};
  return invalid("name", "must be a notification type, or small Latin letters, digits, _ and -");
}

Result<void> check_reader(const std::string& owner, Audience audience) {
  if (owner.empty() || (audience != Audience::admin && audience != Audience::tutor)) return {};
  return invalid_sentence("audience", "a tutor words what students and parents read");
}

void add_path(json::object& out, std::string_view path, std::string_view whole) {
  auto dot = path.find('.');
  auto key = path.substr(0, dot);
  if (dot == std::string_view::npos) {
    if (!out.contains(key)) out[key] = whole;
    return;
  }
  auto& below = out[key];
  if (!below.is_object()) below = json::object();
  add_path(below.get_object(), path.substr(dot + 1), whole);
}

// {"child": "Аня", "note": null} or ["child", "lesson.topic"] → sample data.
Result<json::object> sample_from(const std::optional<json::value>& variables) {
  if (!variables) return json::object();
  if (variables->is_object()) return variables->get_object();
  json::object out;
  if (!variables->is_array())
    return invalid("variables", "must be an object of sample values or a list of names");
  for (const auto& name : variables->get_array()) {
    if (!name.is_string()) return invalid("variables", "must be a list of names");
    add_path(out, name.get_string(), name.get_string());
  }
  return out;
}

// A line of the whole source → the part of it that the author has written.
TextProblemView shown(const TextProblem& problem, const TextChange& in) {
  TextProblemView out{std::nullopt, "source", {problem.ru, problem.en}};
  if (problem.line > 0) out.line = problem.line;
  if (in.source) return out;
  int before = 1 + (in.title ? static_cast<int>(std::ranges::count(*in.title, '\n')) : 0);
  if (problem.line > before || !in.title) out.field = "body";
  if (problem.line <= before && !in.body) out.field = "title";
  if (problem.line == 0) return out;
  if (problem.line <= before) out.field = "title";
  int line = problem.line > before ? problem.line - before : problem.line;
  auto renumber = [&](std::string& text, const char* word) {
    auto from = word + std::to_string(problem.line) + ":";
    if (text.starts_with(from)) text = word + std::to_string(line) + ":" + text.substr(from.size());
  };
  renumber(out.message.ru, "строка ");
  renumber(out.message.en, "line ");
  out.line = line;
  return out;
}

std::unexpected<Error> refusal(const std::vector<TextProblemView>& errors) {
  Error out{Errc::invalid, errors.front().message.en, {}};
  for (const auto& error : errors) out.fields.push_back({error.field, error.message.en});
  return fail(std::move(out));
}

Result<void> check_room(const StoredTexts& texts, const TextKey& key, Time now) {
  if (key.owner.empty() || texts.at(key, now) != nullptr || texts.count_of(key.owner, now) < kMostOfTutor)
    return {};
  return invalid_sentence("name", "a tutor has at most " + std::to_string(kMostOfTutor) +
                                      " texts of their own: give one back to the built-in wording first");
}

// The next version of a text, by the caller.
TextVersion version_of(const http::Request& request, TextKey key, Time now) {
  TextVersion out;
  out.built_in = templates::digest(key.name, to_string(key.audience), key.language);
  out.key = std::move(key);
  out.author = request.who().subject;
  out.created = out.active = now;
  return out;
}

struct TextWriting {
  TextVersion text;
  bool alone = false;     // nothing stays planned
  bool only_new = false;  // Errc::conflict when there is one
};

Task<Result<TextVersion>> write(App& app, TextWriting work) {
  auto& rt = app.runtime();
  std::optional<Error> problem;
  TextVersion written;
  co_await rt.database.transaction([&](db::Transaction& tx) -> Task<> {
    problem.reset();
    auto change = co_await begin_template_change(tx);
    if (work.only_new) {
      StoredTexts stored;
      stored.apply(co_await templates_in_use(reading(tx), work.text.created));
      if (stored.at(work.text.key, work.text.created) != nullptr)
        problem = Error{Errc::conflict, "this text is there already: change it with PUT", {}};
    }
    if (!problem) written = co_await add_template_version(tx, work.text, change, work.alone);
  });
  if (problem) co_return fail(std::move(*problem));
  co_await refresh_texts(rt.database, *rt.texts, rt.clock.now());
  log::info("a text of notifications was changed", {{"name", written.key.name},
                                                    {"audience", to_string(written.key.audience)},
                                                    {"language", written.key.language},
                                                    {"owner", written.key.owner},
                                                    {"version", written.version},
                                                    {"author", written.author}});
  co_return written;
}

Task<Result<SavedText>> save(App& app, const http::Request& request, TextChange in, bool only_new) {
  auto now = app.runtime().clock.now();
  auto owner = owner_to_write(request, in.owner);
  if (!owner) co_return fail(std::move(owner.error()));
  auto draft = drafted(app, in, *owner);
  if (!draft) co_return fail(std::move(draft.error()));
  if (!draft->errors.empty()) co_return refusal(draft->errors);
  if (auto room = check_room(*app.runtime().texts, draft->draft.key, now); !room)
    co_return fail(std::move(room.error()));
  auto text = version_of(request, draft->draft.key, now);
  text.source = std::move(draft->draft.source);
  if (find_notification_type(text.key.name) == nullptr) text.sample = json::to_text(draft->draft.sample);
  text.note = std::move(in.note);
  if (in.activate_at) text.active = std::max(now, *in.activate_at);
  auto written = co_await write(app, {std::move(text), false, only_new});
  if (!written) co_return fail(std::move(written.error()));
  co_return SavedText{true, view_of(*written, now, true), std::move(draft->warnings)};
}

}  // namespace

json::Rules rules(const TextChange*) {
  using json::rule;
  auto out = place_rules();
  for (auto& each :
       json::Rules{rule("source").alias("content").length(1, kLongest).doc("the whole Jinja2 text"),
                   rule("title")
                       .alias("subject")
                       .alias("subject_template")
                       .length(1, 500)
                       .doc("the title alone; what is left out stays as in the built-in text"),
                   rule("body").alias("body_template").alias("html_template").length(1, kLongest),
                   rule("variables")
                       .doc("of a name of your own: an object with sample values (null: may be "
                            "missing), or a list of names"),
                   rule("activate_at").doc("none: at once")})
    out.push_back(std::move(each));
  return out;
}

json::Rules rules(const Rollback*) {
  auto out = place_rules();
  out.push_back(json::rule("version").at_least(1));
  return out;
}

Result<Drafted> drafted(App& app, const TextChange& in, std::string owner) {
  Drafted out;
  auto name = canonical_notification_type(in.name);
  if (auto fine = check_name(name); !fine) return fail(std::move(fine.error()));
  if (auto fine = check_reader(owner, in.audience); !fine) return fail(std::move(fine.error()));
  auto sample = sample_from(in.variables);
  if (!sample) return fail(std::move(sample.error()));
  if (in.source.has_value() == (in.title || in.body))
    return invalid_sentence("source", "give either a source, or a title and a body");
  bool own = find_notification_type(name) == nullptr;
  if (own && !in.source && !(in.title && in.body))
    return invalid_sentence(in.title ? "body" : "title",
                            "a text with a name of its own needs a title and a body");
  out.draft.key = {std::move(owner), std::move(name), in.audience, channel_from(in.channel), in.language};
  out.draft.sample = std::move(*sample);
  out.draft.source =
      in.source ? *in.source : source_of(out.draft.key, in.title.value_or(""), in.body.value_or(""));
  out.check = app.runtime().renderer->check(out.draft, app.runtime().clock.now());
  for (const auto& error : out.check.errors) out.errors.push_back(shown(error, in));
  for (const auto& warning : out.check.warnings) out.warnings.push_back(shown(warning, in));
  return out;
}

Task<Result<SavedText>> create_template(App& app, const http::Request& request, TextChange in) {
  return save(app, request, std::move(in), true);
}

Task<Result<SavedText>> put_template(App& app, const http::Request& request, TextChange in) {
  return save(app, request, std::move(in), false);
}

Task<Result<void>> delete_template(App& app, const http::Request& request, TemplateRequest in) {
  auto& rt = app.runtime();
  auto now = rt.clock.now();
  auto owner = owner_to_write(request, in.owner);
  if (!owner) co_return fail(std::move(owner.error()));
  auto name = canonical_notification_type(in.name);
  std::size_t removed = 0;
  co_await rt.database.transaction([&](db::Transaction& tx) -> Task<> {
    removed = 0;
    auto change = co_await begin_template_change(tx);
    StoredTexts stored;
    stored.apply(co_await templates_in_use(reading(tx), now));
    for (const auto& [key, versions] : stored.all()) {
      if (key.owner != *owner || key.name != name || in.audience.value_or(key.audience) != key.audience)
        continue;
      if (in.channel && channel_from(*in.channel) != key.channel) continue;
      if (in.language.value_or(key.language) != key.language) continue;
      if (!is_planned(versions, now) && stored.at(key, now) == nullptr) continue;
      auto text = version_of(request, key, now);
      text.removed = true;
      co_await add_template_version(tx, std::move(text), change, true);
      ++removed;
    }
  });
  if (removed == 0) co_return fail(Errc::not_found, "nothing was written in place of the built-in " + name);
  co_await refresh_texts(rt.database, *rt.texts, now);
  log::info("texts of notifications were given back to the built-in ones",
            {{"name", name}, {"owner", *owner}, {"texts", removed}, {"author", request.who().subject}});
  co_return Result<void>();
}

Task<Result<SavedText>> roll_back_template(App& app, const http::Request& request, Rollback in) {
  auto& rt = app.runtime();
  auto now = rt.clock.now();
  auto owner = owner_to_write(request, in.owner);
  if (!owner) co_return fail(std::move(owner.error()));
  TextKey key{*owner, canonical_notification_type(in.name), in.audience, channel_from(in.channel),
              in.language};
  VersionsQuestion question{.owner = key.owner, .name = key.name};
  question.audience = key.audience;
  question.channel = std::string(to_string(key.channel));
  question.language = key.language;
  auto versions = co_await template_versions(reading(rt.database), std::move(question));
  auto old = std::ranges::find(versions, in.version, &TextVersion::version);
  if (old == versions.end())
    co_return fail(Errc::not_found, "this text has no version " + std::to_string(in.version));
  auto text = version_of(request, key, now);
  text.removed = old->removed;
  text.source = old->source;
  text.sample = old->sample;
  text.restored = in.version;
  text.note = std::move(in.note);
  SavedText out;
  if (!text.removed) {
    TextDraft draft{key, text.source,
                    text.sample.empty() ? json::object() : json::parse(text.sample)->as_object()};
    auto check = rt.renderer->check(draft, now);
    TextChange whole;
    whole.source = text.source;
    for (const auto& error : check.errors) out.warnings.push_back(shown(error, whole));
    if (!out.warnings.empty()) co_return refusal(out.warnings);
    for (const auto& warning : check.warnings) out.warnings.push_back(shown(warning, whole));
  }
  auto written = co_await write(app, {std::move(text), true, false});
  if (!written) co_return fail(std::move(written.error()));
  out.text = view_of(*written, now, true);
  co_return out;
}

}  // namespace rb::notification
