#pragma once
// What students have paid for and not yet used, by sums that the database makes.
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "db/query_runner.hpp"
#include "domain/figures/balances.hpp"

namespace rb::analytics {

using Account = std::pair<std::string, std::string>;  // student and currency

// Over all history. The charges in them have prices and no more.
Task<std::map<Account, BalanceTally>> accounts_of(db::QueryRunner read, std::vector<std::string> ids);
// By student; "" where nobody has said who paid.
Task<std::map<std::string, std::string>> last_payers(db::QueryRunner read, std::vector<std::string> ids);

}  // namespace rb::analytics
