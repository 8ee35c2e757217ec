#pragma once
// What the tables of facts have in common.
#include <optional>
#include <set>

#include "store/all_facts.hpp"
#include "store/pages.hpp"
#include "store/rows_text.hpp"

namespace rb::analytics {

inline void post(db::Transaction& tx, const db::Query& query, RowsText& rows) {
  if (!rows.empty()) tx.post(query, {{"items", rows.take()}});
}

inline std::optional<Money> maybe_money(const db::Rows& rows, std::size_t i, std::string_view minor,
                                        std::string_view currency) {
  auto amount = rows.maybe_integer(i, minor);
  return amount ? std::optional(Money{*amount, rows.text(i, currency)}) : std::nullopt;
}

inline std::vector<std::string> column(const db::Rows& rows, std::string_view name) {
  std::vector<std::string> out;
  out.reserve(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) out.push_back(rows.text(i, name));
  return out;
}

// A statement's rows for :from and :until.
inline Task<db::Rows> rows_in(const db::QueryRunner& read, const db::Query& query, db::Params whose,
                              Span span) {
  whose.push_back({"from", span.from});
  whose.push_back({"until", span.until});
  return read(query, std::move(whose));
}

template <class Fact>
using FromRow = Fact (*)(const db::Rows& rows, std::size_t i);

template <class Fact>
std::vector<Fact> facts_from(const db::Rows& rows, FromRow<Fact> from) {
  std::vector<Fact> out;
  out.reserve(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) out.push_back(from(rows, i));
  return out;
}

// Of rows each of which holds its fact whole: one for each id.
template <class Fact>
std::vector<Fact> different_facts(const db::Rows& rows, std::string_view id, FromRow<Fact> from) {
  std::vector<Fact> out;
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (seen.insert(rows.text(i, id)).second) out.push_back(from(rows, i));
  return out;
}

// A whole table of such rows.
template <class Fact>
Task<StoredById<Fact>> all_by_id(db::QueryRunner read, const db::Query& query, db::Params key,
                                 FromRow<Fact> from) {
  StoredById<Fact> out;
  co_await each_page(std::move(read), query, std::move(key), [&](const db::Rows& rows) {
    for (const auto& fact : facts_from(rows, from)) take_row(out, fact);
  });
  co_return out;
}

}  // namespace rb::analytics
