#include "store/pages.hpp"

namespace rb::analytics {
namespace {

constexpr int kPage = 5000;

}  // namespace

Task<> each_page(db::QueryRunner read, const db::Query& query, db::Params key,
                 std::function<void(const db::Rows&)> take) {
  for (;;) {
    auto params = key;
    params.emplace_back("limit", kPage);
    auto rows = co_await read(query, std::move(params));
    take(rows);
    if (rows.size() < kPage) co_return;
    for (auto& [name, value] : key) {
      if (std::holds_alternative<std::string>(value))
        value = rows.text(rows.size() - 1, name);
      else
        value = rows.integer(rows.size() - 1, name);
    }
  }
}

}  // namespace rb::analytics
