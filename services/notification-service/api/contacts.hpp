#pragma once
// The directory of people over HTTP: addresses, roles, relatives, how they are spoken to.
#include "api/app.hpp"
#include "api/described.hpp"
#include "json/json.hpp"

namespace rb::notification {

struct ContactPath {
  std::string user_id;
};
BOOST_DESCRIBE_STRUCT(ContactPath, (), (user_id))
json::Rules rules(const ContactPath*);

struct AddressView {
  std::string channel, address;
  bool suspended = false;
  std::optional<std::string> reason;  // why it is suspended
};
BOOST_DESCRIBE_STRUCT(AddressView, (), (channel, address, suspended, reason))

struct Contact {
  std::string user_id, full_name;
  std::vector<Audience> roles;
  std::string language, address_form, timezone;
  std::optional<bool> is_minor;
  std::vector<std::string> children_ids, parent_ids, tutor_ids;
  std::optional<std::string> telegram_id, email, webhook_url;
  std::vector<AddressView> addresses;
  std::optional<std::string> webhook_secret;  // shown once, when the address is set
};
BOOST_DESCRIBE_STRUCT(Contact, (),
                      (user_id, full_name, roles, language, address_form, timezone, is_minor, children_ids,
                       parent_ids, tutor_ids, telegram_id, email, webhook_url, addresses, webhook_secret))
json::Rules rules(const Contact*);

// What is left out stays as it is.
struct ContactChange {
  std::string user_id;
  std::optional<std::string> full_name;
  std::optional<std::vector<Audience>> roles;
  std::optional<std::string> language, address_form, timezone;
  std::optional<bool> is_minor;
  std::optional<std::vector<std::string>> children_ids, parent_ids, tutor_ids;
  std::optional<std::string> telegram_id, email, webhook_url;  // null or "" takes it away
};
BOOST_DESCRIBE_STRUCT(ContactChange, (),
                      (user_id, full_name, roles, language, address_form, timezone, is_minor, children_ids,
                       parent_ids, tutor_ids, telegram_id, email, webhook_url))
json::Rules rules(const ContactChange*);

Contact contact_of(const Person& person);

Task<Result<Contact>> get_contact(App& app, const http::Request& request, ContactPath in);
Task<Result<Contact>> put_contact(App& app, const http::Request& request, ContactChange in);

struct ImportRequest {
  std::vector<json::value> contacts;
};
BOOST_DESCRIBE_STRUCT(ImportRequest, (), (contacts))
json::Rules rules(const ImportRequest*);

struct ImportError {
  int index = 0;  // in `contacts`
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(ImportError, (), (index, reason))

struct ImportAnswer {
  int imported = 0;
  std::vector<ImportError> errors;
};
BOOST_DESCRIBE_STRUCT(ImportAnswer, (), (imported, errors))

// Those that are in order are written in one transaction, in their order.
Task<Result<ImportAnswer>> import_contacts(App& app, const http::Request& request, ImportRequest in);

}  // namespace rb::notification
