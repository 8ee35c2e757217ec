#include "store/pages.hpp"

namespace rb::analytics {
namespace {

constexpr int kPage = 5000;

}  // namespace

Pages::Pages(db::QueryRunner read, const db::Query& query, db::Params key, int size, db::Params others)
    : read_(std::move(read)),
      query_(query),
      key_(std::move(key)),
      size_(static_cast<std::size_t>(size)),
      others_(std::move(others)) {}

Task<db::Rows> Pages::next() {
  if (ended_) co_return db::Rows();
  auto params = key_;
  params.insert(params.end(), others_.begin(), others_.end());
  params.emplace_back("limit", static_cast<std::int64_t>(size_));
  auto rows = co_await read_(query_, std::move(params));
  ended_ = rows.size() < size_;
  if (ended_) co_return rows;
  for (auto& [name, value] : key_) {
    if (std::holds_alternative<std::string>(value))
      value = rows.text(rows.size() - 1, name);
    else
      value = rows.integer(rows.size() - 1, name);
  }
  co_return rows;
}

Task<> each_page(db::QueryRunner read, const db::Query& query, db::Params key,
                 std::function<void(const db::Rows&)> take) {
  Pages pages(std::move(read), query, std::move(key), kPage);
  for (auto rows = co_await pages.next(); !rows.empty(); rows = co_await pages.next()) take(rows);
}

}  // namespace rb::analytics
