#include "store/templates.hpp"

#include "rb/notification/sql/templates.sql.hpp"

namespace rb::notification {
namespace {

TextVersion version_from(const db::Rows& rows, std::size_t i) {
  TextVersion out;
  out.key = {rows.text(i, "owner"), rows.text(i, "name"),
             parse_audience(rows.text(i, "audience")).value_or(Audience::any),
             parse_channel(rows.text(i, "channel")), rows.text(i, "language")};
  out.version = rows.integer(i, "version");
  out.removed = rows.boolean(i, "removed");
  out.source = rows.text(i, "source");
  out.built_in = rows.text(i, "built_in");
  out.sample = rows.text(i, "sample");
  out.note = rows.text(i, "note");
  out.author = rows.text(i, "author");
  out.restored = rows.integer(i, "restored");
  out.created = rows.time(i, "created_at");
  out.active = rows.time(i, "active_at");
  out.withdrawn = rows.boolean(i, "withdrawn");
  out.change = rows.integer(i, "change");
  return out;
}

std::vector<TextVersion> versions_from(const db::Rows& rows) {
  std::vector<TextVersion> out;
  for (std::size_t i = 0; i < rows.size(); ++i) out.push_back(version_from(rows, i));
  return out;
}

db::Params key_params(const TextKey& key) {
  return {{"owner", key.owner},
          {"name", key.name},
          {"audience", to_string(key.audience)},
          {"channel", to_string(key.channel)},
          {"language", key.language}};
}

}  // namespace

Task<std::vector<TextVersion>> templates_changed_since(QueryRunner read, std::int64_t change) {
  auto rows = co_await read(sql::templates_changed_since, {{"change", change}});
  co_return versions_from(rows);
}

Task<std::vector<TextVersion>> templates_in_use(QueryRunner read, Time now) {
  auto rows = co_await read(sql::templates_in_use, {{"now", now}});
  co_return versions_from(rows);
}

Task<> refresh_texts(db::Database& database, StoredTexts& texts, Time now) {
  bool first = texts.seen() < 0;
  auto changed = first ? templates_in_use(reading(database), now)
                       : templates_changed_since(reading(database), texts.seen());
  texts.apply(co_await std::move(changed));
}

Task<std::vector<TextVersion>> template_versions(QueryRunner read, VersionsQuestion q) {
  auto rows = co_await read(sql::template_versions, {{"name", q.name},
                                                     {"owner", q.owner},
                                                     {"audience", q.audience ? to_string(*q.audience) : "*"},
                                                     {"channel", q.channel.value_or("*")},
                                                     {"language", q.language.value_or("*")},
                                                     {"limit", q.limit},
                                                     {"offset", q.offset}});
  co_return versions_from(rows);
}

Task<std::vector<TextVersion>> templates_of(QueryRunner read, std::string owner) {
  auto rows = co_await read(sql::templates_of_owner, {{"owner", std::move(owner)}});
  co_return versions_from(rows);
}

Task<std::int64_t> begin_template_change(db::Transaction& tx) {
  auto rows = co_await tx.run(sql::next_template_change, {});
  co_return rows.integer(0, "change");
}

Task<TextVersion> add_template_version(db::Transaction& tx, TextVersion text, std::int64_t change,
                                       bool alone) {
  auto rows = co_await tx.run(sql::last_template_version, key_params(text.key));
  text.version = rows.integer(0, "version") + 1;
  text.change = change;
  if (alone) {
    auto withdrawing = key_params(text.key);
    withdrawing.push_back({"change", change});
    withdrawing.push_back({"now", text.created});
    co_await tx.run(sql::withdraw_planned_templates, std::move(withdrawing));
  }
  auto row = key_params(text.key);
  for (db::Param& value : std::vector<db::Param>{{"version", text.version},
                                                 {"removed", text.removed},
                                                 {"source", text.source},
                                                 {"built_in", text.built_in},
                                                 {"sample", text.sample},
                                                 {"note", text.note},
                                                 {"author", text.author},
                                                 {"restored", text.restored},
                                                 {"created_at", text.created},
                                                 {"active_at", text.active},
                                                 {"change", change}})
    row.push_back(std::move(value));
  co_await tx.run(sql::add_template_version, std::move(row));
  co_return text;
}

void erase_templates(db::Transaction& tx, const std::string& user_id) {
  for (const auto* query :
       {&sql::erase_templates_counted, &sql::erase_templates, &sql::erase_template_authors})
    tx.post(*query, {{"user_id", user_id}});
}

}  // namespace rb::notification
