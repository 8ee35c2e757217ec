#include "store/people.hpp"

#include <algorithm>

#include "base/ids.hpp"
#include "base/strings.hpp"
#include "domain/preferences_json.hpp"
#include "rb/notification/sql/channels.sql.hpp"
#include "rb/notification/sql/inbox.sql.hpp"
#include "rb/notification/sql/people.sql.hpp"
#include "rb/notification/sql/schedules.sql.hpp"
#include "service/mentions.hpp"
#include "store/rows.hpp"
#include "store/templates.hpp"

namespace rb::notification {

namespace bj = boost::json;

namespace {

Person person_from(const db::Rows& rows, std::size_t i) {
  Person person;
  person.id = rows.text(i, "id");
  person.full_name = rows.text(i, "full_name");
  for (const auto& name : read_json_list(rows.text(i, "roles")))
    if (auto role = parse_audience(name)) person.roles.push_back(*role);
  if (!rows.text(i, "language").empty()) person.language = rows.text(i, "language");
  person.address_form = rows.text(i, "address_form");
  if (!rows.text(i, "timezone").empty()) person.timezone = rows.text(i, "timezone");
  if (!rows.is_null(i, "is_minor")) person.minor = rows.boolean(i, "is_minor");
  person.preferences = kept_preferences(read_json_object(rows.text(i, "preferences")));
  return person;
}

class Loading {
 public:
  void add_people(const db::Rows& rows) {
    for (std::size_t i = 0; i < rows.size(); ++i)
      people_.insert_or_assign(rows.text(i, "id"), person_from(rows, i));
  }

  void add_addresses(const db::Rows& rows) {
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (auto channel = parse_channel(rows.text(i, "channel")))
        person(rows.text(i, "user_id"))
            .addresses.push_back(
                {*channel, rows.text(i, "address"), rows.boolean(i, "suspended"), rows.text(i, "reason")});
  }

  void add_consents(const db::Rows& rows) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      auto& who = person(rows.text(i, "user_id"));
      (rows.boolean(i, "given") ? who.consents : who.withdrawn).insert(rows.text(i, "purpose"));
    }
  }

  void add_relations(const db::Rows& rows) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const auto &one = rows.text(i, "person_id"), &other = rows.text(i, "other_id");
      if (rows.text(i, "kind") == "parent") {
        person(one).children.push_back(other);
        person(other).parents.push_back(one);
      } else {
        person(other).tutors.push_back(one);
      }
    }
  }

  Directory take() {
    Directory out;
    for (auto& [id, person] : people_) out.add(std::move(person));
    return out;
  }

 private:
  Person& person(const std::string& id) {
    auto [found, added] = people_.try_emplace(id);
    if (added) {
      found->second.id = id;
      found->second.known = false;
    }
    return found->second;
  }

  std::map<std::string, Person> people_;
};

std::vector<std::string> with_relatives(std::vector<std::string> ids, const db::Rows& relations) {
  for (std::size_t i = 0; i < relations.size(); ++i) {
    ids.push_back(relations.text(i, "person_id"));
    ids.push_back(relations.text(i, "other_id"));
  }
  std::ranges::sort(ids);
  auto tail = std::ranges::unique(ids);
  ids.erase(tail.begin(), tail.end());
  return ids;
}

db::Params ids_param(const std::string& ids) { return {{"ids", ids}}; }

bj::object person_row(const Person& person, Time now) {
  bj::array roles;
  for (auto role : person.roles) roles.emplace_back(to_string(role));
  bj::object row;
  row["id"] = person.id;
  row["full_name"] = person.full_name;
  row["roles"] = text_of(roles);
  row["language"] = person.language;
  row["address_form"] = person.address_form;
  row["timezone"] = person.timezone;
  if (person.minor) {
    row["is_minor"] = *person.minor;
  } else {
    row["is_minor"] = nullptr;
  }
  row["preferences"] = text_of(to_json(person.preferences));
  row["changed_at"] = to_micros(now);
  return row;
}

