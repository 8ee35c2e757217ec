// What a contact looks like on the wire.
#include "api/contacts.hpp"

namespace rb::notification {
namespace {

std::vector<json::Rule> id_rules() {
  std::vector<json::Rule> out;
  for (const auto* name : {"user_id", "children_ids", "parent_ids", "tutor_ids", "telegram_id"})
    out.push_back(json::rule(name).integer_or_text());
  return out;
}

}  // namespace

json::Rules rules(const ContactPath*) { return {json::rule("user_id").integer_or_text().length(1, 64)}; }

json::Rules rules(const Contact*) {
  auto out = id_rules();
  out.push_back(
      json::rule("webhook_secret")
          .omit_null()
          .doc("to check signatures with; shown once, when the person or an admin sets the address"));
  return out;
}

json::Rules rules(const ContactChange*) {
  auto out = id_rules();
  out[0].length(1, 64);
  out[4].length(0, 20).doc("number of the chat; null or \"\" takes it away");
  out.push_back(json::rule("full_name").length(1, 200));
  out.push_back(json::rule("language").one_of({"ru", "en"}));
  out.push_back(json::rule("address_form").one_of({"ты", "вы"}));
  out.push_back(json::rule("timezone").doc("an IANA name, Europe/Moscow"));
  out.push_back(json::rule("is_minor").alias("minor"));
  out.push_back(json::rule("email").is(json::Format::email).length(0, 254).doc("null or \"\" takes it away"));
  out.push_back(
      json::rule("webhook_url")
          .length(0, 2000)
          .doc("https; messages are posted there, see docs/webhooks.md; null or \"\" takes it away"));
  return out;
}

json::Rules rules(const ImportRequest*) {
  return {json::rule("contacts")
              .alias("items")
              .length(1, 1000)
              .doc("each as in PUT /api/v1/contacts/{user_id}, with its user_id")};
}

Contact contact_of(const Person& person) {
  Contact out;
  out.user_id = person.id;
  out.full_name = person.full_name;
  out.roles = person.roles;
  out.language = person.language;
  out.address_form = person.address_form;
  out.timezone = person.timezone;
  out.is_minor = person.minor;
  out.children_ids = person.children;
  out.parent_ids = person.parents;
  out.tutor_ids = person.tutors;
  for (const auto& a : person.addresses) {
    if (a.channel == Channel::telegram) out.telegram_id = a.value;
    if (a.channel == Channel::email) out.email = a.value;
    if (a.channel == Channel::webhook) out.webhook_url = a.value;
    auto reason = a.suspended ? std::optional(a.reason) : std::nullopt;
    out.addresses.push_back({std::string(to_string(a.channel)), a.value, a.suspended, std::move(reason)});
  }
  return out;
}

}  // namespace rb::notification
