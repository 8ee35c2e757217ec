#include "store/cells.hpp"

#include "db/json_text.hpp"
#include "rb/analytics/sql/cells.sql.hpp"
#include "store/fact_rows.hpp"
#include "store/pages.hpp"

namespace rb::analytics {
namespace {

Slot slot_from(const db::Rows& rows, std::size_t i) {
  return {rows.integer(i, "day"), static_cast<int>(rows.integer(i, "quarter"))};
}

void take_cells(Cells& to, const db::Rows& rows) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    auto cell = Cell::from_text(rows.text(i, "counters"));
    if (!cell) throw Broken("a cell of analytics_cells cannot be read");
    to.emplace(slot_from(rows, i), std::move(*cell));
  }
}

std::string text_of(const std::vector<Slot>& slots) {
  RowsText rows;
  for (const auto& [day, quarter] : slots)
    rows.row().number("quarter", std::int64_t{quarter}).number("day", day);
  return rows.take();
}

Task<Cells> cells_at(db::QueryRunner read, const std::vector<Slot>& slots) {
  Cells out;
  if (!slots.empty()) take_cells(out, co_await read(sql::cells_at, {{"slots", text_of(slots)}}));
  co_return out;
}

void learn(Names& names, const db::Rows& rows) {
  for (std::size_t i = 0; i < rows.size(); ++i)
    names.learn(rows.text(i, "name"), static_cast<std::uint32_t>(rows.integer(i, "number")));
}

std::string list_of(const std::set<std::string>& names) {
  return db::json_list(std::vector(names.begin(), names.end()));
}

Cells count(const Changes& changes, Names& names) {
  Counting counting(names);
  each_fact(changes, [&counting](const auto& fact, int times) { counting.add(fact, times); });
  return counting.take();
}

Task<> learn_missing(db::Transaction& tx, Names& names) {
  learn(names, co_await tx.run(sql::numbers_of_names, {{"names", list_of(names.missing())}}));
  if (names.missing().empty()) co_return;
  learn(names, co_await tx.run(sql::add_names, {{"names", list_of(names.missing())}}));
}

}  // namespace

Task<std::int64_t> counting_of(db::QueryRunner read) {
  auto rows = co_await read(sql::counting, {});
  co_return rows.integer(0, "counting");
}

void set_counting(db::Transaction& tx, std::int64_t counting) {
  tx.post(sql::set_counting, {{"counting", counting}});
}

Task<Names> all_names(db::QueryRunner read) {
  Names out;
  co_await each_page(std::move(read), sql::names_after, {{"number", std::int64_t{0}}},
                     [&](const db::Rows& rows) { learn(out, rows); });
  co_return out;
}

Task<Cells> deltas_of(db::Transaction& tx, const Changes& changes, Names& names) {
  auto deltas = count(changes, names);
  if (names.missing().empty()) co_return deltas;
  co_await learn_missing(tx, names);
  co_return count(changes, names);
}

Task<> count_changes(db::Transaction& tx, const Changes& changes, Names& names) {
  auto deltas = co_await deltas_of(tx, changes, names);
  std::vector<Slot> slots;
  for (const auto& [slot, delta] : deltas) slots.push_back(slot);
  auto cells = co_await cells_at(db::reading(tx), slots);
  for (const auto& [slot, delta] : deltas) cells[slot].add(delta.counters());
  put_cells(tx, cells);
}

void put_cells(db::Transaction& tx, const Cells& cells) {
  RowsText rows;
  std::vector<Slot> gone;
  for (const auto& [slot, cell] : cells) {
    if (cell.empty())
      gone.push_back(slot);
    else
      rows.row()
          .number("quarter", std::int64_t{slot.quarter})
          .number("day", slot.day)
          .text("counters", cell.text());
  }
  post(tx, sql::put_cells, rows);
  if (!gone.empty()) tx.post(sql::delete_cells, {{"slots", text_of(gone)}});
}

void forget_people(db::Transaction& tx, const std::vector<std::string>& ids, Names& names) {
  std::vector<std::string> gone;
  for (const auto& id : ids) {
    gone.push_back(person_name(id));
    names.forget(gone.back());
  }
  tx.post(sql::forget_names, {{"names", db::json_list(gone)}});
}

Task<Cells> read_cells(db::QueryRunner read, DaySpan days, std::vector<Slot> quarters) {
  Cells out;
  take_cells(out, co_await read(sql::cells_of_period,
                                {{"first", days.first}, {"last", days.last}, {"slots", text_of(quarters)}}));
  co_return out;
}

Task<Texts> read_texts(db::QueryRunner read, std::vector<std::uint32_t> numbers) {
  Texts out;
  if (numbers.empty()) co_return out;
  RowsText items;
  for (auto number : numbers) items.row().number("number", std::int64_t{number});
  auto rows = co_await read(sql::names_of_numbers, {{"numbers", items.take()}});
  for (std::size_t i = 0; i < rows.size(); ++i)
    out.emplace(static_cast<std::uint32_t>(rows.integer(i, "number")), rows.text(i, "name").substr(1));
  co_return out;
}

Task<Cells> all_cells(db::QueryRunner read) {
  Cells out;
  co_await each_page(std::move(read), sql::cells_after, {{"quarter", std::int64_t{-1}}, {"day", kBelowAll}},
                     [&](const db::Rows& rows) { take_cells(out, rows); });
  co_return out;
}

void clear_cells(db::Transaction& tx) { tx.post(sql::clear_cells, {}); }

}  // namespace rb::analytics