void add_relation_rows(bj::array& rows, const std::string& kind, const std::vector<std::string>& persons,
                       const std::vector<std::string>& others) {
  for (const auto& person : persons)
    for (const auto& other : others)
      rows.push_back({{"person_id", person}, {"kind", kind}, {"other_id", other}});
}

void replace_relations(db::Transaction& tx, const Person& person, bj::array& rows) {
  tx.post(sql::clear_relations, {{"person_id", person.id}, {"kind", "parent"}});
  tx.post(sql::clear_relations_to, {{"other_id", person.id}, {"kind", "parent"}});
  tx.post(sql::clear_relations_to, {{"other_id", person.id}, {"kind", "tutor"}});
  add_relation_rows(rows, "parent", {person.id}, person.children);
  add_relation_rows(rows, "parent", person.parents, {person.id});
  add_relation_rows(rows, "tutor", person.tutors, {person.id});
}

}  // namespace

Task<Directory> load_people(QueryRunner read, std::vector<std::string> ids, bool relatives) {
  Loading loading;
  auto wanted = json_list(ids);
  auto relations = co_await read(sql::relations_of, ids_param(wanted));
  if (relatives) {
    wanted = json_list(with_relatives(std::move(ids), relations));
    // Relatives' own relations make the lists of every loaded person whole.
    relations = co_await read(sql::relations_of, ids_param(wanted));
  }
  loading.add_people(co_await read(sql::people_by_ids, ids_param(wanted)));
  loading.add_addresses(co_await read(sql::addresses_of, ids_param(wanted)));
  loading.add_consents(co_await read(sql::consents_of, ids_param(wanted)));
  loading.add_relations(relations);
  co_return loading.take();
}

Task<std::vector<std::string>> ids_with_role(QueryRunner read, Audience role) {
  auto rows =
      co_await read(sql::people_with_role, {{"pattern", "%\"" + std::string(to_string(role)) + "\"%"}});
  co_return texts_in(rows, "id");
}

void save_people(db::Transaction& tx, const Directory& directory, const std::vector<std::string>& ids,
                 Time now) {
  bj::array people, addresses, relations;
  for (const auto& id : ids) {
    const auto& person = directory.at(id);
    if (person.known) people.push_back(person_row(person, now));
    for (const auto& address : person.addresses)
      addresses.push_back({{"user_id", id},
                           {"channel", to_string(address.channel)},
                           {"address", address.value},
                           {"changed_at", to_micros(now)}});
    replace_relations(tx, person, relations);
  }
  if (!people.empty()) tx.post(sql::upsert_people, {{"items", text_of(people)}});
  if (!addresses.empty()) tx.post(sql::upsert_addresses, {{"items", text_of(addresses)}});
  if (!relations.empty()) tx.post(sql::add_relations, {{"items", text_of(relations)}});
}

void save_preferences(db::Transaction& tx, const std::string& user_id, const Preferences& preferences,
                      Time now) {
  tx.post(sql::upsert_preferences, {{"id", user_id},
                                    {"preferences", text_of(to_json(preferences))},
                                    {"language", preferences.language.value_or("")},
                                    {"timezone", preferences.timezone.value_or("")},
                                    {"now", now}});
}

void save_consent(db::Transaction& tx, const Consent& consent) {
  tx.post(sql::upsert_consent, {{"user_id", consent.user_id},
                                {"purpose", consent.purpose},
                                {"given", consent.given},
                                {"changed_at", consent.changed_at},
                                {"details", text_of(consent.details)}});
}

Task<std::vector<Consent>> consents_on_record(QueryRunner read, std::string user_id) {
  auto rows = co_await read(sql::consents_on_record, {{"user_id", user_id}});
  std::vector<Consent> out;
  for (std::size_t i = 0; i < rows.size(); ++i)
    out.push_back({user_id, rows.text(i, "purpose"), rows.boolean(i, "given"), rows.time(i, "changed_at"),
                   read_json_object(rows.text(i, "details"))});
  co_return out;
}

