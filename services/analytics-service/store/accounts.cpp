#include "store/accounts.hpp"

#include "db/json_text.hpp"
#include "rb/analytics/sql/accounts.sql.hpp"

namespace rb::analytics {
namespace {

Account account(const db::Rows& rows, std::size_t i) {
  return {rows.text(i, "student_id"), rows.text(i, "currency")};
}

}  // namespace

Task<std::map<Account, BalanceTally>> accounts_of(db::QueryRunner read, std::vector<std::string> ids) {
  auto list = db::json_list(ids);
  std::map<Account, BalanceTally> out;
  auto charges = co_await read(sql::charges_of, {{"ids", list}});
  for (std::size_t i = 0; i < charges.size(); ++i) {
    auto& tally = out[account(charges, i)];
    tally.charged = charges.integer(i, "charged");
    for (auto column : {"price_1", "price_2", "price_3"})
      if (auto price = charges.maybe_integer(i, column)) tally.last.push_back({{}, "", *price});
  }
  auto paid = co_await read(sql::paid_by, {{"ids", list}});
  for (std::size_t i = 0; i < paid.size(); ++i) out[account(paid, i)].paid = paid.integer(i, "paid");
  co_return out;
}

Task<std::map<std::string, std::string>> last_payers(db::QueryRunner read, std::vector<std::string> ids) {
  auto rows = co_await read(sql::last_payers, {{"ids", db::json_list(ids)}});
  std::map<std::string, std::string> out;
  for (std::size_t i = 0; i < rows.size(); ++i)
    out.emplace(rows.text(i, "student_id"), rows.text(i, "payer_id"));
  co_return out;
}

}  // namespace rb::analytics
