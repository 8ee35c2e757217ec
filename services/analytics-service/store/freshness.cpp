#include "store/freshness.hpp"

#include <cstring>

#include "base/ids.hpp"
#include "db/json_text.hpp"
#include "domain/figures/days.hpp"
#include "domain/figures/homework.hpp"
#include "rb/analytics/sql/freshness.sql.hpp"
#include "store/rows_text.hpp"

namespace rb::analytics {
namespace {

std::string items_of(const Scopes& scopes) {
  RowsText items;
  for (const auto& [scope, id] : scopes) items.row().text("scope", scope).text("id", id);
  return items.take();
}

// The same statement for whoever is asked about, by the narrowest index.
Task<db::Rows> of_whom(db::QueryRunner read, const Question& asked, const db::Query& of_students,
                       const db::Query& of_tutor, const db::Query& of_school, db::Params params) {
  if (asked.student_ids) {
    params.emplace_back("ids", db::json_list(*asked.student_ids));
    co_return co_await read(of_students, std::move(params));
  }
  if (asked.tutor_id.empty()) co_return co_await read(of_school, std::move(params));
  params.emplace_back("tutor_id", asked.tutor_id);
  co_return co_await read(of_tutor, std::move(params));
}

// A scheduled lesson lies at its beginning: one that ends later than now cannot lie long before.
Task<std::optional<Time>> next_lesson(db::QueryRunner read, const Question& asked, Span span, Micros minute) {
  span.from = std::max(span.from, asked.now - kLongestLesson);
  if (span.from >= span.until) co_return std::nullopt;
  auto rows = co_await of_whom(
      std::move(read), asked, sql::next_lesson_of_students, sql::next_lesson_of_tutor,
      sql::next_lesson_of_school,
      {{"from", span.from}, {"until", span.until}, {"now", asked.now}, {"minute", minute.count()}});
  co_return rows.maybe_time(0, "at");
}

}  // namespace

void raise_versions(db::Transaction& tx, const Scopes& scopes, std::int64_t version) {
  if (!scopes.empty()) tx.post(sql::raise_versions, {{"items", items_of(scopes)}, {"version", version}});
}

void forget_versions(db::Transaction& tx, const std::vector<std::string>& ids) {
  tx.post(sql::forget_versions, {{"ids", db::json_list(ids)}});
}

Task<std::int64_t> last_version_of(db::QueryRunner read, Scopes scopes) {
  auto rows = co_await read(sql::versions, {{"items", items_of(scopes)}});
  std::int64_t last = 0;
  for (std::size_t i = 0; i < rows.size(); ++i)
    last = std::max(last, rows.maybe_integer(i, "version").value_or(0));
  co_return last;
}

Task<Freshness> freshness(db::QueryRunner read, Scopes scopes) {
  scopes.emplace("directory", "");
  scopes.emplace("epoch", "");
  auto rows = co_await read(sql::versions, {{"items", items_of(scopes)}});
  Freshness out;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& scope = rows.text(i, "scope");
    auto version = rows.maybe_integer(i, "version").value_or(0);
    if (scope == "epoch") {
      out.epoch = version;
      continue;
    }
    if (scope == "directory") out.directory = version;
    out.newest = std::max(out.newest, version);
  }
  co_return out;
}

Task<> begin_epoch(db::Database& database) {
  std::int64_t epoch = 0;
  std::memcpy(&epoch, random_bytes(sizeof epoch).data(), sizeof epoch);
  co_await database.write(sql::begin_epoch, {{"epoch", epoch}});
}

Task<std::optional<Time>> next_lesson_end(db::QueryRunner read, const Question& asked, Span span) {
  return next_lesson(std::move(read), asked, span, std::chrono::minutes(1));
}

Task<std::optional<Time>> next_lesson_start(db::QueryRunner read, const Question& asked, Span span) {
  return next_lesson(std::move(read), asked, span, Micros(0));
}

Task<std::optional<Time>> next_due(db::QueryRunner read, const Question& asked, Span span) {
  // At midnight itself a day's homework is not late yet.
  auto today = std::chrono::floor<std::chrono::days>(asked.zone.to_local(asked.now - Micros(1)));
  auto rows = co_await of_whom(
      std::move(read), asked, sql::next_due_of_students, sql::next_due_of_tutor, sql::next_due_of_school,
      {{"from", span.from}, {"until", span.until}, {"now", asked.now}, {"today", iso_date(today)}});
  auto moment = rows.maybe_time(0, "at");
  auto day = rows.maybe_text(0, "day");
  if (!day) co_return moment;
  // Where a zone's calendar leaps, a day may be over before it has begun: then nothing is certain.
  auto end = std::max(due_moment({*day, std::nullopt}, asked.zone).value_or(asked.now), asked.now);
  co_return moment ? std::min(*moment, end) : end;
}

}  // namespace rb::analytics
