#include "store/imports.hpp"

#include "rb/notification/sql/imports.sql.hpp"
#include "store/rows.hpp"

namespace rb::notification {

namespace bj = boost::json;

Task<> begin_import(db::Transaction& tx, Time now) {
  bj::array rows;
  for (auto list : {"lessons", "people"}) rows.push_back({{"list", list}, {"imported_at", to_micros(now)}});
  co_await tx.run(sql::begin_import, {{"items", text_of(rows)}});
}

Task<std::vector<std::string>> all_people(QueryRunner read) {
  co_return texts_in(co_await read(sql::all_people, {}), "id");
}

Task<std::map<std::string, lists::RememberedPerson>> imported_people(QueryRunner read,
                                                                     std::vector<std::string> row_keys) {
  auto rows = co_await read(sql::imported_people, {{"keys", json_list(row_keys)}});
  std::map<std::string, lists::RememberedPerson> out;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& key = rows.text(i, "row_key");
    out.emplace(key, lists::RememberedPerson{key, rows.text(i, "user_id"), rows.integer(i, "version"),
                                             read_json_object(rows.text(i, "content"))});
  }
  co_return out;
}

Task<std::map<std::string, lists::RememberedLesson>> imported_lessons(QueryRunner read, Time now,
                                                                      std::vector<std::string> ids) {
  auto rows = co_await read(sql::imported_lessons, {{"now", now}, {"ids", json_list(ids)}});
  std::map<std::string, lists::RememberedLesson> out;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& id = rows.text(i, "lesson_id");
    out.emplace(id,
                lists::RememberedLesson{id, rows.text(i, "row_key"), rows.text(i, "tutor_id"),
                                        read_json_list(rows.text(i, "students")), rows.time(i, "starts_at"),
                                        rows.boolean(i, "cancelled"), rows.integer(i, "version"),
                                        read_json_object(rows.text(i, "content"))});
  }
  co_return out;
}

void remember_people(db::Transaction& tx, const std::vector<lists::RememberedPerson>& people) {
  bj::array rows;
  for (const auto& one : people)
    rows.push_back({{"row_key", one.row_key},
                    {"user_id", one.user_id},
                    {"version", one.version},
                    {"content", text_of(one.content)}});
  if (!rows.empty()) tx.post(sql::upsert_imported_people, {{"items", text_of(rows)}});
}

void remember_lessons(db::Transaction& tx, const std::vector<lists::RememberedLesson>& lessons) {
  bj::array rows;
  for (const auto& one : lessons)
    rows.push_back({{"lesson_id", one.lesson_id},
                    {"row_key", one.row_key},
                    {"tutor_id", one.tutor_id},
                    {"students", json_list(one.students)},
                    {"starts_at", to_micros(one.starts_at)},
                    {"cancelled", one.cancelled},
                    {"version", one.version},
                    {"content", text_of(one.content)}});
  if (!rows.empty()) tx.post(sql::upsert_imported_lessons, {{"items", text_of(rows)}});
}

}  // namespace rb::notification
