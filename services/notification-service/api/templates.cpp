#include "api/templates.hpp"

#include <algorithm>

#include "api/paging.hpp"
#include "api/rights.hpp"
#include "base/strings.hpp"
#include "store/templates.hpp"
#include "templates/catalog.hpp"
#include "templates/variables.hpp"

namespace rb::notification {
namespace {

// What is in force or planned, read now: the list is right also when another instance has just changed it.
Task<StoredTexts> stored_now(App& app) {
  auto& rt = app.runtime();
  StoredTexts out;
  out.apply(co_await templates_in_use(reading(rt.database), rt.clock.now()));
  co_return out;
}

bool fits(const TemplateRequest& in, const TextView& text) {
  return in.audience.value_or(text.audience) == text.audience &&
         in.channel.value_or(text.channel) == text.channel &&
         in.language.value_or(text.language) == text.language;
}

// Texts of the school, and of `owner` when that is a tutor.
void add_written(std::vector<TextView>& out, const StoredTexts& stored, const std::string& owner,
                 std::string_view name, Time now, bool with_source) {
  for (const auto& [key, versions] : stored.all()) {
    if (key.name != name || (!key.owner.empty() && key.owner != owner)) continue;
    const auto* current = stored.at(key, now);
    for (const auto& [number, version] : versions)
      if (&version == current || (!version.withdrawn && version.active > now))
        out.push_back(view_of(version, now, with_source));
  }
}

void add_built_in(std::vector<TextView>& out, const TemplateView& type, bool with_source) {
  for (const auto& language : type.languages)
    for (const auto& audience : type.audiences)
      out.push_back(built_in_view({"", type.name, *parse_audience(audience), {}, language}, with_source));
}

TemplateView view_of(const TypeInfo& type) {
  TemplateView out;
  out.name = type.type;
  out.title = {std::string(type.title_ru), std::string(type.title_en)};
  out.audiences = split(type.audiences, ' ');
  out.default_channels = {Channel::telegram, Channel::email};
  if (type.optional) out.switched_off_by = out.audiences;
  out.priority = to_string(type.priority);
  for (const auto* language : {"ru", "en"})
    if (templates::find_in(out.name, out.audiences.front(), language)) out.languages.emplace_back(language);
  return out;
}

void add_once(std::vector<std::string>& list, std::string item) {
  if (std::ranges::find(list, item) == list.end()) list.push_back(std::move(item));
}

// A name of the school's own: everything about it comes from its texts.
TemplateView custom_view(const std::string& name, std::vector<TextView> texts) {
  TemplateView out;
  out.name = name;
  out.title = {name, name};
  out.custom = out.edited = true;
  out.default_channels = {Channel::telegram, Channel::email};
  for (const auto& text : texts) {
    add_once(out.audiences, std::string(to_string(text.audience)));
    add_once(out.languages, text.language);
  }
  out.switched_off_by = out.audiences;
  out.texts = std::move(texts);
  return out;
}

std::optional<TemplateView> view(const StoredTexts& stored, const std::string& owner, const std::string& name,
                                 Time now, bool with_source) {
  std::vector<TextView> written;
  add_written(written, stored, owner, name, now, with_source);
  const auto* type = find_notification_type(name);
  if (type == nullptr && written.empty()) return std::nullopt;
  if (type == nullptr) return custom_view(name, std::move(written));
  auto out = view_of(*type);
  out.edited = std::ranges::any_of(written, [](const TextView& text) { return !text.planned; });
  add_built_in(out.texts, out, with_source);
  std::ranges::move(written, std::back_inserter(out.texts));
  return out;
}

Result<void> may_see(const http::Request& request, const std::string& owner) {
  const auto& who = request.who();
  if (owner.empty() || is_staff(who) || owner == who.subject) return {};
  return fail(Errc::forbidden, "these are another tutor's texts");
}

json::Rules key_rules() {
  return {json::rule("name").length(1, 64),
          json::rule("owner").integer_or_text().length(1, 64).doc("a tutor's id, or school"), channel_rule(),
          json::rule("language").one_of({"ru", "en"})};
}

}  // namespace

json::Rules rules(const TemplatesRequest*) {
  return {json::rule("owner").integer_or_text().length(1, 64).doc(
      "a tutor, whose own texts are listed with the school's")};
}

json::Rules rules(const TemplateRequest*) { return key_rules(); }

json::Rules rules(const VersionsRequest*) {
  auto out = key_rules();
  out.push_back(json::rule("limit").defaulted().range(1, 100));
  return out;
}

Task<Result<TemplatesAnswer>> list_templates(App& app, const http::Request& request, TemplatesRequest in) {
  auto owner = owner_for(request.who(), in.owner);
  if (auto allowed = may_see(request, owner); !allowed) co_return fail(std::move(allowed.error()));
  auto stored = co_await stored_now(app);
  auto now = app.runtime().clock.now();
  TemplatesAnswer out;
  for (const auto& type : notification_types())
    out.items.push_back(*view(stored, owner, std::string(type.type), now, false));
  std::vector<std::string> own;
  for (const auto& [key, versions] : stored.all())
    if (find_notification_type(key.name) == nullptr) add_once(own, key.name);
  for (const auto& name : own)
    if (auto item = view(stored, owner, name, now, false)) out.items.push_back(std::move(*item));
  out.templates = out.items;
  co_return out;
}

Task<Result<TemplateAnswer>> get_template(App& app, const http::Request& request, TemplateRequest in) {
  auto owner = owner_for(request.who(), in.owner);
  if (auto allowed = may_see(request, owner); !allowed) co_return fail(std::move(allowed.error()));
  auto stored = co_await stored_now(app);
  auto name = canonical_notification_type(in.name);
  auto found = view(stored, owner, name, app.runtime().clock.now(), true);
  if (!found) co_return fail(Errc::not_found, "there is no template " + name);
  std::erase_if(found->texts, [&](const TextView& text) { return !fits(in, text); });
  TemplateAnswer out;
  static_cast<TemplateView&>(out) = std::move(*found);
  for (const auto& v : templates::variables_of(name))
    out.variables.push_back({std::string(v.path), {std::string(v.ru), std::string(v.en)}});
  co_return out;
}

Task<Result<VersionsAnswer>> list_template_versions(App& app, const http::Request& request,
                                                    VersionsRequest in) {
  auto& rt = app.runtime();
  auto owner = owner_for(request.who(), in.owner);
  if (auto allowed = may_see(request, owner); !allowed) co_return fail(std::move(allowed.error()));
  auto offset = read_number_cursor(in.cursor, 0);
  if (!offset) co_return fail(std::move(offset.error()));
  VersionsQuestion question{.owner = owner, .name = canonical_notification_type(in.name)};
  question.audience = in.audience;
  if (in.channel) question.channel = *in.channel == "any" ? "" : *in.channel;
  question.language = in.language;
  question.limit = in.limit + 1;
  question.offset = *offset;
  auto versions = co_await template_versions(reading(rt.database), std::move(question));
  VersionsAnswer out;
  if (versions.size() > static_cast<std::size_t>(in.limit)) {
    versions.pop_back();
    out.next_cursor = std::to_string(*offset + in.limit);
  }
  for (const auto& version : versions) out.items.push_back(view_of(version, rt.clock.now(), true));
  co_return out;
}

}  // namespace rb::notification
