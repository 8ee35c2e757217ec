#include "db/json_text.hpp"
#include "rb/analytics/sql/people.sql.hpp"
#include "store/fact_rows.hpp"

namespace rb::analytics {
namespace {

void add_relations(RowsText& rows, const Person& person, std::string_view kind,
                   const std::vector<std::string>& others) {
  std::int64_t position = 0;
  for (const auto& other : others)
    rows.row()
        .text("person_id", person.id)
        .text("kind", kind)
        .text("other_id", other)
        .number("position", position++);
}

Person person_from(const db::Rows& rows, std::size_t i) {
  Person person;
  person.id = rows.text(i, "id");
  person.full_name = rows.text(i, "full_name");
  person.timezone = rows.text(i, "timezone");
  person.language = rows.text(i, "language");
  person.roles = db::read_json_list(rows.text(i, "roles"));
  person.registered_at = rows.maybe_time(i, "registered_at");
  return person;
}

void add_relation(Person& person, const db::Rows& rows, std::size_t i) {
  auto& others = rows.text(i, "kind") == "child" ? person.children_ids : person.tutor_ids;
  others.push_back(rows.text(i, "other_id"));
}

}  // namespace

void write(db::Transaction& tx, const std::vector<Change<Person>>& changes) {
  std::vector<std::string> gone;
  RowsText people, relations;
  for (const auto& [before, after] : changes) {
    if (before) gone.push_back(before->id);
    if (!after) continue;
    people.row()
        .text("id", after->id)
        .text("full_name", after->full_name)
        .text("timezone", after->timezone)
        .text("language", after->language)
        .text("roles", db::json_list(after->roles))
        .time("registered_at", after->registered_at);
    add_relations(relations, *after, "child", after->children_ids);
    add_relations(relations, *after, "tutor", after->tutor_ids);
  }
  if (!gone.empty()) {
    tx.post(sql::delete_people, {{"ids", db::json_list(gone)}});
    tx.post(sql::delete_relations, {{"ids", db::json_list(gone)}});
  }
  post(tx, sql::insert_people, people);
  post(tx, sql::insert_relations, relations);
}

Task<std::vector<Person>> people_by_ids(db::QueryRunner read, std::vector<std::string> ids) {
  auto rows = co_await read(sql::people_by_ids, {{"ids", db::json_list(ids)}});
  std::vector<Person> out;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (out.empty() || out.back().id != rows.text(i, "id")) out.push_back(person_from(rows, i));
    if (rows.maybe_text(i, "kind")) add_relation(out.back(), rows, i);
  }
  co_return out;
}

Task<std::vector<Person>> people_of_school(db::QueryRunner read) {
  auto rows = co_await read(sql::people_of_school, {});
  co_return facts_from(rows, &person_from);
}

Task<std::map<std::string, std::int64_t>> people_by_roles(db::QueryRunner read) {
  auto rows = co_await read(sql::people_by_roles, {});
  std::map<std::string, std::int64_t> out;
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (const auto& role : db::read_json_list(rows.text(i, "roles"))) out[role] += rows.integer(i, "people");
  co_return out;
}

Task<StoredById<Person>> all_people(db::QueryRunner read) {
  auto out = co_await all_by_id(read, sql::people_after, {{"id", ""}}, &person_from);
  auto relate = [&](const db::Rows& rows) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      auto found = out.find(rows.text(i, "person_id"));
      if (found != out.end()) add_relation(found->second.fact, rows, i);
    }
  };
  co_await each_page(read, sql::relations_after,
                     {{"person_id", ""}, {"kind", ""}, {"position", kBelowAll}, {"other_id", ""}}, relate);
  co_return out;
}

}  // namespace rb::analytics
