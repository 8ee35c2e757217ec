#include "bus/outbox.hpp"

#include <algorithm>
#include <optional>

#include "bus/message_row.hpp"
#include "db/json_text.hpp"
#include "db/migrate.hpp"
#include "rb/bus/sql/outbox.sql.hpp"

namespace rb::bus {

namespace outbox_schema {
std::optional<std::string_view> file(std::string_view path);
std::span<const std::string_view> files();
}  // namespace outbox_schema

namespace {

constexpr std::string_view kModel = "bus";

std::vector<Outbox::Row> in_order(const db::Rows& rows) {
  std::vector<Outbox::Row> out;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    out.push_back({rows.text(row, "id"), message_in(rows, row)});
  }
  std::ranges::sort(out, {}, &Outbox::Row::id);
  return out;
}

}  // namespace

Outbox::Outbox(const Deps& deps, const std::string& prefix)
    : database_(deps.db),
      clock_(deps.clock),
      lease_(deps.outbox_lease),
      keys_(deps.clock),
      insert_(sql::insert_outgoing, kModel, prefix),
      read_(sql::read_outgoing, kModel, prefix),
      claim_(sql::claim_outgoing, kModel, prefix),
      delete_(sql::delete_outgoing, kModel, prefix),
      release_(sql::release_outgoing, kModel, prefix),
      count_(sql::count_outgoing, kModel, prefix) {}

void Outbox::add(db::Transaction& tx, const Message& message) {
  db::Params params{
      {"id", keys_.next()}, {"holder", keys_.instance()}, {"lease_until", clock_.now() + lease_}};
  add_columns(params, message);
  tx.post(insert_.query(), std::move(params));
}

Task<std::vector<Outbox::Row>> Outbox::claim(int most) {
  const auto now = clock_.now();
  db::Params which{{"holder", keys_.instance()}, {"now", now}, {"most", most}};
  auto rows = co_await database_.read(read_.query(), which);
  bool safe = true;
  for (std::size_t row = 0; row < rows.size() && safe; ++row) {
    safe =
        rows.text(row, "holder") == keys_.instance() && rows.time(row, "lease_until") >= now + lease_ * 3 / 5;
  }
  if (!safe) {
    which.emplace_back("lease_until", now + lease_);
    rows = co_await database_.write(claim_.query(), std::move(which));
  }
  co_return in_order(rows);
}

Task<> Outbox::remove(std::vector<std::string> ids) {
  co_await database_.write(delete_.query(), {{"ids", db::json_list(ids)}});
}

Task<> Outbox::release() { co_await database_.write(release_.query(), {{"holder", keys_.instance()}}); }

Task<std::int64_t> Outbox::count() {
  auto rows = co_await database_.read(count_.query(), {});
  co_return rows.integer(0, "n");
}

Task<> migrate_outbox(db::Database& database, std::string prefix, const Clock& clock) {
  std::vector<std::string> texts;
  texts.reserve(outbox_schema::files().size());
  db::Migrations migrations{.service = prefix + "_outbox", .files = {}};
  for (auto path : outbox_schema::files()) {
    texts.push_back(db::PrefixedQuery::named(outbox_schema::file(path).value(), kModel, prefix));
    migrations.files.push_back({path, texts.back()});
  }
  co_await db::migrate(database, std::move(migrations), clock);
}

}  // namespace rb::bus
