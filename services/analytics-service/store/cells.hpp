#pragma once
// The table of cells and the numbers of their names.
#include "db/query_runner.hpp"
#include "domain/cells/count.hpp"
#include "domain/cells/read.hpp"
#include "store/changes.hpp"

namespace rb::analytics {

// By which rules this program counts: rises whenever facts or cells would come out otherwise than before.
inline constexpr std::int64_t kCounting = 2;
Task<std::int64_t> counting_of(db::QueryRunner read);  // of the tables
void set_counting(db::Transaction& tx, std::int64_t counting);

// What cells gain by the changes: facts as they were before are taken away, as they are now added. Only
// within a transaction that begins with begin_batch(). `names` learns what it misses; when the transaction
// fails it may know numbers that the database does not, so it must be dropped.
Task<Cells> deltas_of(db::Transaction& tx, const Changes& changes, Names& names);
Task<> count_changes(db::Transaction& tx, const Changes& changes, Names& names);  // adds them

void forget_people(db::Transaction& tx, const std::vector<std::string>& ids, Names& names);

struct DaySpan {
  std::int64_t first = 0, last = 0;  // included
};
// The sums and trends of these days, and the quarter-hours named.
Task<Cells> read_cells(db::QueryRunner read, DaySpan days, std::vector<Slot> quarters);
Task<Texts> read_texts(db::QueryRunner read, std::vector<std::uint32_t> numbers);

Task<Cells> all_cells(db::QueryRunner read);
void clear_cells(db::Transaction& tx);
void put_cells(db::Transaction& tx, const Cells& cells);  // the empty ones go

Task<Names> all_names(db::QueryRunner read);

}  // namespace rb::analytics
