#include "db/json_text.hpp"
#include "rb/analytics/sql/uses.sql.hpp"
#include "store/fact_rows.hpp"

namespace rb::analytics {
namespace {

Access access_from(const db::Rows& rows, std::size_t i) {
  Access access;
  access.material_id = rows.text(i, "material_id");
  access.title = rows.text(i, "title");
  access.subject = rows.text(i, "subject");
  access.user_id = rows.text(i, "user_id");
  access.student_id = rows.text(i, "student_id");
  access.tutor_id = rows.text(i, "tutor_id");
  access.use = static_cast<MaterialUse>(rows.integer(i, "use"));
  access.at = rows.time(i, "at");
  return access;
}

Login login_from(const db::Rows& rows, std::size_t i) {
  Login login;
  login.user_id = rows.text(i, "user_id");
  login.role = rows.text(i, "role");
  login.platform = rows.text(i, "platform");
  login.at = rows.time(i, "at");
  return login;
}

Task<std::vector<Access>> read_accesses(db::QueryRunner read, const db::Query& query, db::Params whose,
                                        Span span) {
  co_return facts_from(co_await rows_in(read, query, std::move(whose), span), &access_from);
}

template <class Fact>
Task<std::unordered_map<std::int64_t, Fact>> all_by_seq(db::QueryRunner read, const db::Query& query,
                                                        db::Params key, FromRow<Fact> from) {
  std::unordered_map<std::int64_t, Fact> out;
  co_await each_page(std::move(read), query, std::move(key), [&](const db::Rows& rows) {
    for (std::size_t i = 0; i < rows.size(); ++i) out.emplace(rows.integer(i, "seq"), from(rows, i));
  });
  co_return out;
}

}  // namespace

void write(db::Transaction& tx, const std::vector<LoneChange<Access>>& changes) {
  RowsText keys, rows;
  for (const auto& [seq, before, after] : changes) {
    if (before) keys.row().number("seq", seq);
    if (after)
      rows.row()
          .number("seq", seq)
          .time("at", after->at)
          .text("material_id", after->material_id)
          .text("title", after->title)
          .text("subject", after->subject)
          .text("user_id", after->user_id)
          .text("student_id", after->student_id)
          .text("tutor_id", after->tutor_id)
          .number("use", static_cast<std::int64_t>(after->use));
  }
  post(tx, sql::delete_accesses, keys);
  post(tx, sql::insert_accesses, rows);
}

void write(db::Transaction& tx, const std::vector<LoneChange<Login>>& changes) {
  RowsText keys, rows;
  for (const auto& [seq, before, after] : changes) {
    if (before) keys.row().time("at", before->at).number("seq", seq);
    if (after)
      rows.row()
          .time("at", after->at)
          .number("seq", seq)
          .text("user_id", after->user_id)
          .text("role", after->role)
          .text("platform", after->platform);
  }
  post(tx, sql::delete_logins, keys);
  post(tx, sql::insert_logins, rows);
}

void write(db::Transaction& tx, const Changes& changes) {
  write(tx, changes.lessons);
  write(tx, changes.payments);
  write(tx, changes.homework);
  write(tx, changes.people);
  write(tx, changes.accesses);
  write(tx, changes.logins);
}

void clear_facts(db::Transaction& tx) {
  for (const auto* query :
       {&sql::clear_places, &sql::clear_payments, &sql::clear_homework, &sql::clear_accesses,
        &sql::clear_logins, &sql::clear_people, &sql::clear_relations})
    tx.post(*query, {});
}

Task<std::vector<Access>> accesses_of_tutor(db::QueryRunner read, std::string tutor_id, Span span) {
  return read_accesses(std::move(read), sql::accesses_of_tutor, {{"tutor_id", std::move(tutor_id)}}, span);
}

Task<std::vector<Access>> accesses_of_people(db::QueryRunner read, const std::vector<std::string>& ids,
                                             Span span) {
  return read_accesses(std::move(read), sql::accesses_of_people, {{"ids", db::json_list(ids)}}, span);
}

Task<std::vector<Access>> accesses_of_school(db::QueryRunner read, Span span) {
  return read_accesses(std::move(read), sql::accesses_of_school, {}, span);
}

Task<std::vector<Login>> logins_between(db::QueryRunner read, Span span) {
  co_return facts_from(co_await rows_in(read, sql::logins_between, {}, span), &login_from);
}

Task<std::unordered_map<std::int64_t, Access>> all_accesses(db::QueryRunner read) {
  return all_by_seq(std::move(read), sql::accesses_after, {{"seq", kBelowAll}}, &access_from);
}

Task<std::unordered_map<std::int64_t, Login>> all_logins(db::QueryRunner read) {
  return all_by_seq(std::move(read), sql::logins_after, {{"at", kBelowAll}, {"seq", kBelowAll}}, &login_from);
}

}  // namespace rb::analytics
