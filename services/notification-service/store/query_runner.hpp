#pragma once
// Reading alike inside and outside a transaction.
#include "db/query_runner.hpp"

namespace rb::notification {

using db::QueryRunner;
using db::reading;

}  // namespace rb::notification
