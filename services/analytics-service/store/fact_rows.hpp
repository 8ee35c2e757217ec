#pragma once
// What the tables of facts have in common.
#include <optional>

#include "db/database.hpp"
#include "domain/facts.hpp"
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

}  // namespace rb::analytics
