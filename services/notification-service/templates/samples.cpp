#include "templates/samples.hpp"

#include "json/json.hpp"
#include "templates/catalog.hpp"

namespace rb::notification::templates {
namespace {

json::object sample(const std::string& path) {
  auto text = file("samples/" + path + ".json");
  auto value = text ? json::parse(*text) : json::value(json::object());
  return value ? value->as_object() : json::object();
}

}  // namespace

json::object sample_context(const std::string& language, const std::string& type) {
  auto out = sample(language + "/common");
  for (const auto* own : {"now", "recipients", "school_name"}) out.erase(own);
  for (const auto& item : sample(language + "/" + type)) out[item.key()] = item.value();
  return out;
}

json::object least_context(const std::string& type) {
  auto all = sample("minimal");
  const auto* own = all.if_contains(type);
  return own != nullptr ? own->as_object() : json::object();
}

Person sample_reader(const std::string& language, Audience audience) {
  Person out;
  out.language = language;
  auto common = sample(language + "/common");
  const auto& reader = common.at("recipients").at(to_string(audience));
  out.full_name = reader.at("name").as_string();
  out.address_form = reader.at("address_form").as_string();
  out.timezone = reader.at("timezone").as_string();
  return out;
}

}  // namespace rb::notification::templates
