#include "templates/test_render.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <set>

#include "base/strings.hpp"
#include "domain/wording/functions.hpp"
#include "templates/catalog.hpp"
#include "time/iso.hpp"

namespace rb::notification::templates {
namespace {

bj::object parse(const std::string& path) {
  auto source = file(path);
  if (!source) throw std::runtime_error("there is no " + path);
  return bj::parse(*source).as_object();
}

bj::object shared(const Text& text) { return parse(fmt::format("samples/{}/common.json", text.language)); }

bj::object addressed(bj::object context, const Text& text, const bj::object& common) {
  context["recipient"] = common.at("recipients").at(text.audience);
  context["audience"] = text.audience;
  return context;
}

const jinja::Environment& environment() {
  static const ManualClock clock(*parse_iso("2026-09-14T12:00:00Z", Zone::utc()));
  static jinja::Environment made({.autoescape = true,
                                  .trim_blocks = true,
                                  .lstrip_blocks = true,
                                  .undefined = jinja::Options::Undefined::strict},
                                 [](std::string_view name) -> std::optional<std::string> {
                                   auto source = file(name);
                                   return source ? std::optional<std::string>(*source) : std::nullopt;
                                 });
  static const bool filled = (add_message_functions(made, clock), true);
  (void)filled;
  return made;
}

// Values of these fields have a form of their own.
bool is_formal(std::string_view key) {
  static const std::set<std::string_view> formal = {
      "start_date", "end_date", "due_date",     "amount", "price",          "currency",
      "now",        "language", "address_form", "role",   "unsubscribe_url"};
  return formal.contains(key) || key.ends_with("_at") || key.ends_with("_time");
}

void replace_texts(bj::value& value, const std::string& with) {
  if (value.is_string()) value = with;
  if (value.is_array())
    for (auto& item : value.get_array()) replace_texts(item, with);
  if (value.is_object())
    for (auto& [key, item] : value.get_object())
      if (!is_formal(key)) replace_texts(item, with);
}

}  // namespace

std::vector<Text> all_texts() {
  std::vector<Text> out;
  for (auto path : files()) {
    auto parts = split(path, '/');
    if (parts.size() != 2 || (parts[0] != "ru" && parts[0] != "en")) continue;
    auto stem = parts[1].substr(0, parts[1].rfind('.'));
    auto dot = stem.rfind('.');
    out.push_back({parts[0], stem.substr(0, dot), stem.substr(dot + 1)});
  }
  return out;
}

bj::object sample(const Text& text) {
  auto common = shared(text);
  auto out = addressed(common, text, common);
  for (auto& [key, value] : parse(fmt::format("samples/{}/{}.json", text.language, text.type)))
    out[key] = value;
  out.erase("recipients");
  return out;
}

bj::object minimal(const Text& text) {
  auto common = shared(text);
  auto out = addressed(parse("samples/minimal.json").at(text.type).as_object(), text, common);
  out["unsubscribe_url"] = common.at("unsubscribe_url");
  return out;
}

bj::object with_every_value(bj::object context, const std::string& value) {
  context.erase("audience");
  bj::value all = context;
  replace_texts(all, value);
  return all.as_object();
}

std::string render(const Text& text, const std::string& layout, bj::object context) {
  context["layout"] = layout;
  context["audience"] = text.audience;
  auto values = jinja::Value::parse_json(bj::serialize(context));
  auto compiled = environment().compile(text.path(), *file(text.path()));
  if (!compiled) {
    ADD_FAILURE() << jinja::explain(compiled.error(), "en");
    return {};
  }
  auto out =
      environment().render(*compiled, *values, {.language = text.language, .timezone = "Europe/Moscow"});
  if (!out) ADD_FAILURE() << text << " as " << layout << ": " << jinja::explain(out.error(), "en");
  return out.value_or("");
}

}  // namespace rb::notification::templates