Task<std::vector<std::string>> erased_ids(QueryRunner read, std::string secret,
                                          std::vector<std::string> ids) {
  std::map<std::string, std::string> by_hash;
  std::vector<std::string> hashes;
  for (const auto& id : ids) {
    hashes.push_back(service::tombstone(secret, id));
    by_hash[hashes.back()] = id;
  }
  std::vector<std::string> out;
  auto rows = co_await read(sql::tombstones, {{"hashes", json_list(hashes)}});
  for (std::size_t i = 0; i < rows.size(); ++i) out.push_back(by_hash.at(rows.text(i, "id_hash")));
  co_return out;
}

void erase_person(db::Transaction& tx, const std::string& secret, const std::string& user_id, Time now) {
  tx.post(sql::add_tombstone, {{"id_hash", service::tombstone(secret, user_id)}, {"now", now}});
  for (const auto* query :
       {&sql::erase_inbox_place, &sql::erase_inbox, &sql::erase_attachments, &sql::erase_messages,
        &sql::erase_attempt_details, &sql::erase_letters, &sql::erase_person, &sql::erase_addresses,
        &sql::erase_consents, &sql::erase_relations, &sql::erase_link_tokens, &sql::erase_imported_cells,
        &sql::erase_schedules, &sql::forget_who_paused})
    tx.post(*query, {{"user_id", user_id}});
  erase_templates(tx, user_id);
}

void connect_address(db::Transaction& tx, const std::string& user_id, Channel channel,
                     const std::string& address, Time now) {
  tx.post(sql::connect_address,
          {{"user_id", user_id}, {"channel", to_string(channel)}, {"address", address}, {"now", now}});
}

void remove_address(db::Transaction& tx, const std::string& user_id, Channel channel) {
  tx.post(sql::remove_address, {{"user_id", user_id}, {"channel", to_string(channel)}});
}

void suspend_address(db::Transaction& tx, Channel channel, const std::string& address,
                     const std::string& reason, Time now) {
  tx.post(sql::suspend_address,
          {{"channel", to_string(channel)}, {"address", address}, {"reason", reason}, {"now", now}});
}

void resume_address(db::Transaction& tx, Channel channel, const std::string& address, Time now) {
  tx.post(sql::resume_address, {{"channel", to_string(channel)}, {"address", address}, {"now", now}});
}

void move_address(db::Transaction& tx, Channel channel, const std::string& from, const std::string& to,
                  Time now) {
  tx.post(sql::move_address,
          {{"channel", to_string(channel)}, {"address", from}, {"new_address", to}, {"now", now}});
}

Task<std::vector<std::string>> people_at(QueryRunner read, Channel channel, std::string address) {
  auto rows = co_await read(sql::people_at_address, {{"channel", to_string(channel)}, {"address", address}});
  co_return texts_in(rows, "user_id");
}

void add_link_token(db::Transaction& tx, const std::string& token, const std::string& user_id, Time expires) {
  tx.post(sql::add_link_token,
          {{"token_hash", hex(sha256(token))}, {"user_id", user_id}, {"expires_at", expires}});
}

Task<Result<std::string>> use_link_token(db::Transaction& tx, std::string token, std::string chat, Time now) {
  auto hash = hex(sha256(token));
  auto used = co_await tx.run(sql::use_link_token, {{"token_hash", hash}, {"now", now}});
  if (!used.empty()) co_return used.text(0, "user_id");
  auto state = co_await tx.run(sql::link_token_state, {{"token_hash", hash}});
  if (state.empty()) co_return fail(Errc::not_found, "this link is not known");
  bool was_used = !state.is_null(0, "used_at");
  bool by_this_chat = was_used && !state.is_null(0, "chat") && state.text(0, "chat") == chat;
  if (by_this_chat) co_return state.text(0, "user_id");
  if (was_used) co_return fail(Errc::conflict, "this link has been used already");
  co_return fail(Errc::conflict, "this link has expired");
}

}  // namespace rb::notification
